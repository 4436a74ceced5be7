"""The schema's step for the audit trail's chain: what was written before is chained as it stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.audit_append_only import lift_first_triggers, make_append_only
from workstation.database.tables import UtcTime
from workstation.security.hash_chain import GENESIS, entry_bytes, entry_hash

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_PAGE = 1000


def upgrade() -> None:
    lift_first_triggers(op.get_bind())
    with op.batch_alter_table("audit") as table:
        table.add_column(sa.Column("position", sa.Integer(), nullable=True))
        table.add_column(sa.Column("entry", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("hash", sa.LargeBinary(), nullable=True))
    _chain(op.get_bind())
    with op.batch_alter_table("audit", table_kwargs={"sqlite_autoincrement": True}) as table:
        for name in ("position", "entry", "hash"):
            table.alter_column(name, nullable=False)
        table.create_unique_constraint("uq_audit_position", ["station_id", "position"])
        table.create_index("ix_audit_tag", ["tag", "sequence"])
        table.create_index("ix_audit_actor", ["actor", "sequence"])
        table.create_index("ix_audit_object_id", ["object_id", "sequence"])
        table.create_index("ix_audit_at", ["at", "sequence"])
    op.create_table(
        "audit_keys",
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("private_key", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("station_id", name=op.f("pk_audit_keys")),
    )
    op.create_table(
        "audit_checkpoints",
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("count", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("station_key", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("registry_key", sa.LargeBinary(), nullable=True),
        sa.Column("countersignature", sa.LargeBinary(), nullable=True),
        sa.Column("countersigned_at", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("station_id", "count", name=op.f("pk_audit_checkpoints")),
    )
    op.create_table(
        "audit_registry_key",
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("pinned_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("public_key", name=op.f("pk_audit_registry_key")),
    )
    make_append_only(op.get_bind())


def _chain(connection: sa.Connection) -> None:
    held = sa.table(
        "audit",
        sa.column("sequence", sa.Integer),
        sa.column("at", UtcTime),
        *(sa.column(name, sa.String) for name in ("tag", "actor", "station_id", "object_id")),
        *(sa.column(name, sa.LargeBinary) for name in ("facts", "entry", "hash")),
        sa.column("position", sa.Integer),
    )
    ends: dict[str, tuple[int, bytes]] = {}
    last = 0
    while page := connection.execute(
        sa.select(held).where(held.c.sequence > last).order_by(held.c.sequence).limit(_PAGE)
    ).all():
        for row in page:
            position, before = ends.get(row.station_id, (0, GENESIS))
            at = row.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            entry = entry_bytes(
                position + 1, at, row.tag, row.actor, row.station_id, row.object_id, row.facts
            )
            head = entry_hash(before, entry)
            ends[row.station_id] = (position + 1, head)
            connection.execute(
                sa.update(held)
                .where(held.c.sequence == row.sequence)
                .values(position=position + 1, entry=entry, hash=head)
            )
        last = page[-1].sequence
