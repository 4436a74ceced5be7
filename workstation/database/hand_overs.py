"""Hand-overs: who came, how she was recognised, how she signed; allowances of supervisors, guardians' prints."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, exists, insert, or_, select, update

from workstation.database.blobs import empty_blob, put_blob
from workstation.database.hand_over_tables import collections, guardian_prints, hand_over_allowances
from workstation.database.sealed_tables import deleted_biometrics
from workstation.database.tables import hand_overs
from workstation.domain.hand_over import CollectedBy, Collector, Signature


@dataclass(frozen=True)
class Allowance:
    """The card may be given without a matching finger: why, who asked, and the supervisor who stood by."""

    reason: str
    at: datetime
    by: str
    second: str


@dataclass(frozen=True)
class GuardianPrint:
    """A print taken of who comes for a child; nothing to compare it with is held. `wsq` is a blob's SHA-256."""

    position: int
    nfiq2: int
    wsq: str


@dataclass(frozen=True)
class Collected:
    """Who took the card and how she signed: `signature` is a blob's SHA-256 (PNG), None on paper."""

    collector: Collector
    signature: str | None
    unsigned_reason: str


def keep_allowance(tx: Connection, application_id: str, given: Allowance) -> None:
    """Keeps it; an earlier one is replaced."""
    tx.execute(delete(hand_over_allowances).where(hand_over_allowances.c.application_id == application_id))
    tx.execute(
        insert(hand_over_allowances).values(
            application_id=application_id, reason=given.reason, at=given.at, by=given.by, second=given.second
        )
    )


def allowance_of(connection: Connection, application_id: str) -> Allowance | None:
    """What a supervisor allowed for this application, or None."""
    held = hand_over_allowances.c
    row = connection.execute(
        select(held.reason, held.at, held.by, held.second).where(held.application_id == application_id)
    ).first()
    return None if row is None else Allowance(*row)


def keep_guardian_print(
    tx: Connection, application_id: str, position: int, wsq: bytes, nfiq2: int, *, by: str, at: datetime
) -> None:
    """Keeps the print; the newest counts."""
    values = {
        "position": position,
        "wsq": put_blob(tx, wsq, "image/x-wsq"),
        "nfiq2": nfiq2,
        "at": at,
        "by": by,
    }
    kept = tx.execute(
        update(guardian_prints).where(guardian_prints.c.application_id == application_id).values(**values)
    )
    if not kept.rowcount:
        tx.execute(insert(guardian_prints).values(application_id=application_id, **values))


def guardian_print_of(connection: Connection, application_id: str) -> GuardianPrint | None:
    held = guardian_prints.c
    row = connection.execute(
        select(held.position, held.nfiq2, held.wsq).where(held.application_id == application_id)
    ).first()
    return None if row is None else GuardianPrint(*row)


def add_hand_over(
    tx: Connection,
    application_id: str,
    *,
    finger: tuple[int, int] | None,
    collector: Collector,
    signature: Signature | None,
    unsigned_reason: str,
    receipt: str,
    by: str,
    at: datetime,
) -> None:
    """`finger`: position and score of the comparison that counted, None where none did; `receipt`: a blob's SHA-256."""
    position, score = finger if finger is not None else (None, None)
    tx.execute(
        insert(hand_overs).values(
            application_id=application_id,
            finger_position=position,
            score=score,
            receipt=receipt,
            handed_over_at=at,
            handed_over_by=by,
        )
    )
    tx.execute(
        insert(collections).values(
            application_id=application_id,
            collected_by=collector.kind.value,
            name=collector.name.strip(),
            identity=collector.identity.strip(),
            authorisation=collector.authorisation.strip(),
            signature=None if signature is None else put_blob(tx, signature.png, "image/png"),
            # As a blob: on a server it is sealed there, and a signature is as personal as a face.
            strokes=None if signature is None else _kept_strokes(tx, signature),
            unsigned_reason=unsigned_reason.strip(),
        )
    )


def _kept_strokes(tx: Connection, signature: Signature) -> str:
    return put_blob(tx, json.dumps(signature.strokes).encode(), "application/json")


def delete_signature(tx: Connection, application_id: str) -> bool:
    """Deletes the drawing, its points and the receipt that shows it; the receipt can be made anew without. False where
    nobody signed on the screen. What another application holds too stays for that one."""
    held = collections.c
    row = tx.execute(
        select(held.signature, held.strokes, hand_overs.c.receipt)
        .join(hand_overs, hand_overs.c.application_id == held.application_id)
        .where(held.application_id == application_id, held.signature.is_not(None))
    ).first()
    if row is None:
        return False
    for sha256 in row:
        others = select(held.application_id).where(
            held.application_id != application_id,
            or_(held.signature == sha256, held.strokes == sha256),
            ~exists().where(deleted_biometrics.c.application_id == held.application_id),
        )
        if tx.execute(others).first() is None:
            empty_blob(tx, sha256)
    tx.execute(update(collections).where(held.application_id == application_id).values(strokes=""))
    return True


@dataclass(frozen=True)
class HandedOver:
    """When, by which operator, and the receipt (a blob's SHA-256)."""

    at: datetime
    by: str
    receipt: str


def handed_over(connection: Connection, application_id: str) -> HandedOver | None:
    """The hand-over of that application's card; None before it."""
    held = hand_overs.c
    row = connection.execute(
        select(held.handed_over_at, held.handed_over_by, held.receipt).where(
            held.application_id == application_id
        )
    ).first()
    return None if row is None else HandedOver(*row)


def collected_of(connection: Connection, application_id: str) -> Collected | None:
    """Who took the card of that application; None before, and of hand-overs of before this was kept."""
    held = collections.c
    row = connection.execute(
        select(
            held.collected_by,
            held.name,
            held.identity,
            held.authorisation,
            held.signature,
            held.unsigned_reason,
        ).where(held.application_id == application_id)
    ).first()
    if row is None:
        return None
    kind, name, identity, authorisation, signature, unsigned = row
    return Collected(Collector(CollectedBy(kind), name, identity, authorisation), signature, unsigned)
