"""Taking in pre-registrations: kept for the office they are meant for, replaced, withdrawn, never opened twice."""

from __future__ import annotations

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.moves import Actor
from workstation.database.pre_registrations import keep_arrived, keep_withdrawn
from workstation.database.station import the_station
from workstation.domain.audit import AuditTag
from workstation.interchange.pre_registration_event import PreRegistrationArrived, PreRegistrationWithdrawn
from workstation.sync.merge import Effect


def take_in(tx: Connection, told: PreRegistrationArrived | PreRegistrationWithdrawn, actor: Actor) -> Effect:
    """Applies it inside the caller's transaction. One that was opened already is left as it is."""
    at = clock.now()
    if isinstance(told, PreRegistrationArrived):
        number, office = told.record.number, told.record.office_code
    else:
        number, office = told.number, told.office_code
    if office != the_station(tx).office_code:
        return Effect.OTHER_STATION
    if isinstance(told, PreRegistrationArrived):
        effect = Effect.ARRIVED if keep_arrived(tx, told.record, at=at) else Effect.OPENED_ALREADY
    else:
        effect = Effect.WITHDRAWN if keep_withdrawn(tx, number, at=at) else Effect.OPENED_ALREADY
    write_audit(
        tx,
        AuditTag.PRE_REGISTRATION_RECEIVED,
        at=at,
        actor=actor.id,
        station_id=actor.station_id,
        object_id=number,
        outcome=effect.value,
        seq=told.seq,
    )
    return effect
