"""Tables of the audit trail's checkpoints: the stations' signing keys, what they signed, what the registry answered;
and of the segments that begin after a restoration."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table, UniqueConstraint

from workstation.database.tables import UtcTime, metadata

audit_keys = Table(
    "audit_keys",
    metadata,
    Column("station_id", String(36), primary_key=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("private_key", LargeBinary, nullable=False),
    Column("made_at", UtcTime, nullable=False),
)

audit_checkpoints = Table(
    "audit_checkpoints",
    metadata,
    Column("station_id", String(36), primary_key=True),
    Column("count", Integer, primary_key=True, autoincrement=False),
    Column("head", LargeBinary, nullable=False),
    Column("at", String(40), nullable=False),
    Column("station_key", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("registry_key", LargeBinary),
    Column("countersignature", LargeBinary),
    Column("countersigned_at", String(40)),
)

audit_segments = Table(
    "audit_segments",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("station_id", String(36), nullable=False),
    Column("follows", Integer, nullable=False),
    Column("opening", LargeBinary, nullable=False),
    Column("accepted", LargeBinary),
    UniqueConstraint("station_id", "follows"),
)

audit_registry_key = Table(
    "audit_registry_key",
    metadata,
    Column("public_key", LargeBinary, primary_key=True),
    Column("pinned_at", UtcTime, nullable=False),
)
