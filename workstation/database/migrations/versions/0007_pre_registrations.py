"""The schema's step for pre-registrations, and for forms that the registry sent and nobody could use."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.tables import UtcTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pre_registrations",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=True),
        sa.Column("expires", sa.String(length=10), nullable=True),
        sa.Column("appointment", sa.String(length=10), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("arrived_at", UtcTime(), nullable=True),
        sa.Column("application_id", sa.String(length=36), nullable=True),
        sa.Column("opened_at", UtcTime(), nullable=True),
        sa.Column("opened_by", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "(application_id IS NULL) = (opened_at IS NULL)", name=op.f("ck_pre_registrations_opened_whole")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_pre_registrations_application_id")
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["operators.id"], name=op.f("fk_pre_registrations_opened_by")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_pre_registrations")),
        sa.UniqueConstraint("application_id", name=op.f("uq_pre_registrations_application_id")),
    )
    op.create_index("ix_pre_registrations_appointment", "pre_registrations", ["appointment"])
    op.create_index("ix_pre_registrations_expires", "pre_registrations", ["expires"])
    op.create_table(
        "form_faults",
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_form_faults")),
    )
