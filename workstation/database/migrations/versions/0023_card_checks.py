"""The schema's step for the check of finished cards: every reading is kept, not the last one alone.

A card that was read and not yet released is read again: what was kept of it knew one side only.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.tables import UtcTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card_checks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("job_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("read_at", UtcTime(), nullable=False),
        sa.Column("read_by", sa.String(length=36), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_card_checks_number")),
        sa.ForeignKeyConstraint(["job_id"], ["card_jobs.id"], name=op.f("fk_card_checks_job_id")),
        sa.ForeignKeyConstraint(["read_by"], ["operators.id"], name=op.f("fk_card_checks_read_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_checks")),
        sa.UniqueConstraint("job_id", "number", name=op.f("uq_card_checks_job_id")),
    )
    op.create_index(op.f("ix_card_checks_job_id"), "card_checks", ["job_id"])
    op.drop_column("card_jobs", "read_back")
