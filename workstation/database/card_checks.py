"""Readings of finished cards: each one is kept with its job, the failed ones too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    insert,
    select,
)
from uuid6 import uuid7

from workstation.database.tables import UtcTime, metadata

card_checks = Table(
    "card_checks",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("job_id", String(36), ForeignKey("card_jobs.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("agrees", Boolean, nullable=False),
    Column("items", Text, nullable=False),
    Column("read_at", UtcTime, nullable=False),
    Column("read_by", String(36), ForeignKey("operators.id"), nullable=False),
    # Two stations that read the same card at once: one of them reads again.
    UniqueConstraint("job_id", "number"),
    CheckConstraint("number > 0", name="number"),
)


@dataclass(frozen=True)
class CardCheck:
    """One reading of one card; `number` counts them from 1."""

    number: int
    agrees: bool
    items: Mapping[str, Any]
    read_at: datetime
    read_by: str


def add_card_check(
    tx: Connection, job_id: str, *, agrees: bool, items: Mapping[str, Any], at: datetime, by: str
) -> int:
    """Keeps a reading; returns its number."""
    before = tx.execute(
        select(func.max(card_checks.c.number)).where(card_checks.c.job_id == job_id)
    ).scalar_one()
    number = (before or 0) + 1
    tx.execute(
        insert(card_checks).values(
            id=str(uuid7()),
            job_id=job_id,
            number=number,
            agrees=agrees,
            items=json.dumps(dict(items), sort_keys=True, ensure_ascii=False),
            read_at=at,
            read_by=by,
        )
    )
    return number


def card_checks_of(connection: Connection, job_id: str) -> tuple[CardCheck, ...]:
    """Every reading of the job's card, the first one first."""
    rows = connection.execute(
        select(card_checks).where(card_checks.c.job_id == job_id).order_by(card_checks.c.number)
    )
    return tuple(
        CardCheck(row.number, row.agrees, json.loads(row.items), row.read_at, row.read_by) for row in rows
    )
