"""The schema's step for the ledger of blank cards: its entries, the place of each blank, counts, and their guards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.stock_append_only import guard_ledger
from workstation.database.tables import UtcTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_PLACES = "'safe', 'drawer', 'printer', 'booked', 'printed', 'spoiled', 'void', 'issued', 'returned', 'destroyed', 'missing'"
_IN_BEING = "place IN ('booked', 'printed', 'issued')"


def upgrade() -> None:
    op.create_table(
        "stock_entries",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("act", sa.String(length=36), nullable=False),
        sa.Column("entry", sa.String(length=16), nullable=False),
        sa.Column("series", sa.String(length=24), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("from_place", sa.String(length=12), nullable=False),
        sa.Column("to_place", sa.String(length=12), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("printer_id", sa.String(length=80), nullable=True),
        sa.Column("job_id", sa.String(length=36), nullable=True),
        sa.Column("box", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("photo", sa.String(length=64), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("second", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "entry IN ('received', 'short', 'damaged', 'to_station', 'to_safe', 'loaded', 'unloaded', 'booked', 'moved',"
            " 'released', 'printed', 'spoiled', 'voided', 'issued', 'returned', 'destroyed', 'missed', 'found')",
            name=op.f("ck_stock_entries_entry_known"),
        ),
        sa.CheckConstraint(
            f"from_place IN ('outside', {_PLACES})", name=op.f("ck_stock_entries_from_place_known")
        ),
        sa.CheckConstraint(
            f"to_place IN ('outside', {_PLACES})", name=op.f("ck_stock_entries_to_place_known")
        ),
        sa.CheckConstraint(
            "first >= 0 AND last >= first AND count = last - first + 1",
            name=op.f("ck_stock_entries_range_whole"),
        ),
        sa.CheckConstraint("second IS NULL OR second <> by", name=op.f("ck_stock_entries_two_people")),
        sa.ForeignKeyConstraint(["photo"], ["blobs.sha256"], name=op.f("fk_stock_entries_photo")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_stock_entries")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_stock_entries_act"), "stock_entries", ["act"], unique=False)
    op.create_index("ix_stock_entries_day", "stock_entries", ["day", "sequence"], unique=False)
    op.create_index("ix_stock_entries_job_id", "stock_entries", ["job_id"], unique=False)
    op.create_index("ix_stock_entries_range", "stock_entries", ["series", "last", "first"], unique=False)
    op.create_table(
        "blanks",
        sa.Column("series", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=True),
        sa.Column("printer_id", sa.String(length=80), nullable=True),
        sa.Column("job_id", sa.String(length=36), nullable=True),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "job_id IS NOT NULL OR place NOT IN ('booked', 'printed', 'issued')",
            name=op.f("ck_blanks_of_a_job"),
        ),
        sa.CheckConstraint(f"place IN ({_PLACES})", name=op.f("ck_blanks_place_known")),
        sa.ForeignKeyConstraint(["entry"], ["stock_entries.sequence"], name=op.f("fk_blanks_entry")),
        sa.PrimaryKeyConstraint("series", "number", name=op.f("pk_blanks")),
    )
    op.create_index("ix_blanks_job_id", "blanks", ["job_id"], unique=False)
    op.create_index(
        "ix_blanks_place", "blanks", ["place", "station_id", "printer_id", "series", "number"], unique=False
    )
    op.create_index(
        "uq_blanks_job_in_being",
        "blanks",
        ["job_id"],
        unique=True,
        sqlite_where=sa.text(_IN_BEING),
        postgresql_where=sa.text(_IN_BEING),
    )
    op.create_table(
        "stock_counts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("balanced", sa.Boolean(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("second", sa.String(length=36), nullable=False),
        sa.CheckConstraint("second <> by", name=op.f("ck_stock_counts_two_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_counts")),
    )
    op.create_index(op.f("ix_stock_counts_day"), "stock_counts", ["day"], unique=False)
    op.create_table(
        "stock_count_lines",
        sa.Column("count_id", sa.String(length=36), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"place IN ({_PLACES})", name=op.f("ck_stock_count_lines_place_known")),
        sa.ForeignKeyConstraint(
            ["count_id"], ["stock_counts.id"], name=op.f("fk_stock_count_lines_count_id")
        ),
        sa.PrimaryKeyConstraint("count_id", "place", name=op.f("pk_stock_count_lines")),
    )
    op.create_table(
        "stock_differences",
        sa.Column("count_id", sa.String(length=36), nullable=False),
        sa.Column("series", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("settled_by", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "kind IN ('absent', 'elsewhere', 'unknown')", name=op.f("ck_stock_differences_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["count_id"], ["stock_counts.id"], name=op.f("fk_stock_differences_count_id")
        ),
        sa.PrimaryKeyConstraint("count_id", "series", "number", name=op.f("pk_stock_differences")),
    )
    guard_ledger(op.get_bind())
