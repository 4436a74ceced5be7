"""The schema's step for print jobs and printers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.tables import UtcTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("released_at", UtcTime(), nullable=True),
        sa.Column("released_by", sa.String(length=36), nullable=True),
        sa.Column("station_id", sa.String(length=36), nullable=True),
        sa.Column("printer_id", sa.String(length=36), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("attempt", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("reprint_reason", sa.String(length=240), nullable=True),
    ):
        op.add_column("card_jobs", column)
    op.create_index(
        "uq_card_jobs_printing",
        "card_jobs",
        ["printer_id"],
        unique=True,
        sqlite_where=sa.text("state = 'printing'"),
        postgresql_where=sa.text("state = 'printing'"),
    )
    op.create_table(
        "printers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("ribbon_cards", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("paused", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("removed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("added_at", UtcTime(), nullable=False),
        sa.Column("added_by", sa.String(length=36), nullable=False),
        sa.CheckConstraint("way IN ('ipp', 'system')", name=op.f("ck_printers_way_known")),
        sa.CheckConstraint("ribbon_cards BETWEEN 0 AND 10000", name=op.f("ck_printers_ribbon_cards_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printers")),
        sa.UniqueConstraint("address", name=op.f("uq_printers_address")),
    )
    op.create_table(
        "default_printers",
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("printer_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("station_id", name=op.f("pk_default_printers")),
    )
