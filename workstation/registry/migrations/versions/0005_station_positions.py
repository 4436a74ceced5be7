"""The registry's step for how far each station's outbox is known to have come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "station_positions",
        sa.Column("station", sa.String(length=13), nullable=False),
        sa.Column("outbox", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("station", name=op.f("pk_station_positions")),
    )
