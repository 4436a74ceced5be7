"""The schema's step for fingerprints that sign in, and for approvals that travel by the registry."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.tables import UtcTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "operator_finger_keys",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_operator_finger_keys_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_finger_keys")),
    )
    op.create_table(
        "operator_fingers",
        sa.Column("operator_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("enrolled_at", UtcTime(), nullable=False),
        sa.CheckConstraint("position BETWEEN 1 AND 10", name=op.f("ck_operator_fingers_position_known")),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operators.id"], name=op.f("fk_operator_fingers_operator_id")
        ),
        sa.PrimaryKeyConstraint("operator_id", "position", name=op.f("pk_operator_fingers")),
    )
    op.create_table(
        "operator_finger_images",
        sa.Column("operator_id", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operators.id"], name=op.f("fk_operator_finger_images_operator_id")
        ),
        sa.PrimaryKeyConstraint("operator_id", "sha256", name=op.f("pk_operator_finger_images")),
    )
    op.create_table(
        "approval_letters",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("request_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("outgoing", sa.Boolean(), nullable=False),
        sa.Column("office_code", sa.String(length=8), nullable=False),
        sa.Column("approver", sa.String(length=36), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("sent_at", UtcTime(), nullable=True),
        sa.Column("fault", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "kind IN ('request', 'approval', 'refusal')", name=op.f("ck_approval_letters_kind_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_letters")),
    )
    op.create_index(op.f("ix_approval_letters_request_id"), "approval_letters", ["request_id"])
