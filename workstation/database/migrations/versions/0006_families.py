"""The schema's step for families: households, values taken over from them, and times declared right by two people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.tables import UtcTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "households",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number_key", sa.String(length=400), nullable=False),
        sa.Column("province_code", sa.String(length=8), nullable=False),
        sa.Column("district_code", sa.String(length=8), nullable=False),
        sa.Column("household_number", sa.String(length=400), nullable=False),
        sa.Column("village", sa.String(length=400), nullable=False),
        sa.Column("house_number", sa.String(length=400), nullable=False),
        sa.Column("unit", sa.String(length=400), nullable=False),
        sa.Column("entered_from", sa.String(length=36), nullable=False),
        sa.Column("changed_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_from"], ["applications.id"], name=op.f("fk_households_entered_from")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_households")),
        sa.UniqueConstraint(
            "number_key", "province_code", "district_code", name=op.f("uq_households_number_key")
        ),
    )
    op.create_table(
        "carried_values",
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("carried_at", UtcTime(), nullable=False),
        sa.Column("confirmed_at", UtcTime(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_carried_values_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["operators.id"], name=op.f("fk_carried_values_confirmed_by")
        ),
        sa.PrimaryKeyConstraint("application_id", "field", name=op.f("pk_carried_values")),
    )
    op.create_table(
        "clock_acceptances",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("boot", sa.String(length=36), nullable=False),
        sa.Column("running", sa.Float(), nullable=False),
        sa.Column("moment", UtcTime(), nullable=False),
        sa.Column("computer_clock", UtcTime(), nullable=False),
        sa.Column("steers", sa.Boolean(), nullable=False),
        sa.Column("audit_sequence", sa.Integer(), nullable=False),
        sa.Column("accepted_by", sa.String(length=36), nullable=False),
        sa.Column("confirmed_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["accepted_by"], ["operators.id"], name=op.f("fk_clock_acceptances_accepted_by")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["operators.id"], name=op.f("fk_clock_acceptances_confirmed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_acceptances")),
    )
    op.create_index(op.f("ix_clock_acceptances_station_id"), "clock_acceptances", ["station_id"])
    # How late it must be by now is asked before every new application, over a trail of millions.
    op.create_index(op.f("ix_audit_station_id"), "audit", ["station_id", "at"])
