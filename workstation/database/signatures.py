"""The holder's signature for the card: each one taken is kept, and each "cannot sign"; the newest counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    insert,
    select,
)
from uuid6 import uuid7

from workstation.database.tables import UtcTime, metadata

signatures = Table(
    "signatures",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("application_id", String(36), ForeignKey("applications.id"), nullable=False, index=True),
    Column("picture", String(64), ForeignKey("blobs.sha256")),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("unsigned_reason", Text, nullable=False),
    Column("taken_at", UtcTime, nullable=False),
    Column("taken_by", String(36), ForeignKey("operators.id"), nullable=False),
    CheckConstraint(
        "(picture IS NULL AND unsigned_reason <> '') OR (picture IS NOT NULL AND unsigned_reason = '')",
        name="signed_or_not",
    ),
)


@dataclass(frozen=True)
class StoredSignature:
    """`picture`: SHA-256 of a PNG of `width` x `height` pixels, None where the person cannot sign and why."""

    picture: str | None
    width: int
    height: int
    unsigned_reason: str


def add_signature(
    tx: Connection, application_id: str, signature: StoredSignature, *, by: str, at: datetime
) -> None:
    """Keeps it beside the earlier ones; it counts from now on."""
    tx.execute(
        insert(signatures).values(
            id=str(uuid7()),
            application_id=application_id,
            picture=signature.picture,
            width=signature.width,
            height=signature.height,
            unsigned_reason=signature.unsigned_reason,
            taken_at=at,
            taken_by=by,
        )
    )


def signature_of(connection: Connection, application_id: str) -> StoredSignature | None:
    """What counts now; None where nobody was asked yet."""
    held = signatures.c
    row = connection.execute(
        select(held.picture, held.width, held.height, held.unsigned_reason)
        .where(held.application_id == application_id)
        .order_by(held.id.desc())
    ).first()
    return None if row is None else StoredSignature(*row)


def replaced_signatures(connection: Connection, application_id: str) -> set[str]:
    """SHA-256 of the pictures that do not count any more."""
    newest = signature_of(connection, application_id)
    pictures = select(signatures.c.picture).where(
        signatures.c.application_id == application_id, signatures.c.picture.is_not(None)
    )
    return {str(sha256) for sha256 in connection.execute(pictures).scalars()} - {
        None if newest is None else newest.picture
    }
