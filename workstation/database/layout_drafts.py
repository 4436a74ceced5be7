"""Layouts in the making: one draft for each name, replaced whole with every change, counted so that none is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Integer,
    LargeBinary,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from workstation.database.tables import UtcTime, metadata

layout_drafts = Table(
    "layout_drafts",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("kept_by", String(36), nullable=False),
    Column("kept_at", UtcTime, nullable=False),
    CheckConstraint("revision >= 1", name="revision_counted"),
)


@dataclass(frozen=True)
class Draft:
    """The draft of the layout `name` as it was kept last; `revision` counts how often."""

    name: str
    revision: int
    document: bytes
    kept_by: str
    kept_at: datetime


def add_draft(tx: Connection, name: str, document: bytes, by: str, *, at: datetime) -> Draft:
    """Begins one. IntegrityError where there is one of that name."""
    values = {"name": name, "revision": 1, "document": document, "kept_by": by, "kept_at": at}
    tx.execute(insert(layout_drafts).values(values))
    return Draft(name, 1, document, by, at)


def replace_draft(
    tx: Connection, name: str, document: bytes, by: str, *, after: int, at: datetime
) -> int | None:
    """Its next revision; None, and nothing is changed, where revision `after` is not the one that is kept."""
    found = tx.execute(
        update(layout_drafts)
        .where(layout_drafts.c.name == name, layout_drafts.c.revision == after)
        .values(revision=after + 1, document=document, kept_by=by, kept_at=at)
    )
    return after + 1 if found.rowcount == 1 else None


def forget_draft(tx: Connection, name: str, *, after: int | None = None) -> bool:
    """It is no longer wanted. With `after`: only where that revision is the one kept; False where it is not."""
    wanted = layout_drafts.c.name == name
    if after is not None:
        wanted &= layout_drafts.c.revision == after
    return tx.execute(delete(layout_drafts).where(wanted)).rowcount == 1


def draft(connection: Connection, name: str) -> Draft | None:
    """The one of that name, or None."""
    row = connection.execute(select(layout_drafts).where(layout_drafts.c.name == name)).first()
    return None if row is None else _draft(row)


def drafts(connection: Connection) -> tuple[Draft, ...]:
    """All, by name."""
    return tuple(
        _draft(row) for row in connection.execute(select(layout_drafts).order_by(layout_drafts.c.name))
    )


def _draft(row: Any) -> Draft:
    return Draft(row.name, row.revision, bytes(row.document), row.kept_by, row.kept_at)
