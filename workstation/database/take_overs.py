"""Why an application was taken from who held it: the reason by code, and what the supervisor wrote beside it.

The trail has the code alone: what is typed may name people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Connection, ForeignKey, String, Table, Text, insert, select
from uuid6 import uuid7

from workstation.database.tables import UtcTime, metadata, operators
from workstation.domain.take_over import TakeOverReason

_KNOWN = ", ".join(f"'{reason.value}'" for reason in TakeOverReason)

take_overs = Table(
    "take_overs",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("application_id", String(36), ForeignKey("applications.id"), nullable=False, index=True),
    Column("taken_from", String(36), ForeignKey("operators.id")),
    Column("taken_by", String(36), ForeignKey("operators.id"), nullable=False),
    Column("reason", String(24), nullable=False),
    Column("note", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint(f"reason IN ({_KNOWN})", name="reason_known"),
)


@dataclass(frozen=True)
class TakeOver:
    """One of them; `by_name` took it."""

    reason: TakeOverReason
    note: str
    by_name: str
    at: datetime


def keep_take_over(
    tx: Connection,
    application_id: str,
    reason: TakeOverReason,
    note: str,
    *,
    taken_from: str | None,
    by: str,
    at: datetime,
) -> str:
    """Remembers it and returns its id."""
    key = str(uuid7())
    tx.execute(
        insert(take_overs).values(
            id=key,
            application_id=application_id,
            taken_from=taken_from,
            taken_by=by,
            reason=reason.value,
            note=note,
            at=at,
        )
    )
    return key


def take_overs_of(connection: Connection, application_id: str) -> tuple[TakeOver, ...]:
    """All of that application, oldest first."""
    rows = connection.execute(
        select(take_overs, operators.c.display_name)
        .join(operators, operators.c.id == take_overs.c.taken_by)
        .where(take_overs.c.application_id == application_id)
        .order_by(take_overs.c.at, take_overs.c.id)
    )
    return tuple(TakeOver(TakeOverReason(row.reason), row.note, row.display_name, row.at) for row in rows)
