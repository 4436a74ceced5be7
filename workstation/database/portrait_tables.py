"""Tables beside the portrait: what was made of it, the exception photo, the person's earlier picture."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table, Text

from workstation.database.tables import UtcTime, metadata

# A portrait of before these tables has no row: its crop is what is printed.
portrait_files = Table(
    "portrait_files",
    metadata,
    Column("portrait_id", String(36), ForeignKey("portraits.id"), primary_key=True),
    Column("printed", String(64), ForeignKey("blobs.sha256")),
    Column("chip", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("facts", Text, nullable=False),
)

# Each one taken is kept; the newest is the application's. Never on the card.
exception_photos = Table(
    "exception_photos",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("application_id", String(36), ForeignKey("applications.id"), nullable=False, index=True),
    Column("picture", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("taken_at", UtcTime, nullable=False),
    Column("taken_by", String(36), ForeignKey("operators.id"), nullable=False),
)

earlier_portraits = Table(
    "earlier_portraits",
    metadata,
    Column("application_id", String(36), ForeignKey("applications.id"), primary_key=True),
    Column("picture", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("eyes", Text, nullable=False),
    Column("kept_at", UtcTime, nullable=False),
    Column("kept_by", String(36), ForeignKey("operators.id"), nullable=False),
)
