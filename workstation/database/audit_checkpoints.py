"""The checkpoints of the audit trail: made every few entries and at each synchronisation, kept with the registry's
countersignature once it has come.

The station's signing key is made with its first checkpoint and lies in the database, under the database's key: who has
that can sign as the station. What the registry countersigned cannot be made again by anybody here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Row, func, insert, select, update

from workstation.database.audit_tables import (
    audit_checkpoints,
    audit_keys,
    audit_registry_key,
    audit_segments,
)
from workstation.database.office_values import as_kept, as_was
from workstation.database.tables import audit
from workstation.security.checkpoints import Checkpoint, Countersignature, sign
from workstation.security.segments import FIRST

EVERY = 256
_MOST_SENT = 50


@dataclass(frozen=True)
class Unsent:
    """What the registry has not countersigned yet, oldest first. `previous` is the last count that it did (0: none)
    with the hash that stands in the trail at that place now (None: no such entry any more)."""

    checkpoints: tuple[Checkpoint, ...]
    previous: int
    previous_head: bytes | None


def station_key(tx: Connection, station_id: str, at: datetime) -> Ed25519PrivateKey:
    """The station's signing key, made when there is none."""
    held = tx.scalar(select(audit_keys.c.private_key).where(audit_keys.c.station_id == station_id))
    if held is not None:
        return Ed25519PrivateKey.from_private_bytes(as_was(tx, held, f"audit_keys {station_id}"))
    key = Ed25519PrivateKey.generate()
    tx.execute(
        insert(audit_keys).values(
            station_id=station_id,
            public_key=key.public_key().public_bytes_raw(),
            private_key=as_kept(tx, key.private_bytes_raw(), f"audit_keys {station_id}"),
            made_at=at,
        )
    )
    return key


def add_checkpoint(tx: Connection, station_id: str, count: int, head: bytes, *, at: datetime) -> None:
    """Signs that the station has `count` entries and that the hash of the last is `head`."""
    said = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    segment = _segment_at(_turns(tx), station_id, count)
    made = sign(station_key(tx, station_id, at), station_id, count, head, said, segment)
    tx.execute(
        insert(audit_checkpoints).values(
            station_id=station_id,
            count=count,
            head=head,
            at=said,
            station_key=made.key,
            signature=made.signature,
        )
    )


def last_entry(connection: Connection, station_id: str) -> tuple[int, bytes] | None:
    """How many entries the station has and the hash of the last; None when there is none."""
    row = connection.execute(
        select(audit.c.position, audit.c.hash)
        .where(audit.c.station_id == station_id)
        .order_by(audit.c.position.desc())
        .limit(1)
    ).first()
    return None if row is None else (row.position, row.hash)


def hash_at(connection: Connection, station_id: str, position: int) -> bytes | None:
    """The hash of the station's entry of that number; None when there is none."""
    held: bytes | None = connection.scalar(
        select(audit.c.hash).where(audit.c.station_id == station_id, audit.c.position == position)
    )
    return held


def last_checkpoint(connection: Connection, station_id: str) -> int:
    """The count of the station's last checkpoint; 0 when there is none."""
    last = select(func.max(audit_checkpoints.c.count)).where(audit_checkpoints.c.station_id == station_id)
    return connection.scalar(last) or 0


def last_vouched(connection: Connection, station_id: str) -> tuple[int, bytes]:
    """The last of the station's checkpoints that the registry countersigned: its count and head; (0, b"") without."""
    row = connection.execute(
        select(audit_checkpoints.c.count.label("entries"), audit_checkpoints.c.head)
        .where(
            audit_checkpoints.c.station_id == station_id, audit_checkpoints.c.countersignature.is_not(None)
        )
        .order_by(audit_checkpoints.c.count.desc())
        .limit(1)
    ).first()
    return (0, b"") if row is None else (row.entries, row.head)


def close_trail(tx: Connection, station_id: str, *, at: datetime) -> None:
    """A checkpoint over everything written so far, unless the last one covers it."""
    last = last_entry(tx, station_id)
    if last is not None and last[0] > last_checkpoint(tx, station_id):
        add_checkpoint(tx, station_id, *last, at=at)


def unsent(connection: Connection, station_id: str) -> Unsent:
    """What is to be sent next: at most 50 checkpoints, all of the last segment; `previous` is of that segment too."""
    turns = _turns(connection)
    begins = max((follows for station, follows, _ in turns if station == station_id), default=0)
    mine = (audit_checkpoints.c.station_id == station_id) & (audit_checkpoints.c.count > begins)
    previous = connection.scalar(
        select(func.max(audit_checkpoints.c.count)).where(
            mine, audit_checkpoints.c.countersignature.is_not(None)
        )
    )
    head = hash_at(connection, station_id, previous or 0)
    waiting = connection.execute(
        select(audit_checkpoints)
        .where(mine, audit_checkpoints.c.countersignature.is_(None))
        .order_by(audit_checkpoints.c.count)
        .limit(_MOST_SENT)
    )
    return Unsent(tuple(_checkpoint(row, turns) for row in waiting), previous or 0, head)


def keep_countersignature(tx: Connection, station_id: str, count: int, given: Countersignature) -> None:
    """Keeps what the registry answered; one that is there already stays."""
    tx.execute(
        update(audit_checkpoints)
        .where(
            audit_checkpoints.c.station_id == station_id,
            audit_checkpoints.c.count == count,
            audit_checkpoints.c.countersignature.is_(None),
        )
        .values(registry_key=given.key, countersignature=given.signature, countersigned_at=given.at)
    )


def all_checkpoints(connection: Connection) -> tuple[Checkpoint, ...]:
    """Every station's, oldest first."""
    found = connection.execute(
        select(audit_checkpoints).order_by(audit_checkpoints.c.station_id, audit_checkpoints.c.count)
    )
    turns = _turns(connection)
    return tuple(_checkpoint(row, turns) for row in found)


def _turns(connection: Connection) -> tuple[tuple[str, int, str], ...]:
    """Station, the count after which a segment begins, the segment's id; by rising count."""
    found = connection.execute(
        select(audit_segments.c.station_id, audit_segments.c.follows, audit_segments.c.id).order_by(
            audit_segments.c.follows
        )
    )
    return tuple((row.station_id, row.follows, row.id) for row in found)


def _segment_at(turns: Iterable[tuple[str, int, str]], station_id: str, count: int) -> str:
    """The segment to which the station's entry of that number belongs."""
    found = FIRST
    for station, follows, segment in turns:
        if station == station_id and follows < count:
            found = segment
    return found


def station_keys(connection: Connection) -> dict[str, bytes]:
    """Station -> public key."""
    found = connection.execute(select(audit_keys.c.station_id, audit_keys.c.public_key))
    return {row.station_id: row.public_key for row in found}


def registry_key(connection: Connection) -> bytes | None:
    """The registry's countersigning key as it was met first; None before the first countersignature."""
    return connection.scalar(select(audit_registry_key.c.public_key))


def pin_registry_key(tx: Connection, key: bytes, *, at: datetime) -> None:
    """Remembers the key that is met first."""
    tx.execute(insert(audit_registry_key).values(public_key=key, pinned_at=at))


def _checkpoint(row: Row[Any], turns: Iterable[tuple[str, int, str]]) -> Checkpoint:
    given = (
        None
        if row.countersignature is None
        else Countersignature(row.registry_key, row.countersignature, row.countersigned_at)
    )
    # A Row is a tuple too, whose own `count` is the tuple's method.
    held = row._mapping
    return Checkpoint(
        held["station_id"],
        held["count"],
        held["head"],
        held["at"],
        held["station_key"],
        held["signature"],
        given,
        _segment_at(turns, held["station_id"], held["count"]),
    )
