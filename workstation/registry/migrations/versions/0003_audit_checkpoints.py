"""The registry's step for the checkpoints of the stations' audit trails."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_checkpoints",
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("entries", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("station_id", "entries", name=op.f("pk_audit_checkpoints")),
    )
    op.create_table(
        "checkpoint_keys",
        sa.Column("private_key", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("private_key", name=op.f("pk_checkpoint_keys")),
    )
