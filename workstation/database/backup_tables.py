"""Tables of backups: the keys they are sealed to, what was made, failed or tested, and what was restored here."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Integer, LargeBinary, String, Table

from workstation.database.tables import UtcTime, metadata

backup_keys = Table(
    "backup_keys",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("made_by", String(36), nullable=False),
    Column("in_use", Boolean, nullable=False),
)

backup_events = Table(
    "backup_events",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(8), nullable=False),
    Column("backup_id", String(36), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("folder", String(400), nullable=False),
    Column("detail", String(40), nullable=False),
    CheckConstraint("kind IN ('made', 'failed', 'tested')", name="kind_known"),
)

restorations = Table(
    "restorations",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("backup_id", String(36), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("day", String(10), nullable=False),
    Column("floor", Integer, nullable=False),
)
