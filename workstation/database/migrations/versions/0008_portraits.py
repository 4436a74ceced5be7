"""The schema's step for portraits: versions for print and chip, exception photos, earlier pictures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.tables import UtcTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _blob(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(64), sa.ForeignKey("blobs.sha256"), nullable=nullable)


def _application() -> sa.Column[str]:
    return sa.Column("application_id", sa.String(36), sa.ForeignKey("applications.id"), nullable=False)


def _operator(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(36), sa.ForeignKey("operators.id"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "portrait_files",
        sa.Column("portrait_id", sa.String(36), sa.ForeignKey("portraits.id"), nullable=False),
        _blob("printed", nullable=True),
        _blob("chip"),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("portrait_id", name="pk_portrait_files"),
    )
    op.create_table(
        "exception_photos",
        sa.Column("id", sa.String(36), nullable=False),
        _application(),
        _blob("picture"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("taken_at", UtcTime(), nullable=False),
        _operator("taken_by"),
        sa.PrimaryKeyConstraint("id", name="pk_exception_photos"),
    )
    op.create_index("ix_exception_photos_application_id", "exception_photos", ["application_id"])
    op.create_table(
        "earlier_portraits",
        _application(),
        _blob("picture"),
        sa.Column("eyes", sa.Text(), nullable=False),
        sa.Column("kept_at", UtcTime(), nullable=False),
        _operator("kept_by"),
        sa.PrimaryKeyConstraint("application_id", name="pk_earlier_portraits"),
    )
