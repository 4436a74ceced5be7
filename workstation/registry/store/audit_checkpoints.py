"""The checkpoints and segments of the stations' audit trails, and the countersigning key, made once and kept."""

from __future__ import annotations

import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, insert, select

from workstation.interchange import audit_segment
from workstation.interchange.audit_checkpoint import Checkpoint, from_document, to_document
from workstation.interchange.audit_segment import Opening
from workstation.registry.store.tables import audit_checkpoints, audit_segments, checkpoint_keys


def signing_key(connection: Connection, at: str) -> Ed25519PrivateKey:
    """The registry's countersigning key, made when there is none."""
    held = connection.scalar(select(checkpoint_keys.c.private_key).limit(1))
    if held is not None:
        return Ed25519PrivateKey.from_private_bytes(held)
    key = Ed25519PrivateKey.generate()
    connection.execute(insert(checkpoint_keys).values(private_key=key.private_bytes_raw(), made_at=at))
    return key


def checkpoints_of(connection: Connection, station_id: str) -> list[Checkpoint]:
    """What was countersigned for that station, in every segment, by rising count."""
    found = connection.execute(
        select(audit_checkpoints.c.document)
        .where(audit_checkpoints.c.station_id == station_id)
        .order_by(audit_checkpoints.c.entries)
    )
    return [from_document(json.loads(document)) for (document,) in found]


def add(connection: Connection, checkpoint: Checkpoint) -> None:
    """Keeps it."""
    connection.execute(
        insert(audit_checkpoints).values(
            station_id=checkpoint.station_id,
            segment=checkpoint.segment,
            entries=checkpoint.count,
            document=json.dumps(to_document(checkpoint)),
        )
    )


def segments_of(connection: Connection, station_id: str) -> list[Opening]:
    """The segments that were accepted for that station, by number."""
    found = connection.execute(
        select(audit_segments.c.document)
        .where(audit_segments.c.station_id == station_id)
        .order_by(audit_segments.c.number)
    )
    return [audit_segment.from_document(json.loads(document)) for (document,) in found]


def add_segment(connection: Connection, opening: Opening) -> None:
    """Keeps an accepted one."""
    assert opening.acceptance is not None
    connection.execute(
        insert(audit_segments).values(
            id=opening.id,
            station_id=opening.station_id,
            number=opening.acceptance.number,
            document=json.dumps(audit_segment.to_document(opening)),
        )
    )
