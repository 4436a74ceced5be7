"""The schema's step for sealed biometrics and packets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.tables import UtcTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "registry_sealing_keys",
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("pinned_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_registry_sealing_keys")),
    )
    op.create_table(
        "sealed_parts",
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_sealed_parts_application_id")
        ),
        sa.PrimaryKeyConstraint("application_id", "sha256", name=op.f("pk_sealed_parts")),
    )
    op.create_table(
        "deleted_biometrics",
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_deleted_biometrics_application_id")
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_deleted_biometrics")),
    )
