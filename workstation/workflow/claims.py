"""Claims as the window uses them: opening, a sign of life, letting go, taking over, and words that came too late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workstation import clock
from workstation.database import Connection
from workstation.database import claims as stored
from workstation.database.applications import (
    accepted_fields,
    application,
    draft_fields,
    keep_draft,
    require_stage,
)
from workstation.database.audit import write_audit
from workstation.database.claims import Aside, Claim
from workstation.database.moves import keep_capturer
from workstation.database.take_overs import TakeOver, keep_take_over, take_overs_of
from workstation.domain.audit import AuditTag
from workstation.domain.operator import Role
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import TABLE, Action, Stage
from workstation.domain.take_over import TakeOverReason
from workstation.workflow.office import Office, SignedIn, acting

__all__ = [
    "Aside",
    "Standing",
    "TakeOver",
    "beat",
    "drop_aside",
    "open_claimed",
    "release",
    "standing",
    "take_over",
    "use_aside",
]


@dataclass(frozen=True)
class Standing:
    """Whose an application is for this operator here.

    `mine`: claimed by this operator at this station. `name` and `since` are the holder's (empty, None when nobody
    holds it); `lost` says that this operator held it and the one named took it, `taken` a
    supervisor's reason for that, if it was one. `aside` is this operator's draft that came too late.
    """

    mine: bool
    name: str = ""
    since: datetime | None = None
    lost: bool = False
    aside: Aside | None = None
    taken: TakeOver | None = None

    @property
    def foreign(self) -> bool:
        """Whether somebody else holds it."""
        return bool(self.name) and not self.mine


def works_at(role: Role, stage: Stage) -> bool:
    """Whether that role finishes this stage: then opening it claims it; elsewhere one only looks."""
    rows = (TABLE.get((stage, action)) for action in (Action.COMPLETE, Action.APPROVE))
    return any(row is not None and role in row.roles for row in rows)


def _differing(connection: Connection, application_id: str, aside: Aside | None) -> Aside | None:
    """What of a late draft is not in the record anyway."""
    if aside is None:
        return None
    held = draft_fields(connection, application_id) or accepted_fields(connection, application_id)
    fields = {name: text for name, text in aside.fields.items() if held.get(name, "") != text}
    return Aside(fields, aside.kept_at) if fields else None


def _standing(
    connection: Connection, office: Office, who: SignedIn, application_id: str, held: Claim | None
) -> Standing:
    operator, station = who.operator.id, office.station.id
    aside = _differing(connection, application_id, stored.aside_of(connection, application_id, operator))
    if held is None:
        return Standing(False, aside=aside)
    mine = held.belongs_to(operator, station)
    lost = not mine and stored.lost_to(connection, application_id, operator, station) is not None
    taken = take_overs_of(connection, application_id)[-1:] if lost else ()
    why = taken[0] if taken and taken[0].at == held.since else None
    return Standing(mine, held.operator_name, held.since, lost, aside, why)


def open_claimed(office: Office, who: SignedIn, application_id: str) -> Standing:
    """Claims the application where this operator's role works at its stage and nobody else holds it.

    Raises Refused: NO_SUCH_APPLICATION, DATABASE_BUSY, NOT_SIGNED_IN, OPERATOR_INACTIVE.
    """
    if not works_at(who.operator.role, office.store.read(lambda c: application(c, application_id)).stage):
        return standing(office, who, application_id)

    def verb(tx: Connection) -> Standing:
        actor = acting(tx, office, who, Verb.CLAIM)
        held = stored.claim(
            tx, application_id, operator_id=actor.id, station_id=actor.station_id, at=clock.now()
        )
        return _standing(tx, office, who, application_id, held)

    return office.store.write(verb, alone=False)


def standing(office: Office, who: SignedIn, application_id: str) -> Standing:
    """Who holds it now, without touching anything."""

    def query(connection: Connection) -> Standing:
        acting(connection, office, who, Verb.LOOK)
        held = stored.live_claim(connection, application_id, clock.now())
        return _standing(connection, office, who, application_id, held)

    return office.store.read(query)


def beat(office: Office, who: SignedIn, application_id: str) -> Standing:
    """A sign of life from the open page. Not `mine` afterwards: somebody took it, and `lost` says so."""

    def verb(tx: Connection) -> Standing:
        acting(tx, office, who, Verb.CLAIM)
        now, mine = clock.now(), {"operator_id": who.operator.id, "station_id": office.station.id}
        if not stored.beat(tx, application_id, at=now, **mine):
            held = stored.live_claim(tx, application_id, now) or stored.lost_to(
                tx, application_id, who.operator.id, office.station.id
            )
            return _standing(tx, office, who, application_id, held)
        return _standing(tx, office, who, application_id, stored.claim_of(tx, application_id))

    return office.store.write(verb, alone=False)


def release(office: Office, who: SignedIn, application_id: str) -> None:
    """Lets go of it; nothing happens when it is another's by now."""
    office.store.write(
        lambda tx: stored.release(
            tx, application_id, operator_id=who.operator.id, station_id=office.station.id
        ),
        alone=False,
    )


def take_over(
    office: Office, who: SignedIn, application_id: str, reason: TakeOverReason, note: str = ""
) -> Standing:
    """A supervisor takes the application from whoever holds it; the trail gets the reason, the record the note too.

    Raises Refused REASON_MISSING (OTHER without a note), ROLE_NOT_ALLOWED.
    """
    if reason is TakeOverReason.OTHER and not note.strip():
        raise Refused(Reason.REASON_MISSING)

    def verb(tx: Connection) -> Standing:
        actor = acting(tx, office, who, Verb.TAKE_OVER)
        application(tx, application_id)
        now = clock.now()
        before = stored.live_claim(tx, application_id, now)
        held = stored.claim(
            tx, application_id, operator_id=actor.id, station_id=actor.station_id, at=now, force=True
        )
        taken_from = None if before is None else before.operator_id
        keep_take_over(tx, application_id, reason, note.strip(), taken_from=taken_from, by=actor.id, at=now)
        write_audit(
            tx,
            AuditTag.CLAIM_TAKEN_OVER,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=application_id,
            holder=taken_from,
            reason=reason.value,
        )
        return _standing(tx, office, who, application_id, held)

    return office.store.write(verb)


def use_aside(office: Office, who: SignedIn, application_id: str) -> None:
    """Puts the operator's late draft into the draft as it is now: its values win, all others stay.

    Raises Refused MOVE_NOT_ALLOWED (intake is over), CHANGED_BY_ANOTHER; what is kept aside is kept then.
    """

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.WRITE)
        require_stage(tx, application_id, Stage.INTAKE)
        aside = stored.aside_of(tx, application_id, actor.id)
        if aside is None:
            return
        held = draft_fields(tx, application_id) or accepted_fields(tx, application_id)
        keep_draft(tx, application_id, {**held, **aside.fields}, by=actor.id, at=clock.now())
        keep_capturer(tx, application_id, actor.id)
        stored.drop_aside(tx, application_id, actor.id)

    office.store.write(verb)


def drop_aside(office: Office, who: SignedIn, application_id: str) -> None:
    """The operator has read the late draft and needs it no more."""
    office.store.write(
        lambda tx: stored.drop_aside(tx, application_id, acting(tx, office, who, Verb.WRITE).id)
    )
