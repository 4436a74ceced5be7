"""The registry's step for letters about approvals between offices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approval_letters",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("request_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("from_office", sa.String(length=8), nullable=False),
        sa.Column("to_office", sa.String(length=8), nullable=False),
        sa.Column("approver", sa.String(length=36), nullable=False),
        sa.Column("expires_at", sa.String(length=40), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('request', 'approval', 'refusal')", name=op.f("ck_approval_letters_kind_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_letters")),
        sa.UniqueConstraint("seq", name=op.f("uq_approval_letters_seq")),
    )
