"""Tables of the office's card printers, and which of them a station prints on by itself."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Integer, String, Table, false

from workstation.database.tables import UtcTime, metadata

printers = Table(
    "printers",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("way", String(8), nullable=False),
    Column("address", String(200), nullable=False, unique=True),
    # How many cards a full ribbon makes; nobody but its maker knows. 0: not told.
    Column("ribbon_cards", Integer, nullable=False, server_default="0"),
    Column("paused", Boolean, nullable=False, server_default=false()),
    Column("removed", Boolean, nullable=False, server_default=false()),
    Column("added_at", UtcTime, nullable=False),
    Column("added_by", String(36), nullable=False),
    CheckConstraint("way IN ('ipp', 'system')", name="way_known"),
    CheckConstraint("ribbon_cards BETWEEN 0 AND 10000", name="ribbon_cards_known"),
)

default_printers = Table(
    "default_printers",
    metadata,
    Column("station_id", String(36), primary_key=True),
    Column("printer_id", String(36), nullable=False),
)
