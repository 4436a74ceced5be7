"""The schema's step for the counter: where a defect is, and why an application was taken over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.tables import UtcTime

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("defects", sa.Column("place", sa.String(length=40), nullable=False, server_default=""))
    op.create_table(
        "take_overs",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("taken_from", sa.String(length=36), nullable=True),
        sa.Column("taken_by", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.CheckConstraint(
            "reason IN ('station-silent', 'holder-away', 'holder-asked', 'applicant-waits', 'other')",
            name=op.f("ck_take_overs_reason_known"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_take_overs_application_id")
        ),
        sa.ForeignKeyConstraint(["taken_from"], ["operators.id"], name=op.f("fk_take_overs_taken_from")),
        sa.ForeignKeyConstraint(["taken_by"], ["operators.id"], name=op.f("fk_take_overs_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_take_overs")),
    )
    op.create_index(op.f("ix_take_overs_application_id"), "take_overs", ["application_id"])
