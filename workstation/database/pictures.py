"""Exception photos (face and hands, where fingerprints are missing) and the person's earlier picture, as kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select
from uuid6 import uuid7

from workstation.database.portrait_tables import earlier_portraits, exception_photos

Eyes = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class StoredExceptionPhoto:
    """picture: SHA-256 of the picture as it was taken; reason: why fingerprints are missing, in the clerk's words."""

    picture: str
    reason: str
    taken_at: datetime
    taken_by: str


@dataclass(frozen=True)
class StoredEarlier:
    """picture: SHA-256 of the bytes as they came; eyes: their centres in that picture, upright, in
    pixels, the person's right one first."""

    picture: str
    eyes: Eyes
    kept_at: datetime


def add_exception_photo(
    tx: Connection, application_id: str, picture: str, reason: str, *, by: str, at: datetime
) -> None:
    """Keeps one beside the earlier ones; the newest counts."""
    tx.execute(
        insert(exception_photos).values(
            id=str(uuid7()),
            application_id=application_id,
            picture=picture,
            reason=reason,
            taken_at=at,
            taken_by=by,
        )
    )


def exception_photo_of(connection: Connection, application_id: str) -> StoredExceptionPhoto | None:
    """The newest of the application, or None."""
    row = connection.execute(
        select(exception_photos)
        .where(exception_photos.c.application_id == application_id)
        .order_by(exception_photos.c.id.desc())
    ).first()
    return None if row is None else StoredExceptionPhoto(row.picture, row.reason, row.taken_at, row.taken_by)


def put_earlier(
    tx: Connection, application_id: str, picture: str, eyes: Eyes, *, by: str, at: datetime
) -> None:
    """Replaces what was held to compare with."""
    tx.execute(delete(earlier_portraits).where(earlier_portraits.c.application_id == application_id))
    tx.execute(
        insert(earlier_portraits).values(
            application_id=application_id,
            picture=picture,
            eyes=json.dumps(eyes),
            kept_at=at,
            kept_by=by,
        )
    )


def earlier_of(connection: Connection, application_id: str) -> StoredEarlier | None:
    """What is held to compare the new portrait with, or None."""
    row = connection.execute(
        select(earlier_portraits).where(earlier_portraits.c.application_id == application_id)
    ).first()
    if row is None:
        return None
    (a, b), (c, d) = json.loads(row.eyes)
    return StoredEarlier(row.picture, ((a, b), (c, d)), row.kept_at)
