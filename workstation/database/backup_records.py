"""What the station knows of its backups: the key in use, what was made, failed or tested, and what was restored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select, update
from uuid6 import uuid7

from workstation import clock
from workstation.database.backup_tables import backup_events, backup_keys, restorations

MADE, FAILED, TESTED = "made", "failed", "tested"
_FOLDER = 400


@dataclass(frozen=True)
class BackupEvent:
    """`detail` is the size in bytes of one that was made, the code of what failed, else empty."""

    kind: str
    backup_id: str
    at: datetime
    folder: str
    detail: str


def key_in_use(connection: Connection) -> bytes | None:
    """The X25519 public key (32 bytes) that backups are sealed to."""
    held = connection.execute(
        select(backup_keys.c.public_key).where(backup_keys.c.in_use.is_(True))
    ).scalar_one_or_none()
    return None if held is None else bytes(held)


def take_into_use(tx: Connection, key_id: str, public_key: bytes, *, at: datetime, by: str) -> None:
    """The one key in use from now on; the ones before stay known."""
    tx.execute(update(backup_keys).values(in_use=False))
    tx.execute(
        insert(backup_keys).values(id=key_id, public_key=public_key, made_at=at, made_by=by, in_use=True)
    )


def keep_backup_event(
    tx: Connection, kind: str, backup_id: str, *, at: datetime, folder: str, detail: str = ""
) -> None:
    """Remembers what happened to a backup."""
    tx.execute(
        insert(backup_events).values(
            kind=kind, backup_id=backup_id, at=at, folder=folder[-_FOLDER:], detail=detail
        )
    )


def last_backup_event(connection: Connection, kind: str) -> BackupEvent | None:
    """The latest of that kind."""
    row = connection.execute(
        select(backup_events)
        .where(backup_events.c.kind == kind)
        .order_by(backup_events.c.sequence.desc())
        .limit(1)
    ).first()
    return None if row is None else BackupEvent(row.kind, row.backup_id, row.at, row.folder, row.detail)


def keep_restoration(tx: Connection, backup_id: str, at: datetime) -> str:
    """Notes that this database came out of a backup at `at`; its id. Numbers given from now on avoid every number that
    was given after the backup was made (`first_free`)."""
    restoration_id = str(uuid7())
    local = at.astimezone(clock.OFFICE_ZONE)
    # 60 to a minute: no office gives numbers as fast, so whatever was given before this minute lies below it, also
    # what an earlier restoration of the same day began.
    floor = 10_000 + 60 * (local.hour * 60 + local.minute)
    tx.execute(
        insert(restorations).values(
            id=restoration_id, backup_id=backup_id, at=at, day=local.date().isoformat(), floor=floor
        )
    )
    return restoration_id


def first_free(connection: Connection, day: date) -> int:
    """The lowest ordinal that may be given on that office day: 1, and after a restoration until the end of its day
    one that nobody can have been given between the backup and the restoration."""
    floor = connection.execute(
        select(func.max(restorations.c.floor)).where(restorations.c.day >= day.isoformat())
    ).scalar_one()
    return 1 if floor is None else int(floor) + 1
