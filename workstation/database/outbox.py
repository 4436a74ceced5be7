"""What the registry must still learn, in order; written in the transaction of the verb that caused it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, select, update
from uuid6 import uuid7

from workstation.database.office_values import as_kept, as_was
from workstation.database.sealed import forget_sealed, seal_enrolment
from workstation.database.tables import outbox
from workstation.domain.refused import Refused


class OutboxKind(StrEnum):
    ENROLMENT = "enrolment"
    CARD_ISSUED = "card_issued"
    CARD_WITHDRAWN = "card_withdrawn"


class OutboxState(StrEnum):
    """REFUSED and CONFLICT wait for a person; they hold back what follows for the same application only. RECALLED was
    taken back before its sending began: it is never sent and holds nothing back."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    CONFLICT = "conflict"
    RECALLED = "recalled"


_OVER = (OutboxState.SENT.value, OutboxState.RECALLED.value)


@dataclass(frozen=True)
class OutboxItem:
    """One message on its way. `progress` is what of its sending is already known to have worked."""

    sequence: int
    id: str
    application_id: str
    kind: OutboxKind
    message: bytes
    state: OutboxState
    progress: Mapping[str, Any]
    attempts: int
    not_before: datetime
    last_error: str | None
    created_at: datetime


@dataclass(frozen=True)
class OutboxSummary:
    """How much waits, since when, and how much a person must look at."""

    waiting: int
    oldest_since: datetime | None
    held: int


def _message(connection: Connection, row: Any) -> bytes:
    try:
        return as_was(connection, row.message, f"outbox {row.id}")
    except Refused:
        # Changed on the server. Empty, it is refused as damaged and waits for a person; all others are sent.
        return b""


def _item(connection: Connection, row: Any) -> OutboxItem:
    return OutboxItem(
        row.sequence,
        row.id,
        row.application_id,
        OutboxKind(row.kind),
        _message(connection, row),
        OutboxState(row.state),
        json.loads(row.progress),
        row.attempts,
        row.not_before,
        row.last_error,
        row.created_at,
    )


def add_to_outbox(
    tx: Connection,
    application_id: str,
    kind: OutboxKind,
    message: bytes,
    *,
    at: datetime,
    not_before: datetime | None = None,
) -> str:
    """Adds a message; its id (UUIDv7) is the transaction id that makes repeats harmless.

    With `not_before` it is held back until then and can be recalled. The images of an enrolment are sealed to the
    registry with it.
    """
    item_id = str(uuid7())
    tx.execute(
        insert(outbox).values(
            id=item_id,
            application_id=application_id,
            kind=kind.value,
            message=as_kept(tx, message, f"outbox {item_id}"),
            state=OutboxState.WAITING.value,
            progress="{}",
            attempts=0,
            not_before=not_before or at,
            created_at=at,
        )
    )
    if kind is OutboxKind.ENROLMENT:
        seal_enrolment(tx, application_id, message)
    return item_id


def next_due(connection: Connection, now: datetime) -> OutboxItem | None:
    """The oldest message that may be sent now: its time has come and nothing older of its application is unsent."""
    older = outbox.alias("older")
    blocked = exists().where(
        and_(
            older.c.application_id == outbox.c.application_id,
            older.c.sequence < outbox.c.sequence,
            older.c.state.not_in(_OVER),
        )
    )
    row = connection.execute(
        select(outbox)
        .where(outbox.c.state == OutboxState.WAITING.value, outbox.c.not_before <= now, ~blocked)
        .order_by(outbox.c.sequence)
        .limit(1)
    ).first()
    return None if row is None else _item(connection, row)


def begin_next(tx: Connection, now: datetime) -> OutboxItem | None:
    """Takes the next due message for sending; from then on it cannot be recalled. None when nothing is due."""
    item = next_due(tx, now)
    if item is None:
        return None
    taken = tx.execute(
        update(outbox)
        .where(outbox.c.id == item.id, outbox.c.state == OutboxState.WAITING.value)
        .values(begun_at=func.coalesce(outbox.c.begun_at, now))
    )
    return item if taken.rowcount else None


def nothing_unsent(application_id: ColumnElement[str]) -> ColumnElement[bool]:
    """For queries of applications: nothing about it waits or is held for a person."""
    return ~exists().where(outbox.c.application_id == application_id, outbox.c.state.not_in(_OVER))


def _untouched(now: datetime) -> ColumnElement[bool]:
    return and_(
        outbox.c.state == OutboxState.WAITING.value,
        outbox.c.begun_at.is_(None),
        outbox.c.attempts == 0,
        outbox.c.not_before > now,
        # One that was made "later" than now is of a clock that was set back: nobody waits for its hour.
        outbox.c.created_at <= now,
    )


def held_until(connection: Connection, application_id: str, now: datetime) -> datetime | None:
    """Until when the application's message is held back and can be recalled; None when it cannot (any more)."""
    return connection.execute(
        select(func.max(outbox.c.not_before)).where(
            outbox.c.application_id == application_id, _untouched(now)
        )
    ).scalar_one_or_none()


def recall_held(tx: Connection, application_id: str, now: datetime) -> bool:
    """Takes the held message back for good; False when there is none or its sending has begun meanwhile."""
    taken = tx.execute(
        update(outbox)
        .where(outbox.c.application_id == application_id, _untouched(now))
        .values(state=OutboxState.RECALLED.value, settled_at=now)
    )
    if taken.rowcount:
        forget_sealed(tx, application_id)
    return bool(taken.rowcount)


def next_time(connection: Connection) -> datetime | None:
    """When the next waiting message may be tried."""
    return connection.execute(
        select(func.min(outbox.c.not_before)).where(outbox.c.state == OutboxState.WAITING.value)
    ).scalar_one_or_none()


def keep_progress(tx: Connection, item_id: str, progress: Mapping[str, Any]) -> None:
    """Remembers what is done, so that a killed program resumes there."""
    tx.execute(
        update(outbox).where(outbox.c.id == item_id).values(progress=json.dumps(progress, sort_keys=True))
    )


def keep_attempt(tx: Connection, item_id: str, error: str, *, not_before: datetime) -> None:
    """An attempt failed for a reason that may pass; try again at `not_before`."""
    tx.execute(
        update(outbox)
        .where(outbox.c.id == item_id)
        .values(attempts=outbox.c.attempts + 1, last_error=error, not_before=not_before)
    )


def settle(
    tx: Connection, item_id: str, state: OutboxState, *, at: datetime, error: str | None = None
) -> None:
    """Ends the item: SENT, or REFUSED / CONFLICT with the registry's reason."""
    tx.execute(
        update(outbox)
        .where(outbox.c.id == item_id)
        .values(state=state.value, settled_at=at, last_error=error)
    )
    if state is OutboxState.SENT:
        forget_sealed(
            tx, tx.execute(select(outbox.c.application_id).where(outbox.c.id == item_id)).scalar_one()
        )


def hurry(tx: Connection, *, now: datetime) -> None:
    """Lets everything that waits for its next attempt be tried now (the line is back, or a person asked). What is
    held back for a recall keeps its time."""
    tx.execute(
        update(outbox)
        .where(outbox.c.state == OutboxState.WAITING.value, outbox.c.not_before > now, ~_untouched(now))
        .values(not_before=now)
    )


def summary(connection: Connection) -> OutboxSummary:
    """The figures of the sync light."""
    waiting = outbox.c.state == OutboxState.WAITING.value
    count, oldest = connection.execute(
        select(func.count(), func.min(outbox.c.created_at)).select_from(outbox).where(waiting)
    ).one()
    held = connection.execute(
        select(func.count())
        .select_from(outbox)
        .where(outbox.c.state.in_((OutboxState.REFUSED.value, OutboxState.CONFLICT.value)))
    ).scalar_one()
    return OutboxSummary(count, oldest, held)


def outbox_of(connection: Connection, application_id: str) -> tuple[OutboxItem, ...]:
    """All messages about one application, oldest first."""
    rows = connection.execute(
        select(outbox).where(outbox.c.application_id == application_id).order_by(outbox.c.sequence)
    )
    return tuple(_item(connection, row) for row in rows)


def highest_sequence(connection: Connection) -> int:
    """The sequence of the newest message; 0 before the first."""
    return int(connection.execute(select(func.coalesce(func.max(outbox.c.sequence), 0))).scalar_one())
