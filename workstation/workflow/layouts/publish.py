"""Publishing a card layout from the centre: one person proposes it, another one approves it, the registry signs it.

proposed --approve (a second person, who shows again who she is)--> approved --sync--> signed, in everybody's feed
         --withdraw--> gone
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from printing.errors import LayoutError, LayoutProblem
from printing.specification import CardLayout, dump_layout, load_layout, with_fonts_pinned
from workstation import clock
from workstation.database import Connection
from workstation.database import layout_publications as publications
from workstation.database.audit import write_audit
from workstation.database.layout_publications import Publication
from workstation.database.moves import Actor
from workstation.database.policies import policy_in_force
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.interchange.signed_layout import MOST_DOCUMENT
from workstation.workflow.office import Office, SignedIn, acting
from workstation.workflow.sign_in_confirming import write_confirmed


def propose_layout(office: Office, who: SignedIn, layout: CardLayout) -> Publication:
    """Puts a sound layout up for a second person's eyes, under the next free version, bound to its fonts.

    Raises LayoutError with what is wrong with it, Refused ROLE_NOT_ALLOWED, NOT_THE_CENTRE.
    """

    return office.store.write(
        lambda tx: propose_in(tx, office, acting(tx, office, who, Verb.PROPOSE_LAYOUT), layout)
    )


def propose_in(tx: Connection, office: Office, actor: Actor, layout: CardLayout) -> Publication:
    """As `propose_layout`, in a verb's own transaction."""
    require_centre(tx, office)
    version = publications.next_version(tx, layout.name)
    pinned = with_fonts_pinned(replace(layout, version=version))
    document = dump_layout(pinned)
    load_layout(document)
    if len(document) > MOST_DOCUMENT:
        raise LayoutError((LayoutProblem("too-large", facts={"bytes": len(document)}),))
    made = publications.add_publication(tx, pinned, document, actor, at=clock.now())
    _note(tx, AuditTag.LAYOUT_PROPOSED, actor, made)
    return made


def approve_layout(office: Office, who: SignedIn, publication_id: str) -> Publication:
    """The second person agrees: the registry is told with the next contact.

    Raises Refused ROLE_NOT_ALLOWED, NOT_THE_CENTRE, NO_SUCH_PUBLICATION, SAME_PERSON, CONFIRMATION_NEEDED.
    """

    def verb(tx: Connection) -> Publication:
        actor = acting(tx, office, who, Verb.APPROVE_LAYOUT)
        require_centre(tx, office)
        waiting = publications.publication(tx, publication_id)
        if waiting is None or waiting.state != "proposed":
            raise Refused(Reason.NO_SUCH_PUBLICATION)
        if waiting.proposed_by == actor.id:
            raise Refused(Reason.SAME_PERSON, action=Verb.APPROVE_LAYOUT.value)
        approved = publications.keep_approval(tx, publication_id, actor, at=clock.now())
        _note(tx, AuditTag.LAYOUT_APPROVED, actor, approved)
        return approved

    return write_confirmed(office, who, Verb.APPROVE_LAYOUT, publication_id, verb)


def withdraw_layout(office: Office, who: SignedIn, publication_id: str) -> None:
    """Takes back what was proposed and not yet approved. Raises Refused ROLE_NOT_ALLOWED, NO_SUCH_PUBLICATION."""

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.PROPOSE_LAYOUT)
        waiting = publications.publication(tx, publication_id)
        if waiting is None or waiting.state != "proposed":
            raise Refused(Reason.NO_SUCH_PUBLICATION)
        publications.forget_publication(tx, publication_id)
        _note(tx, AuditTag.LAYOUT_WITHDRAWN, actor, waiting)

    office.store.write(verb)


def publications_of_office(office: Office) -> tuple[Publication, ...]:
    """Everything proposed here, the newest first."""
    return office.store.read(publications.publications)


def publication_document(office: Office, publication_id: str) -> bytes:
    """What was proposed, byte for byte as it would be signed. Raises Refused NO_SUCH_PUBLICATION."""
    document = office.store.read(lambda connection: publications.document_of(connection, publication_id))
    if document is None:
        raise Refused(Reason.NO_SUCH_PUBLICATION)
    return document


def require_centre(tx: Connection, office: Office) -> None:
    """Raises Refused NOT_THE_CENTRE."""
    if office.station.office_code not in policy_in_force(tx).publishing_offices:
        raise Refused(Reason.NOT_THE_CENTRE)


def _note(tx: Connection, tag: AuditTag, actor: Actor, made: Publication) -> None:
    at: datetime = clock.now()
    write_audit(
        tx,
        tag,
        at=at,
        actor=actor.id,
        station_id=actor.station_id,
        object_id=made.label,
        publication=made.id,
        sha256=made.sha256,
    )
