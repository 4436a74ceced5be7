"""What was captured of a person: portraits and fingers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from uuid6 import uuid7

from workstation.database.tables import fingers, portraits


@dataclass(frozen=True)
class StoredPortrait:
    """One kept picture: SHA-256 of original and cropped, the crop's size in pixels, the report as plain data."""

    id: str
    original: str
    cropped: str
    width: int
    height: int
    report: Mapping[str, Any]
    forced_reason: str | None
    taken_at: datetime
    taken_by: str


@dataclass(frozen=True)
class StoredFinger:
    """One finger (ISO/IEC 19794-2 position), captured or missing with a reason."""

    position: int
    wsq: str | None
    template: bytes | None
    nfiq2: int | None
    width: int | None
    height: int | None
    dpi: int | None
    missing_reason: str | None
    attempts: int


def add_portrait(
    tx: Connection,
    application_id: str,
    *,
    original: str,
    cropped: str,
    width: int,
    height: int,
    report: Mapping[str, Any],
    by: str,
    at: datetime,
) -> None:
    """Keeps a picture beside the earlier ones; the newest is the application's portrait."""
    tx.execute(update(portraits).where(portraits.c.application_id == application_id).values(accepted=False))
    tx.execute(
        insert(portraits).values(
            id=str(uuid7()),
            application_id=application_id,
            original=original,
            cropped=cropped,
            width=width,
            height=height,
            report=json.dumps(dict(report), sort_keys=True),
            taken_at=at,
            taken_by=by,
            accepted=True,
        )
    )


def portrait_of(connection: Connection, application_id: str) -> StoredPortrait | None:
    """The application's portrait, or None."""
    row = connection.execute(
        select(portraits).where(portraits.c.application_id == application_id, portraits.c.accepted)
    ).first()
    if row is None:
        return None
    return StoredPortrait(
        row.id,
        row.original,
        row.cropped,
        row.width,
        row.height,
        json.loads(row.report),
        row.forced_reason,
        row.taken_at,
        row.taken_by,
    )


def portrait_attempts(connection: Connection, application_id: str) -> int:
    """How many pictures were kept for this application."""
    counted = select(func.count()).select_from(portraits).where(portraits.c.application_id == application_id)
    return int(connection.execute(counted).scalar_one())


def keep_forced(tx: Connection, portrait_id: str, reason: str) -> None:
    """Marks the portrait as accepted in spite of a red requirement."""
    tx.execute(update(portraits).where(portraits.c.id == portrait_id).values(forced_reason=reason))


def fingers_of(connection: Connection, application_id: str) -> dict[int, StoredFinger]:
    """Position -> finger, captured and missing ones."""
    rows = connection.execute(
        select(fingers).where(fingers.c.application_id == application_id).order_by(fingers.c.position)
    )
    return {
        row.position: StoredFinger(
            row.position,
            row.wsq,
            row.template,
            row.nfiq2,
            row.width,
            row.height,
            row.dpi,
            row.missing_reason,
            row.attempts,
        )
        for row in rows
    }


def put_finger(tx: Connection, application_id: str, finger: StoredFinger, *, by: str, at: datetime) -> None:
    """Replaces what is held for that position."""
    tx.execute(
        delete(fingers).where(
            fingers.c.application_id == application_id, fingers.c.position == finger.position
        )
    )
    tx.execute(
        insert(fingers).values(
            application_id=application_id,
            position=finger.position,
            wsq=finger.wsq,
            template=finger.template,
            nfiq2=finger.nfiq2,
            width=finger.width,
            height=finger.height,
            dpi=finger.dpi,
            missing_reason=finger.missing_reason,
            attempts=finger.attempts,
            taken_at=at,
            taken_by=by,
        )
    )


def count_attempt(tx: Connection, application_id: str, position: int) -> None:
    """One more try of a finger whose held capture stays the better one."""
    tx.execute(
        update(fingers)
        .where(fingers.c.application_id == application_id, fingers.c.position == position)
        .values(attempts=fingers.c.attempts + 1)
    )
