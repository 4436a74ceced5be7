"""The schema's step for drafts of layouts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.tables import UtcTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "layout_drafts",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("kept_by", sa.String(length=36), nullable=False),
        sa.Column("kept_at", UtcTime(), nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_layout_drafts_revision_counted")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_layout_drafts")),
    )
