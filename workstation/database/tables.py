"""The station's tables. Times are UTC, ids are UUIDv7 as text; the same definitions serve SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)

from workstation.domain.card import CardState
from workstation.domain.operator import SIGN_IN_ROLES
from workstation.domain.stages import Stage


class UtcTime(TypeDecorator[datetime]):
    """An aware moment, kept as naive UTC so that both engines compare it alike."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def _one_of(column: str, values: list[str]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

station = Table(
    "station",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("office_code", String(8), nullable=False),
    Column("station_code", String(4), nullable=False),
    Column("office_name", String(200), nullable=False),
    Column("province_code", String(8), nullable=False),
    Column("district_code", String(8), nullable=False),
    Column("work", String(8), nullable=False),
    Column("registry_url", String(200), nullable=False),
    Column("created_at", UtcTime, nullable=False),
)

operators = Table(
    "operators",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("username", String(64), nullable=False, unique=True),
    Column("display_name", String(200), nullable=False),
    Column("role", String(16), nullable=False),
    Column("password_hash", String(256), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    _one_of("role", [role.value for role in SIGN_IN_ROLES]),
)

policies = Table(
    "policies",
    metadata,
    Column("version", String(80), primary_key=True),
    Column("document", LargeBinary, nullable=False),
    Column("in_force_since", UtcTime, nullable=False),
)

numbering = Table(
    "numbering",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("last", Integer, nullable=False),
)

applications = Table(
    "applications",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("number", String(40), nullable=False, unique=True),
    Column("kind", String(24), nullable=False),
    Column("stage", String(24), nullable=False),
    Column("version", Integer, nullable=False),
    Column("policy_version", String(80), ForeignKey("policies.version"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("created_by", String(36), ForeignKey("operators.id"), nullable=False),
    Column("stage_since", UtcTime, nullable=False),
    Column("returned", Boolean, nullable=False),
    Column("approved_by", String(36), ForeignKey("operators.id")),
    Column("name_lo", String(400), nullable=False),
    Column("name_latin", String(400), nullable=False),
    Column("name_sort_key", LargeBinary, nullable=False),
    Column("birth_date", String(10), nullable=False),
    Column("village", String(400), nullable=False),
    Column("identity_number", String(20)),
    Column("document_number", String(20)),
    Column("issue_date", String(10)),
    Column("expiry_date", String(10)),
    Column("card_signature", Text),
    Column("ending", Text),
    _one_of("stage", [stage.value for stage in Stage]),
    Index("ix_applications_birth_date", "birth_date"),
    Index("ix_applications_identity_number", "identity_number"),
    Index("ix_applications_document_number", "document_number"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("application_id", String(36), ForeignKey("applications.id"), primary_key=True),
    Column("fields", Text, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    Column("saved_by", String(36), ForeignKey("operators.id"), nullable=False),
)

applicants = Table(
    "applicants",
    metadata,
    Column("application_id", String(36), ForeignKey("applications.id"), primary_key=True),
    Column("fields", Text, nullable=False),
)

captured_by = Table(
    "captured_by",
    metadata,
    Column("application_id", String(36), ForeignKey("applications.id"), primary_key=True),
    Column("operator_id", String(36), ForeignKey("operators.id"), primary_key=True),
)

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("mime", String(40), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

portraits = Table(
    "portraits",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("application_id", String(36), ForeignKey("applications.id"), nullable=False, index=True),
    Column("original", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("cropped", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("report", Text, nullable=False),
    Column("forced_reason", Text),
    Column("taken_at", UtcTime, nullable=False),
    Column("taken_by", String(36), ForeignKey("operators.id"), nullable=False),
    Column("accepted", Boolean, nullable=False),
)

fingers = Table(
    "fingers",
    metadata,
    Column("application_id", String(36), ForeignKey("applications.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("wsq", String(64), ForeignKey("blobs.sha256")),
    Column("template", LargeBinary),
    Column("nfiq2", Integer),
    Column("width", Integer),
    Column("height", Integer),
    Column("dpi", Integer),
    Column("missing_reason", Text),
    Column("attempts", Integer, nullable=False),
    Column("taken_at", UtcTime, nullable=False),
    Column("taken_by", String(36), ForeignKey("operators.id"), nullable=False),
    CheckConstraint("position BETWEEN 1 AND 10", name="position_range"),
    CheckConstraint("(wsq IS NULL) = (missing_reason IS NOT NULL)", name="taken_or_missing"),
)

defects = Table(
    "defects",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("application_id", String(36), ForeignKey("applications.id"), nullable=False, index=True),
    Column("stage", String(24), nullable=False),
    Column("code", String(40), nullable=False),
    Column("place", String(40), nullable=False, server_default=""),
    Column("note", Text, nullable=False),
    Column("raised_by", String(36), ForeignKey("operators.id"), nullable=False),
    Column("raised_at", UtcTime, nullable=False),
    Column("mended_at", UtcTime),
)

card_jobs = Table(
    "card_jobs",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("application_id", String(36), ForeignKey("applications.id"), nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("layout", String(80), nullable=False),
    Column("pdf", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("printer_job", Integer),
    Column("reason", Text),
    Column("chip_serial", String(40)),
    Column("created_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("created_by", String(36), ForeignKey("operators.id"), nullable=False),
    # Released to be printed: when, by whom, at which station, on which printer, in which turn.
    Column("released_at", UtcTime),
    Column("released_by", String(36)),
    Column("station_id", String(36)),
    Column("printer_id", String(36)),
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("held", Boolean, nullable=False, server_default=false()),
    # Which try to make this person's card it is, and why there had to be another.
    Column("attempt", Integer, nullable=False, server_default="1"),
    Column("reprint_reason", String(240)),
    _one_of("state", [state.value for state in CardState]),
)
# A printer makes one card at a time: which blank went in is certain only so.
Index(
    "uq_card_jobs_printing",
    card_jobs.c.printer_id,
    unique=True,
    sqlite_where=card_jobs.c.state == "printing",
    postgresql_where=card_jobs.c.state == "printing",
)
# One chip, one card: a serial is free again only when its job is void.
Index(
    "uq_card_jobs_chip_serial",
    card_jobs.c.chip_serial,
    unique=True,
    sqlite_where=card_jobs.c.state != "void",
    postgresql_where=card_jobs.c.state != "void",
)
# One application has at most one card in being.
Index(
    "uq_card_jobs_in_being",
    card_jobs.c.application_id,
    unique=True,
    sqlite_where=card_jobs.c.state != "void",
    postgresql_where=card_jobs.c.state != "void",
)

finger_matches = Table(
    "finger_matches",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("application_id", String(36), ForeignKey("applications.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("score", Integer, nullable=False),
    Column("threshold", Integer, nullable=False),
    Column("matched_at", UtcTime, nullable=False),
    Column("matched_by", String(36), ForeignKey("operators.id"), nullable=False),
)

hand_overs = Table(
    "hand_overs",
    metadata,
    Column("application_id", String(36), ForeignKey("applications.id"), primary_key=True),
    # Without a finger that matched it says elsewhere why (hand_over_tables).
    Column("finger_position", Integer),
    Column("score", Integer),
    Column("receipt", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("handed_over_at", UtcTime, nullable=False),
    Column("handed_over_by", String(36), ForeignKey("operators.id"), nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcTime, nullable=False),
    Column("tag", String(40), nullable=False),
    Column("actor", String(36), nullable=False),
    Column("station_id", String(36), nullable=False),
    Column("object_id", String(80), nullable=False),
    Column("facts", LargeBinary, nullable=False),
    Column("position", Integer, nullable=False),
    Column("entry", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    UniqueConstraint("station_id", "position", name="uq_audit_position"),
    Index("ix_audit_station_id", "station_id", "at"),
    Index("ix_audit_tag", "tag", "sequence"),
    Index("ix_audit_actor", "actor", "sequence"),
    Index("ix_audit_object_id", "object_id", "sequence"),
    Index("ix_audit_at", "at", "sequence"),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("application_id", String(36), ForeignKey("applications.id"), nullable=False, index=True),
    Column("kind", String(24), nullable=False),
    Column("message", LargeBinary, nullable=False),
    Column("state", String(12), nullable=False),
    Column("progress", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", UtcTime, nullable=False),
    Column("begun_at", UtcTime),
    Column("last_error", String(80)),
    Column("created_at", UtcTime, nullable=False),
    Column("settled_at", UtcTime),
    _one_of("state", ["waiting", "sent", "refused", "conflict", "recalled"]),
    Index("ix_outbox_due", "state", "not_before"),
    sqlite_autoincrement=True,
)

inbox = Table(
    "inbox",
    metadata,
    Column("event_id", String(36), primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("outcome", String(24), nullable=False),
    Column("applied_at", UtcTime, nullable=False),
)

feed_cursor = Table(
    "feed_cursor",
    metadata,
    Column("feed", String(24), primary_key=True),
    Column("cursor", Integer, nullable=False),
)

card_signers = Table(
    "card_signers",
    metadata,
    Column("key_id", String(64), primary_key=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("pinned_at", UtcTime, nullable=False),
)
