"""The schema's step for recall: an outbox message knows when its sending began, and can be recalled before that.

A review looks among all applications for the same number or date of birth, so these have an index.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.tables import UtcTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table("outbox", table_kwargs={"sqlite_autoincrement": True}) as outbox:
        outbox.add_column(sa.Column("begun_at", UtcTime(), nullable=True))
        # SQLite's table is made anew without its checks; elsewhere the old one has to go first.
        if not sqlite:
            outbox.drop_constraint(op.f("ck_outbox_state_known"), type_="check")
        outbox.create_check_constraint(
            op.f("ck_outbox_state_known"),
            "state IN ('waiting', 'sent', 'refused', 'conflict', 'recalled')",
        )
    with op.batch_alter_table("applications") as applications:
        applications.create_index("ix_applications_birth_date", ["birth_date"])
        applications.create_index("ix_applications_identity_number", ["identity_number"])
        applications.create_index("ix_applications_document_number", ["document_number"])
