"""The schema's step for the shared queue: claims, drafts kept aside, contacts, saved queues, counts and indexes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.stage_counts import install_counting
from workstation.database.tables import UtcTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OPEN = "stage NOT IN ('closed', 'referred', 'withdrawn', 'rejected', 'refused_by_registry')"
_WAITING = ["returned", "stage_since", "number"]
_ORDERS = {
    "waiting": [*_WAITING, "stage", "birth_date"],
    "name": ["name_sort_key", "number", "stage", "returned", "birth_date"],
    "birth": ["birth_date", "number", "stage", "returned"],
    "village": ["village", *_WAITING, "stage", "birth_date"],
}


def _application() -> sa.Column[str]:
    return sa.Column("application_id", sa.String(36), sa.ForeignKey("applications.id"), nullable=False)


def _operator(name: str = "operator_id") -> sa.Column[str]:
    return sa.Column(name, sa.String(36), sa.ForeignKey("operators.id"), nullable=False)


def _time(name: str) -> sa.Column[object]:
    return sa.Column(name, UtcTime(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "claims",
        _application(),
        _operator(),
        sa.Column("station_id", sa.String(36), nullable=False),
        _time("since"),
        _time("seen"),
        sa.PrimaryKeyConstraint("application_id", name="pk_claims"),
    )
    op.create_table(
        "lost_claims",
        _application(),
        _operator(),
        sa.Column("station_id", sa.String(36), nullable=False),
        _operator("taken_by"),
        _time("taken_at"),
        sa.PrimaryKeyConstraint("application_id", "operator_id", "station_id", name="pk_lost_claims"),
    )
    op.create_table(
        "set_aside",
        _application(),
        _operator(),
        sa.Column("fields", sa.Text(), nullable=False),
        _time("kept_at"),
        sa.PrimaryKeyConstraint("application_id", "operator_id", name="pk_set_aside"),
    )
    op.create_table(
        "contacts",
        sa.Column("id", sa.String(36), primary_key=True),
        _application(),
        sa.Column("outcome", sa.String(16), nullable=False),
        _time("at"),
        _operator("by"),
        sa.CheckConstraint("outcome IN ('informed', 'not_reached')", name=op.f("ck_contacts_outcome_known")),
    )
    op.create_index("ix_contacts_application_id", "contacts", ["application_id"])
    op.create_table(
        "saved_queues",
        sa.Column("id", sa.String(36), primary_key=True),
        _operator(),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.UniqueConstraint("operator_id", "name", name="uq_saved_queues_operator_id"),
    )
    op.create_table(
        "stage_counts",
        sa.Column("stage", sa.String(24), nullable=False),
        sa.Column("returned", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stage", "returned", name="pk_stage_counts"),
    )
    for name, columns in _ORDERS.items():
        op.create_index(
            f"ix_applications_open_{name}",
            "applications",
            columns,
            sqlite_where=sa.text(_OPEN),
            postgresql_where=sa.text(_OPEN),
        )
    op.create_index("ix_applications_stage_waiting", "applications", ["stage", *_WAITING])
    op.drop_index("ix_applications_stage_since", "applications")
    for index, table, column in (
        ("ix_fingers_missing", "fingers", "missing_reason"),
        ("ix_portraits_forced", "portraits", "forced_reason"),
    ):
        filled = sa.text(f"{column} IS NOT NULL")
        op.create_index(index, table, ["application_id"], sqlite_where=filled, postgresql_where=filled)
    install_counting(op.get_bind())
