"""Tables of sealing: the registry's pinned key, images sealed to it that wait to be sent, biometrics deleted since."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table

from workstation.database.tables import UtcTime, metadata

registry_sealing_keys = Table(
    "registry_sealing_keys",
    metadata,
    Column("key_id", String(16), primary_key=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("pinned_at", UtcTime, nullable=False),
)

sealed_parts = Table(
    "sealed_parts",
    metadata,
    Column("application_id", String(36), ForeignKey("applications.id"), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

deleted_biometrics = Table(
    "deleted_biometrics",
    metadata,
    Column("application_id", String(36), ForeignKey("applications.id"), primary_key=True),
    Column("deleted_at", UtcTime, nullable=False),
)
