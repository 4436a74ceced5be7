"""Designing a card layout at the centre: every change is kept as a draft, from which it goes on after any end.

begun from a version --change, each kept--> draft --propose--> for a second person's eyes (publish.py)
                                            draft --discard--> gone
someone else's change meanwhile: what was made here is kept as a draft beside it (keep_beside)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, count

from printing.specification import CardLayout, dump_layout
from workstation import clock
from workstation.database import Connection, layout_drafts
from workstation.database.layout_drafts import Draft
from workstation.database.layout_publications import Publication, publications
from workstation.database.layouts import (
    HeldLayout,
    LayoutFault,
    held_layouts,
    layout_faults_of,
    layout_of_label,
)
from workstation.database.policies import policy_in_force
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.workflow.layouts.publish import propose_in, require_centre
from workstation.workflow.office import Office, SignedIn, acting


@dataclass(frozen=True)
class Shelf:
    """Everything there is to look at: drafts, what is up for publishing, versions held, what was sent and refused.

    `used` is the name the policy prints cards with; `publishes`: this office is the centre.
    """

    drafts: tuple[Draft, ...]
    publications: tuple[Publication, ...]
    held: tuple[HeldLayout, ...]
    refused: tuple[LayoutFault, ...]
    used: str
    publishes: bool


def shelf(office: Office) -> Shelf:
    """What lies on the designer's shelf now."""

    def read(connection: Connection) -> Shelf:
        policy = policy_in_force(connection)
        return Shelf(
            layout_drafts.drafts(connection),
            publications(connection),
            held_layouts(connection),
            layout_faults_of(connection),
            policy.card_layout,
            office.station.office_code in policy.publishing_offices,
        )

    return office.store.read(read)


def begin_draft(office: Office, who: SignedIn, label: str) -> Draft:
    """A draft that begins as the version `label`, free of its fonts; where there is one of that name, that one.

    Raises Refused ROLE_NOT_ALLOWED, NOT_THE_CENTRE, NO_LAYOUT.
    """

    def verb(tx: Connection) -> Draft:
        actor = acting(tx, office, who, Verb.PROPOSE_LAYOUT)
        require_centre(tx, office)
        layout = replace(layout_of_label(tx, label), fonts=())
        begun = layout_drafts.draft(tx, layout.name)
        if begun is not None:
            return begun
        return layout_drafts.add_draft(tx, layout.name, dump_layout(layout), actor.id, at=clock.now())

    return office.store.write(verb)


def keep_draft(office: Office, who: SignedIn, layout: CardLayout, after: int, *, name: str = "") -> int:
    """Keeps the draft as it is now, sound or not; the new revision. `after` is the revision that was changed.

    `name` is the draft's where it lies beside another one, else it is the layout's. Raises Refused ROLE_NOT_ALLOWED,
    NOT_THE_CENTRE, DRAFT_CHANGED (someone else kept or discarded it).
    """
    document = dump_layout(layout)

    def verb(tx: Connection) -> int:
        actor = acting(tx, office, who, Verb.PROPOSE_LAYOUT)
        require_centre(tx, office)
        now = clock.now()
        kept = layout_drafts.replace_draft(tx, name or layout.name, document, actor.id, after=after, at=now)
        if kept is None:
            raise Refused(Reason.DRAFT_CHANGED)
        return kept

    return office.store.write(verb)


def discard_draft(office: Office, who: SignedIn, name: str) -> None:
    """Puts the draft of that name away for good. Raises Refused ROLE_NOT_ALLOWED, NOT_THE_CENTRE."""

    def verb(tx: Connection) -> None:
        acting(tx, office, who, Verb.PROPOSE_LAYOUT)
        require_centre(tx, office)
        layout_drafts.forget_draft(tx, name)

    office.store.write(verb)


def keep_beside(office: Office, who: SignedIn, layout: CardLayout) -> Draft:
    """Keeps what was made of a draft that somebody else changed or put away meanwhile, as a draft of its own.

    It has the layout's name where that is free now, else the next one, such as `national-id-1-2`; it is published under
    the layout's all the same. Raises Refused ROLE_NOT_ALLOWED, NOT_THE_CENTRE.
    """

    def verb(tx: Connection) -> Draft:
        actor = acting(tx, office, who, Verb.PROPOSE_LAYOUT)
        require_centre(tx, office)
        taken = {one.name for one in layout_drafts.drafts(tx)}
        others = (f"{layout.name[:54]}-{number}" for number in count(2))
        name = next(name for name in chain((layout.name,), others) if name not in taken)
        return layout_drafts.add_draft(tx, name, dump_layout(layout), actor.id, at=clock.now())

    return office.store.write(verb)


def propose_draft(
    office: Office, who: SignedIn, layout: CardLayout, after: int, *, name: str = ""
) -> Publication:
    """Puts the draft up for a second person's eyes; it is no draft then. `after` is the revision that was looked at.

    `name` is the draft's where it lies beside another one. Raises what `propose_layout` raises, and Refused
    DRAFT_CHANGED (someone else kept or discarded it).
    """

    def verb(tx: Connection) -> Publication:
        actor = acting(tx, office, who, Verb.PROPOSE_LAYOUT)
        made = propose_in(tx, office, actor, layout)
        if not layout_drafts.forget_draft(tx, name or layout.name, after=after):
            raise Refused(Reason.DRAFT_CHANGED)
        return made

    return office.store.write(verb)
