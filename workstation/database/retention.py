"""Deleting biometrics that have served: of applications closed long enough ago, with nothing left to be sent.

What goes: every original picture, pictures that were not accepted, fingerprint images and templates. What stays: the
portrait as it is printed on the card, positions and qualities of the fingers, hashes of everything.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, select, update

from workstation.database.blobs import empty_blob
from workstation.database.outbox import nothing_unsent
from workstation.database.sealed_tables import deleted_biometrics
from workstation.database.tables import applications, fingers, portraits
from workstation.domain.stages import Stage

BATCH = 50


def due_for_deletion(connection: Connection, closed_before: datetime, limit: int = BATCH) -> tuple[str, ...]:
    """Applications whose card was handed over before that time and whose biometrics are still held, oldest first."""
    done = exists().where(deleted_biometrics.c.application_id == applications.c.id)
    rows = connection.execute(
        select(applications.c.id)
        .where(
            applications.c.stage == Stage.CLOSED.value,
            applications.c.stage_since < closed_before,
            nothing_unsent(applications.c.id),
            ~done,
        )
        .order_by(applications.c.stage_since, applications.c.id)
        .limit(limit)
    )
    return tuple(row.id for row in rows)


def delete_biometrics(tx: Connection, application_id: str, *, at: datetime) -> tuple[int, int]:
    """Deletes them; how many pictures and how many fingers. What another application holds too stays for that one."""
    pictures = tx.execute(
        select(portraits.c.original, portraits.c.cropped, portraits.c.accepted).where(
            portraits.c.application_id == application_id
        )
    ).all()
    printed = {picture.cropped for picture in pictures if picture.accepted}
    images = {picture.original for picture in pictures} | {picture.cropped for picture in pictures}
    prints = set(
        tx.execute(
            select(fingers.c.wsq).where(
                fingers.c.application_id == application_id, fingers.c.wsq.is_not(None)
            )
        ).scalars()
    )
    for sha256 in (images - printed) | prints:
        if not _held_elsewhere(tx, sha256, application_id):
            empty_blob(tx, sha256)
    tx.execute(update(fingers).where(fingers.c.application_id == application_id).values(template=None))
    tx.execute(insert(deleted_biometrics).values(application_id=application_id, deleted_at=at))
    return len(images - printed), len(prints)


def _held_elsewhere(tx: Connection, sha256: str, application_id: str) -> bool:
    """Whether an application whose biometrics are not deleted names the same bytes, or any prints them."""

    def kept(owner: ColumnElement[str]) -> ColumnElement[bool]:
        return and_(owner != application_id, ~exists().where(deleted_biometrics.c.application_id == owner))

    of_prints = select(func.count()).where(fingers.c.wsq == sha256, kept(fingers.c.application_id))
    of_originals = select(func.count()).where(
        portraits.c.original == sha256, kept(portraits.c.application_id)
    )
    of_crops = select(func.count()).where(
        portraits.c.cropped == sha256, portraits.c.accepted | kept(portraits.c.application_id)
    )
    return any(tx.execute(count).scalar_one() for count in (of_prints, of_originals, of_crops))
