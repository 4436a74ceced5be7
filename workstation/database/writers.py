"""Who writes to a shared database: one row for each open station, with the mark of the last verb that it committed.

A connection can be lost after a commit was sent and before its answer came. Each verb leaves a fresh mark in its own
transaction; whoever comes back finds its mark, or not, and knows. Of use on a server alone; on SQLite no row is made.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, delete, insert, select

from workstation.database.tables import UtcTime, metadata

writers = Table(
    "writers",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("station_id", String(36), nullable=False),
    Column("mark", String(36), nullable=False),
    Column("opened_at", UtcTime, nullable=False),
)


def enter(
    tx: Connection, writer_id: str, station_id: str, *, at: datetime, forgotten_before: datetime
) -> None:
    """Adds this writer; rows of those that never said goodbye are dropped when they are old enough."""
    tx.execute(delete(writers).where(writers.c.opened_at < forgotten_before))
    tx.execute(insert(writers).values(id=writer_id, station_id=station_id, mark="", opened_at=at))


def leave(tx: Connection, writer_id: str) -> None:
    """The station is closed."""
    tx.execute(delete(writers).where(writers.c.id == writer_id))


def last_mark(tx: Connection, writer_id: str) -> str | None:
    """The mark of the last verb that was committed, once no transaction holds the row any more; None for no row."""
    return tx.scalar(select(writers.c.mark).where(writers.c.id == writer_id).with_for_update())
