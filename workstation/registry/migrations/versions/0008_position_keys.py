"""The registry's step for the key with which a station signs how far it has come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("station_positions", sa.Column("station_key", sa.LargeBinary(length=32), nullable=True))
