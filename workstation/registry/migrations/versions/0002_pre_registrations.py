"""The registry's step for pre-registrations: whom each is for, and where in the feed it stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pre_registrations",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("office_code", sa.String(length=8), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("expires", sa.String(length=10), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_pre_registrations")),
        sa.UniqueConstraint("seq", name=op.f("uq_pre_registrations_seq")),
    )
