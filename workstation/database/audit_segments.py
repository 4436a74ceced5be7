"""The openings of the trail's segments: one for each time that the trail went on from an older copy."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from uuid6 import uuid7

from workstation.database.audit import write_audit
from workstation.database.audit_checkpoints import last_entry, station_key
from workstation.database.audit_tables import audit_segments
from workstation.domain.audit import AuditTag
from workstation.domain.operator import Operator
from workstation.interchange.audit_segment import Opening, from_document, to_document
from workstation.interchange.canonical import canonical
from workstation.security.segments import said_bytes, sign_opening


def open_segment(
    tx: Connection,
    station_id: str,
    *,
    known: int,
    known_head: bytes,
    restoration: str,
    by: Operator,
    at: datetime,
) -> Opening:
    """From its next entry on the station's trail is a new segment; that entry says what is known to be missing.

    `known` entries, the last with the hash `known_head`, are known to have been written before the restoration.
    """
    last = last_entry(tx, station_id)
    assert last is not None
    said = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
    opening = sign_opening(
        station_key(tx, station_id, at),
        Opening(
            str(uuid7()), station_id, *last, known, known_head, restoration, by.id, by.role.value, said, b""
        ),
    )
    tx.execute(
        insert(audit_segments).values(
            id=opening.id,
            station_id=station_id,
            follows=opening.after,
            opening=canonical(to_document(opening)),
        )
    )
    write_audit(
        tx,
        AuditTag.AUDIT_SEGMENT_OPENED,
        at=at,
        actor=by.id,
        station_id=station_id,
        object_id=opening.id,
        known=known,
        known_head=known_head.hex(),
        reason="restored",
        restoration=restoration,
        opening=sha256(said_bytes(opening)).hexdigest(),
    )
    return opening


def openings(connection: Connection, station_id: str | None = None) -> tuple[Opening, ...]:
    """Those of one station or of all, in the order of their places."""
    query = select(audit_segments).order_by(audit_segments.c.station_id, audit_segments.c.follows)
    if station_id is not None:
        query = query.where(audit_segments.c.station_id == station_id)
    return tuple(_opening(row) for row in connection.execute(query))


def keep_acceptance(tx: Connection, opening: Opening) -> None:
    """Keeps what the registry answered; one that is there already stays."""
    tx.execute(
        update(audit_segments)
        .where(audit_segments.c.id == opening.id, audit_segments.c.accepted.is_(None))
        .values(accepted=canonical(to_document(opening)["acceptance"]))
    )


def _opening(row: Row[Any]) -> Opening:
    document = json.loads(row.opening)
    if row.accepted is not None:
        document["acceptance"] = json.loads(row.accepted)
    return from_document(document)
