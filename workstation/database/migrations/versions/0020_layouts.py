"""The schema's step for card layouts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.tables import UtcTime

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card_layouts",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("in_force_since", UtcTime(), nullable=False),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.CheckConstraint(
            "origin = 'product' OR (origin = 'registry' AND key_id IS NOT NULL AND signature IS NOT NULL)",
            name=op.f("ck_card_layouts_origin_known"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_card_layouts_version_counted")),
        sa.PrimaryKeyConstraint("name", "version", name=op.f("pk_card_layouts")),
    )
    op.create_table(
        "layout_faults",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("element", sa.String(length=120), nullable=False),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_layout_faults")),
    )
    op.create_table(
        "layout_publications",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("proposed_by", sa.String(length=36), nullable=False),
        sa.Column("proposed_role", sa.String(length=24), nullable=False),
        sa.Column("proposed_at", UtcTime(), nullable=False),
        sa.Column("approved_by", sa.String(length=36), nullable=True),
        sa.Column("approved_role", sa.String(length=24), nullable=True),
        sa.Column("approved_at", UtcTime(), nullable=True),
        sa.Column("sent_at", UtcTime(), nullable=True),
        sa.Column("refusal", sa.String(length=60), nullable=True),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> proposed_by",
            name=op.f("ck_layout_publications_two_people"),
        ),
        sa.CheckConstraint(
            "sent_at IS NULL OR approved_by IS NOT NULL",
            name=op.f("ck_layout_publications_sent_when_approved"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layout_publications")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_layout_publications_name")),
    )
