"""Taking in letters about approvals: a request for somebody who signs at this station, or the answer to one of ours."""

from __future__ import annotations

from workstation import clock
from workstation.database import Connection
from workstation.database.approval_letters import add_letter, holds_letter
from workstation.database.approvals import request_of, sealed_approval_key
from workstation.database.audit import write_audit
from workstation.database.moves import Actor
from workstation.database.station import the_station
from workstation.domain.audit import AuditTag
from workstation.interchange.approval_letter import LetterArrived, LetterKind
from workstation.sync.merge import Effect


def take_in(tx: Connection, told: LetterArrived, actor: Actor) -> Effect:
    """Keeps it inside the caller's transaction; nothing is signed or applied by itself."""
    letter = told.letter
    if letter.to_office != the_station(tx).office_code:
        return Effect.OTHER_STATION
    concerned = (
        sealed_approval_key(tx, letter.approver) is not None
        if letter.kind is LetterKind.REQUEST
        else request_of(tx, letter.request_id) is not None
    )
    if not concerned or holds_letter(tx, letter.id):
        return Effect.OTHER_STATION
    at = clock.now()
    add_letter(tx, letter, outgoing=False, at=at)
    write_audit(
        tx,
        AuditTag.APPROVAL_LETTER_RECEIVED,
        at=at,
        actor=actor.id,
        station_id=actor.station_id,
        object_id=letter.request_id,
        letter=letter.kind.value,
        office=letter.from_office,
    )
    return Effect.LETTER_TAKEN
