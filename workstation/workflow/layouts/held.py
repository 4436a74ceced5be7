"""The card layouts of an office: those shipped with the program, and those under the registry's signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from printing.specification import BUILT_IN, CardLayout, built_in_document
from workstation import clock
from workstation.database import Connection, feed
from workstation.database.audit import write_audit
from workstation.database.card_jobs import card_job_of
from workstation.database.layouts import (
    HeldLayout,
    LayoutFault,
    add_shipped_layout,
    add_signed_layout,
    held_layouts,
    layout_document,
    layout_faults_of,
    layout_in_force,
    layout_of_label,
)
from workstation.database.policies import policy_in_force
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.signed_layout import from_file
from workstation.workflow.office import Office, SignedIn, acting, ask


@dataclass(frozen=True)
class OfficeLayouts:
    """Every version held, by name, the newest first; `used` is the name the policy prints cards with; `refused` were
    sent and could not be used."""

    layouts: tuple[HeldLayout, ...]
    used: str
    refused: tuple[LayoutFault, ...]


def seed_layouts(tx: Connection) -> None:
    """Keeps the shipped layouts that the office does not have yet."""
    for name in BUILT_IN:
        add_shipped_layout(tx, built_in_document(name))


def layouts_of_office(office: Office) -> OfficeLayouts:
    """For the administrator."""
    return office.store.read(
        lambda connection: OfficeLayouts(
            held_layouts(connection), policy_in_force(connection).card_layout, layout_faults_of(connection)
        )
    )


def layout_at(office: Office, name: str, at: datetime | None = None) -> CardLayout:
    """The version of `name` in force at that moment, now when none is given. Raises Refused NO_LAYOUT."""
    return office.store.read(lambda connection: layout_in_force(connection, name, at))


def layout_labelled(office: Office, label: str) -> CardLayout:
    """The version that `label` (name@version) names. Raises Refused NO_LAYOUT."""
    return office.store.read(lambda connection: layout_of_label(connection, label))


def document_of(office: Office, name: str, version: int) -> bytes:
    """The document of one version as it came. Raises Refused NO_LAYOUT."""
    return office.store.read(lambda connection: layout_document(connection, name, version))


def layout_of_card(office: Office, application_id: str) -> CardLayout:
    """The very version with which the application's card was or is printed.

    Raises Refused CARD_NOT_PRINTED when there is no card in being, NO_LAYOUT when the version is not held whole.
    """

    def read(connection: Connection) -> CardLayout:
        job = card_job_of(connection, application_id)
        if job is None:
            raise Refused(Reason.CARD_NOT_PRINTED)
        return layout_of_label(connection, job.layout)

    return office.store.read(read)


def bring_in_layout(office: Office, who: SignedIn, content: bytes) -> CardLayout:
    """Takes in a signed layout file that came by hand, as the feed would.

    Raises LayoutError (nothing is changed), Refused ROLE_NOT_ALLOWED, LAYOUT_FILE_DAMAGED.
    """
    ask(office, who, Verb.BRING_IN_LAYOUT)
    try:
        sent = from_file(content)
    except MessageDamaged as fault:
        raise Refused(Reason.LAYOUT_FILE_DAMAGED, place=fault.field or fault.code) from fault

    def verb(tx: Connection) -> CardLayout:
        actor = acting(tx, office, who, Verb.BRING_IN_LAYOUT)
        layout = add_signed_layout(tx, sent, feed.card_signer_keys(tx))
        write_audit(
            tx,
            AuditTag.LAYOUT_TAKEN,
            at=clock.now(),
            actor=actor.id,
            station_id=actor.station_id,
            object_id=layout.label,
            valid_from=layout.valid_from.isoformat(),
        )
        return layout

    return office.store.write(verb)
