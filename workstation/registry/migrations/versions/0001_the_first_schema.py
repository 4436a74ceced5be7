"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card_signers",
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("private_key", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_card_signers")),
    )
    op.create_table(
        "enrolments",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.String(length=40), nullable=False),
        sa.Column("finalized_at", sa.String(length=40), nullable=True),
        sa.CheckConstraint("status IN ('IN_PROGRESS', 'FINALIZED')", name=op.f("ck_enrolments_status_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
    )
    op.create_table(
        "feed",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("event", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_feed")),
        sa.UniqueConstraint("event_id", name=op.f("uq_feed_event_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "series",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_series")),
    )
    op.create_table(
        "buffers",
        sa.Column("enrolment_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("mime", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolments.id"], name=op.f("fk_buffers_enrolment_id")),
        sa.PrimaryKeyConstraint("enrolment_id", "id", name=op.f("pk_buffers")),
    )
    op.create_table(
        "credential_requests",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("enrolment_id", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name=op.f("fk_credential_requests_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential_requests")),
    )
    op.create_table(
        "decisions",
        sa.Column("enrolment_id", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("identity_number", sa.String(length=15), nullable=True),
        sa.Column("document_number", sa.String(length=9), nullable=True),
        sa.Column("issue_date", sa.String(length=10), nullable=True),
        sa.Column("expiry_date", sa.String(length=10), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.CheckConstraint(
            "(outcome = 'accepted') = (identity_number IS NOT NULL)",
            name=op.f("ck_decisions_accepted_numbered"),
        ),
        sa.CheckConstraint(
            "(outcome = 'refused') = (reason IS NOT NULL)", name=op.f("ck_decisions_refused_reasoned")
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolments.id"], name=op.f("fk_decisions_enrolment_id")),
        sa.PrimaryKeyConstraint("enrolment_id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("document_number", name=op.f("uq_decisions_document_number")),
        sa.UniqueConstraint("identity_number", name=op.f("uq_decisions_identity_number")),
    )
    op.create_table(
        "credentials",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.String(length=15), nullable=False),
        sa.Column("number", sa.String(length=9), nullable=False),
        sa.Column("issue_date", sa.String(length=10), nullable=False),
        sa.Column("expiry_date", sa.String(length=10), nullable=False),
        sa.Column("others", sa.JSON(), nullable=False),
        sa.Column("status_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('NEW', 'ACTIVE', 'SUSPENDED', 'REVOKED')", name=op.f("ck_credentials_status_known")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["credential_requests.id"], name=op.f("fk_credentials_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credentials")),
        sa.UniqueConstraint("request_id", name=op.f("uq_credentials_request_id")),
    )
