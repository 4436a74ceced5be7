"""The registry's step for trails that go on from an older copy: each checkpoint belongs to a segment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite cannot change a primary key in place.
    op.rename_table("audit_checkpoints", "audit_checkpoints_before")
    op.create_table(
        "audit_checkpoints",
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("segment", sa.String(length=36), nullable=False),
        sa.Column("entries", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("station_id", "segment", "entries", name="pk_audit_checkpoints_segment"),
    )
    op.execute(
        "INSERT INTO audit_checkpoints (station_id, segment, entries, document)"
        " SELECT station_id, '', entries, document FROM audit_checkpoints_before"
    )
    op.drop_table("audit_checkpoints_before")
    op.create_table(
        "audit_segments",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_segments")),
        sa.UniqueConstraint("station_id", "number", name=op.f("uq_audit_segments_station_id")),
    )
