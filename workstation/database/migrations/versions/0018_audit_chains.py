"""The schema's step for chains of the trail after a restoration."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.audit_append_only import make_segments_append_only

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_segments",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("follows", sa.Integer(), nullable=False),
        sa.Column("opening", sa.LargeBinary(), nullable=False),
        sa.Column("accepted", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_segments")),
        sa.UniqueConstraint("station_id", "follows", name=op.f("uq_audit_segments_station_id")),
    )
    make_segments_append_only(op.get_bind())
