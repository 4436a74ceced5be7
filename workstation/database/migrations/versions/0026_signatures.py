"""The schema's step for the holder's signature on the card."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.tables import UtcTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signatures",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("picture", sa.String(length=64), nullable=True),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("unsigned_reason", sa.Text(), nullable=False),
        sa.Column("taken_at", UtcTime(), nullable=False),
        sa.Column("taken_by", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "(picture IS NULL AND unsigned_reason <> '') OR (picture IS NOT NULL AND unsigned_reason = '')",
            name=op.f("ck_signatures_signed_or_not"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_signatures_application_id")
        ),
        sa.ForeignKeyConstraint(["picture"], ["blobs.sha256"], name=op.f("fk_signatures_picture")),
        sa.ForeignKeyConstraint(["taken_by"], ["operators.id"], name=op.f("fk_signatures_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatures")),
    )
    op.create_index(op.f("ix_signatures_application_id"), "signatures", ["application_id"])
