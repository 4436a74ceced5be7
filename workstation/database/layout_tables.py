"""The tables of card layouts: versions held, what was sent and refused, and what the centre is about to publish."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, LargeBinary, String, Table, UniqueConstraint

from workstation.database.tables import UtcTime, metadata

card_layouts = Table(
    "card_layouts",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("sha256", String(64), nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("origin", String(8), nullable=False),
    Column("key_id", String(64)),
    Column("signature", LargeBinary),
    Column("in_force_since", UtcTime, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    # What came from the registry is kept with the signature under which it was taken.
    CheckConstraint(
        "origin = 'product' OR (origin = 'registry' AND key_id IS NOT NULL AND signature IS NOT NULL)",
        name="origin_known",
    ),
    CheckConstraint("version >= 1", name="version_counted"),
)

layout_faults = Table(
    "layout_faults",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("code", String(40), nullable=False),
    Column("element", String(120), nullable=False),
    Column("received_at", UtcTime, nullable=False),
)

layout_publications = Table(
    "layout_publications",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(60), nullable=False),
    Column("version", Integer, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("proposed_by", String(36), nullable=False),
    Column("proposed_role", String(24), nullable=False),
    Column("proposed_at", UtcTime, nullable=False),
    Column("approved_by", String(36)),
    Column("approved_role", String(24)),
    Column("approved_at", UtcTime),
    Column("sent_at", UtcTime),
    Column("refusal", String(60)),
    UniqueConstraint("name", "version", name="uq_layout_publications_name"),
    CheckConstraint("approved_by IS NULL OR approved_by <> proposed_by", name="two_people"),
    CheckConstraint("sent_at IS NULL OR approved_by IS NOT NULL", name="sent_when_approved"),
)
