"""Tables of the hand-over: places in boxes, guardians' prints, old cards, parcels to the province, recalled cards."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from workstation.database.tables import UtcTime, metadata


def _application(*, primary_key: bool = False, index: bool = False) -> Column[str]:
    to = ForeignKey("applications.id")
    return Column("application_id", String(36), to, nullable=False, primary_key=primary_key, index=index)


def _job(*, primary_key: bool = False, unique: bool = False) -> Column[str]:
    to = ForeignKey("card_jobs.id")
    return Column("job_id", String(36), to, nullable=not primary_key, primary_key=primary_key, unique=unique)


def _operator(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, String(36), ForeignKey("operators.id"), nullable=nullable)


# A card leaves its place for good when it is given away, sent away or destroyed: the row goes.
filed_cards = Table(
    "filed_cards",
    metadata,
    _job(primary_key=True),
    Column("box", Integer, nullable=False),
    Column("row", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("filed_at", UtcTime, nullable=False),
    _operator("filed_by"),
    UniqueConstraint("box", "row", "position", name="uq_filed_cards_place"),
    CheckConstraint("box > 0 AND row > 0 AND position > 0", name="from_one"),
)

# A supervisor stood by and allowed the card to be given without a matching finger.
hand_over_allowances = Table(
    "hand_over_allowances",
    metadata,
    _application(primary_key=True),
    Column("reason", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    _operator("by"),
    _operator("second"),
    CheckConstraint("second <> by", name="two_people"),
)

guardian_prints = Table(
    "guardian_prints",
    metadata,
    _application(primary_key=True),
    Column("position", Integer, nullable=False),
    Column("wsq", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("nfiq2", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    _operator("by"),
    CheckConstraint("position BETWEEN 1 AND 10", name="position_range"),
)

# What the hand-over itself (hand_overs) says more: who came, how she signed.
collections = Table(
    "collections",
    metadata,
    _application(primary_key=True),
    Column("collected_by", String(8), nullable=False),
    Column("name", String(200), nullable=False),
    Column("identity", String(40), nullable=False),
    Column("authorisation", String(200), nullable=False),
    Column("signature", String(64), ForeignKey("blobs.sha256")),
    Column("strokes", Text),
    Column("unsigned_reason", String(200), nullable=False),
    CheckConstraint("collected_by IN ('holder', 'guardian', 'proxy')", name="collector_known"),
    CheckConstraint("(signature IS NULL) = (strokes IS NULL)", name="signature_whole"),
)

old_cards = Table(
    "old_cards",
    metadata,
    Column("id", String(36), primary_key=True),
    _application(index=True),
    # The job of a card of this office's ledger: one that was recalled.
    _job(unique=True),
    Column("number", String(40), nullable=False),
    Column("state", String(8), nullable=False, index=True),
    Column("reason", String(200), nullable=False),
    Column("taken_at", UtcTime, nullable=False),
    _operator("taken_by"),
    Column("cut_at", UtcTime),
    _operator("cut_by", nullable=True),
    _operator("cut_second", nullable=True),
    CheckConstraint("state IN ('absent', 'taken', 'cut')", name="state_known"),
    CheckConstraint("state <> 'absent' OR reason <> ''", name="absent_has_reason"),
    CheckConstraint(
        "(state = 'cut') = (cut_at IS NOT NULL AND cut_by IS NOT NULL AND cut_second IS NOT NULL)",
        name="cut_by_two",
    ),
    CheckConstraint("cut_second IS NULL OR cut_second <> cut_by", name="two_people"),
)

# Cards that nobody collected: gone to the province in a sealed parcel, or destroyed here by two people.
parcels = Table(
    "parcels",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("seal", String(40), nullable=False),
    Column("destroyed", Integer, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("list_pdf", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("at", UtcTime, nullable=False),
    _operator("by"),
    _operator("second", nullable=True),
    CheckConstraint("destroyed IN (0, 1)", name="destroyed_known"),
    CheckConstraint("destroyed = 0 OR second IS NOT NULL", name="destroyed_by_two"),
    CheckConstraint("second IS NULL OR second <> by", name="two_people"),
)
Index(
    "uq_parcels_seal",
    parcels.c.seal,
    unique=True,
    sqlite_where=parcels.c.destroyed == 0,
    postgresql_where=parcels.c.destroyed == 0,
)
parcel_cards = Table(
    "parcel_cards",
    metadata,
    _job(primary_key=True),
    Column("parcel_id", String(36), ForeignKey("parcels.id"), nullable=False, index=True),
)

card_recalls = Table(
    "card_recalls",
    metadata,
    _application(primary_key=True),
    Column("stage", String(24), nullable=False),
    Column("code", String(40), nullable=False),
    Column("note", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("correction_id", String(36), ForeignKey("applications.id"), nullable=False, unique=True),
    Column("at", UtcTime, nullable=False),
    _operator("by"),
    CheckConstraint("state IN ('open', 'taken', 'destroyed')", name="state_known"),
)
