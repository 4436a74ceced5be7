"""The tables of the blank-card ledger: every entry that was made, the one place of every blank, day-end counts."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from workstation.database.tables import UtcTime, metadata
from workstation.domain.stock import Entry, Place


def _one_of(column: str, values: list[str]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


_PLACES = [place.value for place in Place]

stock_entries = Table(
    "stock_entries",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    # One act of one person can be several ranges: they share its id.
    Column("act", String(36), nullable=False, index=True),
    Column("entry", String(16), nullable=False),
    Column("series", String(24), nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("count", Integer, nullable=False),
    Column("from_place", String(12), nullable=False),
    Column("to_place", String(12), nullable=False),
    Column("station_id", String(36), nullable=False),
    Column("printer_id", String(80)),
    Column("job_id", String(36)),
    Column("box", String(80)),
    Column("reason", Text),
    Column("photo", String(64), ForeignKey("blobs.sha256")),
    Column("at", UtcTime, nullable=False),
    Column("day", String(10), nullable=False),
    Column("by", String(36), nullable=False),
    Column("second", String(36)),
    _one_of("entry", [entry.value for entry in Entry]),
    _one_of("from_place", _PLACES),
    _one_of("to_place", _PLACES),
    CheckConstraint("first >= 0 AND last >= first AND count = last - first + 1", name="range_whole"),
    CheckConstraint("second IS NULL OR second <> by", name="two_people"),
    Index("ix_stock_entries_day", "day", "sequence"),
    Index("ix_stock_entries_range", "series", "last", "first"),
    Index("ix_stock_entries_job_id", "job_id"),
    sqlite_autoincrement=True,
)

blanks = Table(
    "blanks",
    metadata,
    Column("series", String(24), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("place", String(12), nullable=False),
    Column("station_id", String(36)),
    Column("printer_id", String(80)),
    Column("job_id", String(36)),
    Column("entry", Integer, ForeignKey("stock_entries.sequence"), nullable=False),
    _one_of("place", _PLACES[1:]),
    CheckConstraint("job_id IS NOT NULL OR place NOT IN ('booked', 'printed', 'issued')", name="of_a_job"),
    Index("ix_blanks_place", "place", "station_id", "printer_id", "series", "number"),
    Index("ix_blanks_job_id", "job_id"),
)
# One job has one blank in being; what it spoiled before is another one.
Index(
    "uq_blanks_job_in_being",
    blanks.c.job_id,
    unique=True,
    sqlite_where=blanks.c.place.in_(("booked", "printed", "issued")),
    postgresql_where=blanks.c.place.in_(("booked", "printed", "issued")),
)

stock_counts = Table(
    "stock_counts",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("day", String(10), nullable=False, index=True),
    Column("station_id", String(36), nullable=False),
    Column("balanced", Boolean, nullable=False),
    Column("explanation", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", String(36), nullable=False),
    Column("second", String(36), nullable=False),
    CheckConstraint("second <> by", name="two_people"),
)

stock_count_lines = Table(
    "stock_count_lines",
    metadata,
    Column("count_id", String(36), ForeignKey("stock_counts.id"), primary_key=True),
    Column("place", String(12), primary_key=True),
    Column("expected", Integer, nullable=False),
    Column("counted", Integer, nullable=False),
    _one_of("place", _PLACES[1:]),
)

stock_differences = Table(
    "stock_differences",
    metadata,
    Column("count_id", String(36), ForeignKey("stock_counts.id"), primary_key=True),
    Column("series", String(24), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(12), nullable=False),
    Column("place", String(12), nullable=False),
    # What ended it: a later count in which it was not there any more, or an entry of the ledger.
    Column("settled_by", String(36)),
    _one_of("kind", ["absent", "elsewhere", "unknown"]),
)
