"""Who works on which application: claims with a sign of life, and what becomes of a write that comes too late.

A claim belongs to an operator at a station. It lives as long as its sign of life is younger than the policy's time of
silence; after that anybody may take it, and whatever then still arrives from the silent one is refused by name. Its
draft is kept aside, in a transaction of its own (`Overtaken`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from workstation.database.claim_tables import claims, lost_claims, set_aside
from workstation.database.plain_sql import moment, rows
from workstation.database.policies import policy_in_force
from workstation.database.tables import applications
from workstation.domain.refused import Reason, Refused


@dataclass(frozen=True)
class Claim:
    """Who holds the application (or took it), where, since when."""

    operator_id: str
    operator_name: str
    station_id: str
    since: datetime
    seen: datetime

    def belongs_to(self, operator_id: str, station_id: str) -> bool:
        """Whether it is that operator's at that station."""
        return self.operator_id == operator_id and self.station_id == station_id


@dataclass(frozen=True)
class Aside:
    """A draft that came too late: its fields as they were typed, and when it was kept."""

    fields: Mapping[str, str]
    kept_at: datetime


class Overtaken(Refused):
    """CHANGED_BY_ANOTHER with `name` and `at` (ISO 8601, UTC). `keep(tx)` puts the late draft aside."""

    def __init__(
        self,
        application_id: str,
        operator_id: str,
        by: str,
        since: datetime,
        *,
        at: datetime,
        fields: Mapping[str, str] | None,
    ) -> None:
        super().__init__(Reason.CHANGED_BY_ANOTHER, name=by, at=since.isoformat(timespec="seconds"))
        self._late = (application_id, operator_id, at, fields)

    def keep(self, tx: Connection) -> None:
        """Keeps the newest late draft of that operator."""
        application_id, operator_id, at, fields = self._late
        if fields is None:
            return
        tx.execute(
            delete(set_aside).where(
                set_aside.c.application_id == application_id, set_aside.c.operator_id == operator_id
            )
        )
        tx.execute(
            insert(set_aside).values(
                application_id=application_id,
                operator_id=operator_id,
                fields=json.dumps(dict(fields), ensure_ascii=False, sort_keys=True),
                kept_at=at,
            )
        )


def silence(connection: Connection) -> timedelta:
    """How long a station may be silent before its claims are free, by the policy in force."""
    return timedelta(seconds=policy_in_force(connection).claim_silence_seconds)


_HELD = (
    "SELECT c.operator_id, o.display_name, c.station_id, c.since, c.seen FROM claims AS c"
    " JOIN operators AS o ON o.id = c.operator_id WHERE c.application_id = :application"
)
_LOST = (
    "SELECT l.taken_by, o.display_name, l.station_id, l.taken_at FROM lost_claims AS l"
    " JOIN operators AS o ON o.id = l.taken_by"
    " WHERE l.application_id = :application AND l.operator_id = :operator{there} ORDER BY l.taken_at DESC LIMIT 1"
)


def claim_of(connection: Connection, application_id: str) -> Claim | None:
    """The claim as it stands, living or silent."""
    for operator, name, station, since, seen in rows(connection, _HELD, {"application": application_id}):
        return Claim(operator, name, station, moment(since), moment(seen))
    return None


def _held_still(tx: Connection, application_id: str) -> Claim | None:
    """The claim, which nobody can take before this transaction ends: claims of other stations run beside it."""
    if tx.dialect.name != "sqlite":
        row = select(claims.c.application_id).where(claims.c.application_id == application_id)
        tx.execute(row.with_for_update(read=True))
    return claim_of(tx, application_id)


def live_claim(connection: Connection, application_id: str, at: datetime) -> Claim | None:
    """The claim that somebody is behind at that moment."""
    held = claim_of(connection, application_id)
    return held if held is not None and at - held.seen < silence(connection) else None


def claim(
    tx: Connection,
    application_id: str,
    *,
    operator_id: str,
    station_id: str,
    at: datetime,
    force: bool = False,
) -> Claim:
    """Claims it and returns the claim in force afterwards: another's living one stays, unless taken by `force`."""
    held = claim_of(tx, application_id)
    if held is None:
        try:
            with tx.begin_nested():
                tx.execute(
                    insert(claims).values(
                        application_id=application_id,
                        operator_id=operator_id,
                        station_id=station_id,
                        since=at,
                        seen=at,
                    )
                )
        except IntegrityError:
            return claim_of(tx, application_id) or claim(
                tx, application_id, operator_id=operator_id, station_id=station_id, at=at, force=force
            )
    elif held.belongs_to(operator_id, station_id):
        beat(tx, application_id, operator_id=operator_id, station_id=station_id, at=at)
    else:
        if at - held.seen < silence(tx) and not force:
            return held
        # Taken only as it was seen: of two who find it free at once, one wins.
        taken = tx.execute(
            update(claims)
            .where(
                claims.c.application_id == application_id,
                claims.c.operator_id == held.operator_id,
                claims.c.station_id == held.station_id,
                claims.c.seen == held.seen,
            )
            .values(operator_id=operator_id, station_id=station_id, since=at, seen=at)
            .returning(claims.c.application_id)
        ).first()
        if taken is not None:
            _lose(tx, application_id, held, taken_by=operator_id, at=at)
    mine = claim_of(tx, application_id)
    assert mine is not None
    if mine.belongs_to(operator_id, station_id):
        tx.execute(
            delete(lost_claims).where(
                lost_claims.c.application_id == application_id,
                lost_claims.c.operator_id == operator_id,
                lost_claims.c.station_id == station_id,
            )
        )
    return mine


def claim_first_free(
    tx: Connection, candidates: Iterable[str], *, operator_id: str, station_id: str, at: datetime
) -> str | None:
    """Claims the first of these applications that nobody holds or is just claiming elsewhere; None when there is none.

    On a server one that another station is claiming at this moment is passed over without waiting (SKIP LOCKED).
    """
    for application_id in candidates:
        row = select(applications.c.id).where(applications.c.id == application_id)
        if tx.execute(row.with_for_update(skip_locked=True)).first() is None:
            continue
        held = claim(tx, application_id, operator_id=operator_id, station_id=station_id, at=at)
        if held.belongs_to(operator_id, station_id):
            return application_id
    return None


def beat(tx: Connection, application_id: str, *, operator_id: str, station_id: str, at: datetime) -> bool:
    """A sign of life. False when the claim is not theirs any more."""
    kept = tx.execute(
        update(claims)
        .where(
            claims.c.application_id == application_id,
            claims.c.operator_id == operator_id,
            claims.c.station_id == station_id,
        )
        .values(seen=at)
        .returning(claims.c.application_id)
    ).first()
    return kept is not None


def release(tx: Connection, application_id: str, *, operator_id: str, station_id: str) -> None:
    """Lets go of their own claim; another's stays."""
    tx.execute(
        delete(claims).where(
            claims.c.application_id == application_id,
            claims.c.operator_id == operator_id,
            claims.c.station_id == station_id,
        )
    )


def _lose(tx: Connection, application_id: str, held: Claim, *, taken_by: str, at: datetime) -> None:
    loser = (
        lost_claims.c.application_id == application_id,
        lost_claims.c.operator_id == held.operator_id,
        lost_claims.c.station_id == held.station_id,
    )
    tx.execute(delete(lost_claims).where(*loser))
    tx.execute(
        insert(lost_claims).values(
            application_id=application_id,
            operator_id=held.operator_id,
            station_id=held.station_id,
            taken_by=taken_by,
            taken_at=at,
        )
    )


def lost_to(
    connection: Connection, application_id: str, operator_id: str, station_id: str | None = None
) -> Claim | None:
    """Who took the claim of that operator (at that station) and when; None when it was not taken."""
    there = "" if station_id is None else " AND l.station_id = :station"
    values = {"application": application_id, "operator": operator_id, "station": station_id}
    for taker, name, station, at in rows(connection, _LOST.format(there=there), values):
        return Claim(taker, name, station, moment(at), moment(at))
    return None


def refuse_late(
    tx: Connection,
    application_id: str,
    operator_id: str,
    *,
    at: datetime,
    station_id: str | None = None,
    fields: Mapping[str, str] | None = None,
) -> None:
    """Raises Overtaken when somebody else works on it now, or took it since this operator last held it.

    Who never claimed may write while nobody holds it: the centre's answers and an office's commands do. `fields` is
    the draft to put aside.
    """
    held = _held_still(tx, application_id)
    if held is not None:
        if held.operator_id == operator_id and station_id in (None, held.station_id):
            return
        if at - held.seen < silence(tx):
            raise Overtaken(application_id, operator_id, held.operator_name, held.since, at=at, fields=fields)
    lost = lost_to(tx, application_id, operator_id, station_id)
    if lost is not None:
        raise Overtaken(application_id, operator_id, lost.operator_name, lost.since, at=at, fields=fields)


def aside_of(connection: Connection, application_id: str, operator_id: str) -> Aside | None:
    """The late draft of that operator, if one is kept."""
    row = connection.execute(
        select(set_aside.c.fields, set_aside.c.kept_at).where(
            set_aside.c.application_id == application_id, set_aside.c.operator_id == operator_id
        )
    ).first()
    return None if row is None else Aside(json.loads(row.fields), row.kept_at)


def drop_aside(tx: Connection, application_id: str, operator_id: str) -> None:
    """The operator has seen it and needs it no more."""
    tx.execute(
        delete(set_aside).where(
            set_aside.c.application_id == application_id, set_aside.c.operator_id == operator_id
        )
    )
