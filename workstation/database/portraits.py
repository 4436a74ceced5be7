"""An application's portraits: every picture that was kept, which one counts, and what was made of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update
from uuid6 import uuid7

from workstation.database.portrait_tables import portrait_files
from workstation.database.tables import applications, portraits


@dataclass(frozen=True)
class StoredPortrait:
    """One kept picture; original, cropped, printed and chip are SHA-256 of blobs.

    original: as taken; cropped: JPEG for exchange, of width and height pixels; printed: JPEG for the card,
    the crop itself where nothing else was made; chip: JPEG 2000, None in a record of before it was made.
    report: the measured requirements as plain data; facts: scale, degrees, outside, eyes and chin in the crop.
    """

    id: str
    original: str
    cropped: str
    printed: str
    chip: str | None
    width: int
    height: int
    report: Mapping[str, Any]
    facts: Mapping[str, Any]
    forced_reason: str | None
    taken_at: datetime
    taken_by: str
    accepted: bool


@dataclass(frozen=True)
class MadeFiles:
    """What was made of a crop: SHA-256 of the print version, if there is one, and of the chip's; the facts."""

    printed: str | None
    chip: str
    facts: Mapping[str, Any]


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
    made: MadeFiles | None = None,
) -> None:
    """Keeps a picture beside the earlier ones; the newest is the application's portrait."""
    portrait_id = str(uuid7())
    tx.execute(update(portraits).where(portraits.c.application_id == application_id).values(accepted=False))
    tx.execute(
        insert(portraits).values(
            id=portrait_id,
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
    if made is not None:
        facts = json.dumps(dict(made.facts), sort_keys=True)
        tx.execute(
            insert(portrait_files).values(
                portrait_id=portrait_id, printed=made.printed, chip=made.chip, facts=facts
            )
        )


def choose_portrait(tx: Connection, application_id: str, portrait_id: str) -> None:
    """Makes an earlier picture of the same application its portrait again."""
    mine = portraits.c.application_id == application_id
    tx.execute(update(portraits).where(mine).values(accepted=portraits.c.id == portrait_id))


def portraits_of(connection: Connection, application_id: str) -> tuple[StoredPortrait, ...]:
    """All pictures kept for the application, the first one first."""
    rows = connection.execute(
        _stored().where(portraits.c.application_id == application_id).order_by(portraits.c.id)
    )
    return tuple(_portrait(row) for row in rows)


def portrait_of(connection: Connection, application_id: str) -> StoredPortrait | None:
    """The application's portrait, or None."""
    row = connection.execute(
        _stored().where(portraits.c.application_id == application_id, portraits.c.accepted)
    ).first()
    return None if row is None else _portrait(row)


def portrait_attempts(connection: Connection, application_id: str, since: datetime | None = None) -> int:
    """How many pictures were kept for this application, from `since` on where it is given."""
    counted = select(func.count()).select_from(portraits).where(portraits.c.application_id == application_id)
    if since is not None:
        counted = counted.where(portraits.c.taken_at >= since)
    return int(connection.execute(counted).scalar_one())


def keep_forced(tx: Connection, portrait_id: str, reason: str) -> None:
    """Marks the portrait as accepted in spite of a red requirement."""
    tx.execute(update(portraits).where(portraits.c.id == portrait_id).values(forced_reason=reason))


def portrait_of_document(
    connection: Connection, document_number: str, *, but: str
) -> tuple[str, StoredPortrait] | None:
    """The portrait on the card of that number, with its application's id; never that of the application `but`."""
    row = connection.execute(
        select(applications.c.id)
        .where(applications.c.document_number == document_number, applications.c.id != but)
        .order_by(applications.c.created_at.desc())
    ).first()
    held = None if row is None else portrait_of(connection, row.id)
    return None if row is None or held is None else (row.id, held)


def _stored() -> Any:
    # Any: SQLAlchemy types a select of mixed columns by their number, and this one has too many.
    return select(
        portraits, portrait_files.c.printed, portrait_files.c.chip, portrait_files.c.facts
    ).outerjoin(portrait_files, portrait_files.c.portrait_id == portraits.c.id)


def _portrait(row: Row[Any]) -> StoredPortrait:
    return StoredPortrait(
        row.id,
        row.original,
        row.cropped,
        row.printed or row.cropped,
        row.chip,
        row.width,
        row.height,
        json.loads(row.report),
        json.loads(row.facts or "{}"),
        row.forced_reason,
        row.taken_at,
        row.taken_by,
        row.accepted,
    )
