"""The schema's step for the hand-over: boxes, who collected and signed, old cards, parcels, recalled cards.

A hand-over without a matching finger has none to name.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workstation.database.tables import UtcTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(36), nullable=nullable)


def _to(table: str, column: str, other: str, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=op.f(f"fk_{table}_{column}"))


def _people(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [_to(table, column, "operators") for column in columns]


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    with op.batch_alter_table("hand_overs") as table:
        table.alter_column("finger_position", existing_type=sa.Integer(), nullable=True)
        table.alter_column("score", existing_type=sa.Integer(), nullable=True)
    _boxes()
    _collections()
    _old_cards()
    _parcels()


def _boxes() -> None:
    op.create_table(
        "filed_cards",
        _id("job_id"),
        sa.Column("box", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("filed_at", UtcTime(), nullable=False),
        _id("filed_by"),
        _check("filed_cards", "from_one", "box > 0 AND row > 0 AND position > 0"),
        _to("filed_cards", "job_id", "card_jobs"),
        *_people("filed_cards", "filed_by"),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_filed_cards")),
        sa.UniqueConstraint("box", "row", "position", name="uq_filed_cards_place"),
    )


def _collections() -> None:
    op.create_table(
        "hand_over_allowances",
        _id("application_id"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        _id("by"),
        _id("second"),
        _check("hand_over_allowances", "two_people", "second <> by"),
        _to("hand_over_allowances", "application_id", "applications"),
        *_people("hand_over_allowances", "by", "second"),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_hand_over_allowances")),
    )
    op.create_table(
        "guardian_prints",
        _id("application_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("wsq", sa.String(64), nullable=False),
        sa.Column("nfiq2", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        _id("by"),
        _check("guardian_prints", "position_range", "position BETWEEN 1 AND 10"),
        _to("guardian_prints", "application_id", "applications"),
        _to("guardian_prints", "wsq", "blobs", "sha256"),
        *_people("guardian_prints", "by"),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_guardian_prints")),
    )
    op.create_table(
        "collections",
        _id("application_id"),
        sa.Column("collected_by", sa.String(8), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("identity", sa.String(40), nullable=False),
        sa.Column("authorisation", sa.String(200), nullable=False),
        sa.Column("signature", sa.String(64), nullable=True),
        sa.Column("strokes", sa.Text(), nullable=True),
        sa.Column("unsigned_reason", sa.String(200), nullable=False),
        _check("collections", "collector_known", "collected_by IN ('holder', 'guardian', 'proxy')"),
        _check("collections", "signature_whole", "(signature IS NULL) = (strokes IS NULL)"),
        _to("collections", "application_id", "applications"),
        _to("collections", "signature", "blobs", "sha256"),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_collections")),
    )


def _old_cards() -> None:
    op.create_table(
        "old_cards",
        _id("id"),
        _id("application_id"),
        _id("job_id", nullable=True),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("taken_at", UtcTime(), nullable=False),
        _id("taken_by"),
        sa.Column("cut_at", UtcTime(), nullable=True),
        _id("cut_by", nullable=True),
        _id("cut_second", nullable=True),
        _check("old_cards", "state_known", "state IN ('absent', 'taken', 'cut')"),
        _check("old_cards", "absent_has_reason", "state <> 'absent' OR reason <> ''"),
        _check(
            "old_cards",
            "cut_by_two",
            "(state = 'cut') = (cut_at IS NOT NULL AND cut_by IS NOT NULL AND cut_second IS NOT NULL)",
        ),
        _check("old_cards", "two_people", "cut_second IS NULL OR cut_second <> cut_by"),
        _to("old_cards", "application_id", "applications"),
        _to("old_cards", "job_id", "card_jobs"),
        *_people("old_cards", "taken_by", "cut_by", "cut_second"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_old_cards")),
        sa.UniqueConstraint("job_id", name=op.f("uq_old_cards_job_id")),
    )
    op.create_index(op.f("ix_old_cards_application_id"), "old_cards", ["application_id"])
    op.create_index(op.f("ix_old_cards_state"), "old_cards", ["state"])
    op.create_table(
        "card_recalls",
        _id("application_id"),
        sa.Column("stage", sa.String(24), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        _id("correction_id"),
        sa.Column("at", UtcTime(), nullable=False),
        _id("by"),
        _check("card_recalls", "state_known", "state IN ('open', 'taken', 'destroyed')"),
        _to("card_recalls", "application_id", "applications"),
        _to("card_recalls", "correction_id", "applications"),
        *_people("card_recalls", "by"),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_card_recalls")),
        sa.UniqueConstraint("correction_id", name=op.f("uq_card_recalls_correction_id")),
    )


def _parcels() -> None:
    op.create_table(
        "parcels",
        _id("id"),
        sa.Column("seal", sa.String(40), nullable=False),
        sa.Column("destroyed", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("list_pdf", sa.String(64), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        _id("by"),
        _id("second", nullable=True),
        _check("parcels", "destroyed_known", "destroyed IN (0, 1)"),
        _check("parcels", "destroyed_by_two", "destroyed = 0 OR second IS NOT NULL"),
        _check("parcels", "two_people", "second IS NULL OR second <> by"),
        _to("parcels", "list_pdf", "blobs", "sha256"),
        *_people("parcels", "by", "second"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcels")),
    )
    op.create_index(
        "uq_parcels_seal",
        "parcels",
        ["seal"],
        unique=True,
        sqlite_where=sa.text("destroyed = 0"),
        postgresql_where=sa.text("destroyed = 0"),
    )
    op.create_table(
        "parcel_cards",
        _id("job_id"),
        _id("parcel_id"),
        _to("parcel_cards", "job_id", "card_jobs"),
        _to("parcel_cards", "parcel_id", "parcels"),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_parcel_cards")),
    )
    op.create_index(op.f("ix_parcel_cards_parcel_id"), "parcel_cards", ["parcel_id"])
