"""Tables of the office's shared work: claims, what was lost and kept aside, contacts, saved queues, counts; the
indexes that the queue is read by."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnClause,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from workstation.database.tables import UtcTime, applications, fingers, metadata, portraits
from workstation.domain.stages import ENDS

# An application has one holder at most; a row whose `seen` is too old counts as none.
claims = Table(
    "claims",
    metadata,
    Column("application_id", String(36), ForeignKey("applications.id"), primary_key=True),
    Column("operator_id", String(36), ForeignKey("operators.id"), nullable=False),
    Column("station_id", String(36), nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("seen", UtcTime, nullable=False),
)

# Whose claim somebody else took: whatever arrives from there is late until it is claimed anew.
lost_claims = Table(
    "lost_claims",
    metadata,
    Column("application_id", String(36), ForeignKey("applications.id"), primary_key=True),
    Column("operator_id", String(36), ForeignKey("operators.id"), primary_key=True),
    Column("station_id", String(36), primary_key=True),
    Column("taken_by", String(36), ForeignKey("operators.id"), nullable=False),
    Column("taken_at", UtcTime, nullable=False),
)

# The draft that came too late, just as it was typed.
set_aside = Table(
    "set_aside",
    metadata,
    Column("application_id", String(36), ForeignKey("applications.id"), primary_key=True),
    Column("operator_id", String(36), ForeignKey("operators.id"), primary_key=True),
    Column("fields", Text, nullable=False),
    Column("kept_at", UtcTime, nullable=False),
)

contacts = Table(
    "contacts",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("application_id", String(36), ForeignKey("applications.id"), nullable=False, index=True),
    Column("outcome", String(16), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", String(36), ForeignKey("operators.id"), nullable=False),
    CheckConstraint("outcome IN ('informed', 'not_reached')", name="outcome_known"),
)

saved_queues = Table(
    "saved_queues",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("operator_id", String(36), ForeignKey("operators.id"), nullable=False),
    Column("name", String(80), nullable=False),
    Column("filter", Text, nullable=False),
    UniqueConstraint("operator_id", "name"),
)

# Kept by triggers (workstation.database.stage_counts), so that a count does not read a million rows.
stage_counts = Table(
    "stage_counts",
    metadata,
    Column("stage", String(24), primary_key=True),
    Column("returned", Boolean, primary_key=True),
    Column("count", Integer, nullable=False),
)

# Written with its values: a partial index serves only a query that repeats its condition word for word.
OPEN = "stage NOT IN (" + ", ".join(f"'{stage.value}'" for stage in ENDS) + ")"
_open: ColumnClause[bool] = literal_column(OPEN)
_WAITING = ("returned", "stage_since", "number")
ORDERED_BY: dict[str, tuple[str, ...]] = {
    "waiting": _WAITING,
    "name": ("name_sort_key", "number"),
    "birth": ("birth_date", "number"),
    "village": ("village", *_WAITING),
}
# Behind the order stands what a filter asks for, so that leaving rows out reads the index alone.
_ASKED = ("stage", "returned", "birth_date")
for _name, _columns in ORDERED_BY.items():
    Index(
        f"ix_applications_open_{_name}",
        *(applications.c[column] for column in dict.fromkeys((*_columns, *_ASKED))),
        sqlite_where=_open,
        postgresql_where=_open,
    )
Index(
    "ix_applications_stage_waiting",
    applications.c.stage,
    *(applications.c[column] for column in _WAITING),
)
Index(
    "ix_fingers_missing",
    fingers.c.application_id,
    sqlite_where=fingers.c.missing_reason.isnot(None),
    postgresql_where=fingers.c.missing_reason.isnot(None),
)
Index(
    "ix_portraits_forced",
    portraits.c.application_id,
    sqlite_where=portraits.c.forced_reason.isnot(None),
    postgresql_where=portraits.c.forced_reason.isnot(None),
)
