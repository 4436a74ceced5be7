"""What is read when a line of the shelf is opened: its document, and the version that it is compared with."""

from __future__ import annotations

from dataclasses import dataclass, replace

from printing.specification import CardLayout, open_draft
from ui.designer.shelf import Entry
from workstation.domain.refused import Reason, Refused
from workstation.workflow.layouts.drafts import shelf
from workstation.workflow.layouts.held import document_of, layout_at, layout_labelled
from workstation.workflow.layouts.publish import publication_document
from workstation.workflow.office import Office


@dataclass(frozen=True)
class Opened:
    """`entry` as it is now; `base` is the last version before it, None where there is none."""

    entry: Entry
    layout: CardLayout
    base: CardLayout | None


def read_entry(office: Office, entry: Entry) -> Opened:
    """Blocks. Raises Refused NO_LAYOUT, NO_SUCH_PUBLICATION, DRAFT_CHANGED (put away meanwhile); LayoutError."""
    lies = shelf(office)
    if entry.kind == "draft":
        kept = next((one for one in lies.drafts if one.name == entry.key), None)
        if kept is None:
            raise Refused(Reason.DRAFT_CHANGED)
        entry, document = replace(entry, revision=kept.revision), kept.document
    elif entry.kind == "publication":
        document = publication_document(office, entry.key)
    else:
        document = document_of(office, entry.name, entry.version)
    layout = open_draft(document)
    if entry.kind == "held":
        held = [one for one in lies.held if one.name == entry.name and one.version < entry.version]
        earlier = next((one for one in held if one.state != "damaged"), None)
        base = layout_labelled(office, f"{entry.name}@{earlier.version}") if earlier is not None else None
    else:
        base = _in_force(office, layout.name)
    return Opened(entry, layout, base)


def _in_force(office: Office, name: str) -> CardLayout | None:
    try:
        return layout_at(office, name)
    except Refused:
        return None
