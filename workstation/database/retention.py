"""Deleting biometrics that have served: of applications ended long enough ago, with nothing left to be sent.

What goes: every original picture, pictures that were not accepted, the chip's picture, exception photos and pictures
brought along, fingerprint images (a guardian's too) and templates, a signature from the screen with the receipt that
shows it, signatures for the card that were replaced. What stays: the portrait as it was accepted and printed, the
signature that the card shows, positions and qualities of the fingers, hashes of everything.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, or_, select, update

from workstation.database.blobs import empty_blob
from workstation.database.hand_over_tables import guardian_prints
from workstation.database.hand_overs import delete_signature
from workstation.database.outbox import nothing_unsent
from workstation.database.portrait_tables import earlier_portraits, exception_photos, portrait_files
from workstation.database.sealed_tables import deleted_biometrics
from workstation.database.signatures import replaced_signatures, signatures
from workstation.database.tables import applications, fingers, portraits
from workstation.domain.stages import ENDS

BATCH = 50


def due_for_deletion(connection: Connection, ended_before: datetime, limit: int = BATCH) -> tuple[str, ...]:
    """Applications that ended before that time, with a card or without, and whose biometrics are still held, oldest
    first."""
    done = exists().where(deleted_biometrics.c.application_id == applications.c.id)
    rows = connection.execute(
        select(applications.c.id)
        .where(
            applications.c.stage.in_([stage.value for stage in ENDS]),
            applications.c.stage_since < ended_before,
            nothing_unsent(applications.c.id),
            ~done,
        )
        .order_by(applications.c.stage_since, applications.c.id)
        .limit(limit)
    )
    return tuple(row.id for row in rows)


def delete_biometrics(tx: Connection, application_id: str, *, at: datetime) -> tuple[int, int]:
    """Deletes them; how many pictures (a signature is one) and how many fingers. What another application holds too
    stays for that one."""
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
    prints |= set(
        tx.execute(
            select(guardian_prints.c.wsq).where(guardian_prints.c.application_id == application_id)
        ).scalars()
    )
    beside = _beside(tx, application_id, printed)
    for sha256 in (images - printed) | beside | prints:
        if not _held_elsewhere(tx, sha256, application_id):
            empty_blob(tx, sha256)
    tx.execute(update(fingers).where(fingers.c.application_id == application_id).values(template=None))
    signed = delete_signature(tx, application_id)
    tx.execute(insert(deleted_biometrics).values(application_id=application_id, deleted_at=at))
    return len((images - printed) | beside) + signed, len(prints)


def _beside(tx: Connection, application_id: str, kept: set[str]) -> set[str]:
    """Pictures made of the portraits or taken beside them; what the card shows is not among them."""
    of_portraits = tx.execute(
        select(portraits.c.cropped, portraits.c.accepted, portrait_files.c.printed, portrait_files.c.chip)
        .join(portrait_files, portrait_files.c.portrait_id == portraits.c.id)
        .where(portraits.c.application_id == application_id)
    ).all()
    on_card = {row.printed for row in of_portraits if row.accepted} | kept
    found = {sha256 for row in of_portraits for sha256 in (row.printed, row.chip) if sha256 is not None}
    for table in (exception_photos, earlier_portraits):
        pictures = select(table.c.picture).where(table.c.application_id == application_id)
        found |= set(tx.execute(pictures).scalars())
    return (found - on_card) | replaced_signatures(tx, application_id)


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
    beside = [
        select(func.count()).where(table.c.picture == sha256, kept(table.c.application_id))
        for table in (exception_photos, earlier_portraits)
    ]
    of_files = (
        select(func.count())
        .select_from(portraits)
        .join(portrait_files, portrait_files.c.portrait_id == portraits.c.id)
        .where(
            or_(
                and_(
                    portrait_files.c.printed == sha256,
                    portraits.c.accepted | kept(portraits.c.application_id),
                ),
                and_(portrait_files.c.chip == sha256, kept(portraits.c.application_id)),
            )
        )
    )
    # Two signatures of the same bytes are one drawing twice: who holds it prints it, or did.
    of_signatures = select(func.count()).where(
        signatures.c.picture == sha256, signatures.c.application_id != application_id
    )
    counts = (of_prints, of_originals, of_crops, of_files, of_signatures, *beside)
    return any(tx.execute(count).scalar_one() for count in counts)
