"""The schema's step for forms: specifications, the one each application was made under, fee receipts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.tables import UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forms",
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("in_force_since", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_forms")),
    )
    op.create_index("ix_forms_kind_since", "forms", ["kind", "in_force_since"])
    op.create_table(
        "application_forms",
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("form_version", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_application_forms_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["form_version"], ["forms.version"], name=op.f("fk_application_forms_form_version")
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_application_forms")),
    )
    op.create_table(
        "receipts",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("taken_at", UtcTime(), nullable=False),
        sa.Column("taken_by", sa.String(length=36), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_receipts_amount_positive")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_receipts_application_id")
        ),
        sa.ForeignKeyConstraint(["taken_by"], ["operators.id"], name=op.f("fk_receipts_taken_by")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_receipts")),
        sa.UniqueConstraint("application_id", name=op.f("uq_receipts_application_id")),
    )
    op.create_table(
        "receipt_numbering",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_receipt_numbering")),
    )
