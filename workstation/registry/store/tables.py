"""The registry's tables. Times are RFC 3339 UTC text; JSON documents are kept as they arrived."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

enrolments = Table(
    "enrolments",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("status", String(12), nullable=False),
    Column("type", String(40), nullable=False),
    Column("body", JSON, nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("finalized_at", String(40)),
    CheckConstraint("status IN ('IN_PROGRESS', 'FINALIZED')", name="status_known"),
)

buffers = Table(
    "buffers",
    metadata,
    Column("enrolment_id", String(64), ForeignKey("enrolments.id"), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("mime", String(100), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("enrolment_id", String(64), ForeignKey("enrolments.id"), primary_key=True),
    Column("outcome", String(10), nullable=False),
    Column("identity_number", String(15), unique=True),
    Column("document_number", String(9), unique=True),
    Column("issue_date", String(10)),
    Column("expiry_date", String(10)),
    Column("reason", String(60)),
    CheckConstraint("(outcome = 'accepted') = (identity_number IS NOT NULL)", name="accepted_numbered"),
    CheckConstraint("(outcome = 'refused') = (reason IS NOT NULL)", name="refused_reasoned"),
)

feed = Table(
    "feed",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("event_id", String(36), nullable=False, unique=True),
    Column("event", JSON, nullable=False),
    sqlite_autoincrement=True,
)

pre_registrations = Table(
    "pre_registrations",
    metadata,
    Column("number", String(40), primary_key=True),
    Column("office_code", String(8), nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Column("expires", String(10), nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("seq", Integer, nullable=False, unique=True),
)

series = Table(
    "series",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("last", Integer, nullable=False),
)

card_signers = Table(
    "card_signers",
    metadata,
    Column("key_id", String(32), primary_key=True),
    Column("private_key", LargeBinary, nullable=False),
    Column("made_at", String(40), nullable=False),
)

credential_requests = Table(
    "credential_requests",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("enrolment_id", String(64), ForeignKey("enrolments.id"), nullable=False),
    Column("status", String(10), nullable=False),
    Column("body", JSON, nullable=False),
)

credentials = Table(
    "credentials",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("request_id", String(64), ForeignKey("credential_requests.id"), nullable=False, unique=True),
    Column("status", String(10), nullable=False),
    Column("person_id", String(15), nullable=False),
    Column("number", String(9), nullable=False),
    Column("issue_date", String(10), nullable=False),
    Column("expiry_date", String(10), nullable=False),
    Column("others", JSON, nullable=False),
    Column("status_reason", Text),
    CheckConstraint("status IN ('NEW', 'ACTIVE', 'SUSPENDED', 'REVOKED')", name="status_known"),
)

audit_checkpoints = Table(
    "audit_checkpoints",
    metadata,
    Column("station_id", String(36), primary_key=True),
    Column("segment", String(36), primary_key=True),
    Column("entries", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
)

audit_segments = Table(
    "audit_segments",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("station_id", String(36), nullable=False),
    Column("number", Integer, nullable=False),
    Column("document", Text, nullable=False),
    UniqueConstraint("station_id", "number"),
)

station_positions = Table(
    "station_positions",
    metadata,
    Column("station", String(13), primary_key=True),
    Column("outbox", Integer, nullable=False),
    Column("station_key", LargeBinary(32)),
)

sealing_keys = Table(
    "sealing_keys",
    metadata,
    Column("key_id", String(32), primary_key=True),
    Column("private_key", LargeBinary, nullable=False),
    Column("made_at", String(40), nullable=False),
)

checkpoint_keys = Table(
    "checkpoint_keys",
    metadata,
    Column("private_key", LargeBinary, primary_key=True),
    Column("made_at", String(40), nullable=False),
)

approval_letters = Table(
    "approval_letters",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("request_id", String(36), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("from_office", String(8), nullable=False),
    Column("to_office", String(8), nullable=False),
    Column("approver", String(36), nullable=False),
    Column("expires_at", String(40), nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("seq", Integer, nullable=False, unique=True),
    CheckConstraint("kind IN ('request', 'approval', 'refusal')", name="kind_known"),
)
