"""The schema's step for card layouts."""

from __future__ import annotations

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
