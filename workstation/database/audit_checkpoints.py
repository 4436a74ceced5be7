"""The checkpoints of the audit trail: made every few entries and at each synchronisation, kept with the registry's
countersignature once it has come.

The station's signing key is made with its first checkpoint and lies in the database, under the database's key: who has
that can sign as the station. What the registry countersigned cannot be made again by anybody here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Row, func, insert, select, update

from workstation.database.audit_tables import audit_checkpoints, audit_keys, audit_registry_key
from workstation.database.tables import audit
from workstation.security.checkpoints import Checkpoint, Countersignature, sign

EVERY = 256
_MOST_SENT = 50


@dataclass(frozen=True)
class Unsent:
    """What the registry has not countersigned yet, oldest first. `previous` is the last count that it did (0: none)
    with the hash that stands in the trail at that place now (None: no such entry any more)."""

    checkpoints: tuple[Checkpoint, ...]
    previous: int
    previous_head: bytes | None


def _key(tx: Connection, station_id: str, at: datetime) -> Ed25519PrivateKey:
    held = tx.scalar(select(audit_keys.c.private_key).where(audit_keys.c.station_id == station_id))
    if held is not None:
        return Ed25519PrivateKey.from_private_bytes(held)
    key = Ed25519PrivateKey.generate()
    tx.execute(
        insert(audit_keys).values(
            station_id=station_id,
            public_key=key.public_key().public_bytes_raw(),
            private_key=key.private_bytes_raw(),
            made_at=at,
        )
    )
    return key


def add_checkpoint(tx: Connection, station_id: str, count: int, head: bytes, *, at: datetime) -> None:
    """Signs that the station has `count` entries and that the hash of the last is `head`."""
    said = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    made = sign(_key(tx, station_id, at), station_id, count, head, said)
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


def last_checkpoint(connection: Connection, station_id: str) -> int:
    """The count of the station's last checkpoint; 0 when there is none."""
    last = select(func.max(audit_checkpoints.c.count)).where(audit_checkpoints.c.station_id == station_id)
    return connection.scalar(last) or 0


def close_trail(tx: Connection, station_id: str, *, at: datetime) -> None:
    """A checkpoint over everything written so far, unless the last one covers it."""
    last = last_entry(tx, station_id)
    if last is not None and last[0] > last_checkpoint(tx, station_id):
        add_checkpoint(tx, station_id, *last, at=at)


def unsent(connection: Connection, station_id: str) -> Unsent:
    """What is to be sent next: at most 50 checkpoints."""
    mine = audit_checkpoints.c.station_id == station_id
    previous = connection.scalar(
        select(func.max(audit_checkpoints.c.count)).where(
            mine, audit_checkpoints.c.countersignature.is_not(None)
        )
    )
    head = connection.scalar(
        select(audit.c.hash).where(audit.c.station_id == station_id, audit.c.position == (previous or 0))
    )
    waiting = connection.execute(
        select(audit_checkpoints)
        .where(mine, audit_checkpoints.c.countersignature.is_(None))
        .order_by(audit_checkpoints.c.count)
        .limit(_MOST_SENT)
    )
    return Unsent(tuple(_checkpoint(row) for row in waiting), previous or 0, head)


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
    return tuple(_checkpoint(row) for row in found)


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


def _checkpoint(row: Row[Any]) -> Checkpoint:
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
    )
