"""The schema's step for sign-in: attempts that are counted, and what an operator's access is bound to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in_counts",
        sa.Column("subject", sa.String(length=48), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("wait_seconds", sa.Integer(), nullable=False),
        sa.Column("boot", sa.String(length=36), nullable=False),
        sa.Column("running", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_sign_in_counts")),
    )
    op.create_table(
        "operator_access",
        sa.Column("operator_id", sa.String(length=36), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("valid_until", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operators.id"], name=op.f("fk_operator_access_operator_id")
        ),
        sa.PrimaryKeyConstraint("operator_id", name=op.f("pk_operator_access")),
    )
