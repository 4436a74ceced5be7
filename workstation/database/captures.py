"""What was captured of a person's fingers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from workstation.database.office_values import as_kept, as_was
from workstation.database.tables import fingers


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


def _place(application_id: str, position: int) -> str:
    return f"fingers {application_id} {position}"


def fingers_of(connection: Connection, application_id: str) -> dict[int, StoredFinger]:
    """Position -> finger, captured and missing ones."""
    rows = connection.execute(
        select(fingers).where(fingers.c.application_id == application_id).order_by(fingers.c.position)
    )
    return {
        row.position: StoredFinger(
            row.position,
            row.wsq,
            None
            if row.template is None
            else as_was(connection, row.template, _place(application_id, row.position)),
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
            template=None
            if finger.template is None
            else as_kept(tx, finger.template, _place(application_id, finger.position)),
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
