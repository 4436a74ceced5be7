"""The audit trail: what happened, who did it, at which station. No personal data in the facts.

Each station's entries are a chain (security.hash_chain): numbered from 1 without gaps, each with its canonical bytes
and the hash over the one before. Nothing here changes or takes away an entry, and the engine refuses it besides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import rfc8785
from sqlalchemy import Connection, insert, select

from workstation.database import audit_checkpoints
from workstation.database.audit_append_only import hold_chain
from workstation.database.plain_sql import rows
from workstation.database.tables import audit
from workstation.domain.audit import AuditTag
from workstation.security.hash_chain import GENESIS, entry_bytes, entry_hash

_LAST = "SELECT position, hash FROM audit WHERE station_id = :station ORDER BY position DESC LIMIT 1"
_INSERT = insert(audit)


@dataclass(frozen=True)
class AuditEntry:
    """One entry; `sequence` counts all stations' entries, `position` its own station's; `facts` are canonical JSON
    bytes (RFC 8785)."""

    sequence: int
    at: datetime
    tag: AuditTag
    actor: str
    station_id: str
    object_id: str
    facts: bytes
    position: int


def moment_text(at: datetime) -> str:
    """A moment as it stands in an entry's bytes: RFC 3339, UTC, microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def write_audit(
    tx: Connection,
    tag: AuditTag,
    *,
    at: datetime,
    actor: str,
    station_id: str,
    object_id: str,
    **facts: str | int | bool | None,
) -> None:
    """Adds one entry in the verb's own transaction."""
    hold_chain(tx, station_id)
    last = rows(tx, _LAST, {"station": station_id})
    position, before = (last[0][0] + 1, bytes(last[0][1])) if last else (1, GENESIS)
    said = rfc8785.dumps(facts)
    entry = entry_bytes(position, moment_text(at), tag.value, actor, station_id, object_id, said)
    head = entry_hash(before, entry)
    tx.execute(
        _INSERT,
        {
            "at": at,
            "tag": tag.value,
            "actor": actor,
            "station_id": station_id,
            "object_id": object_id,
            "facts": said,
            "position": position,
            "entry": entry,
            "hash": head,
        },
    )
    if position % audit_checkpoints.EVERY == 0:
        audit_checkpoints.add_checkpoint(tx, station_id, position, head, at=at)


def audit_of(connection: Connection, object_id: str) -> tuple[AuditEntry, ...]:
    """The entries about one object, oldest first."""
    found = connection.execute(select(audit).where(audit.c.object_id == object_id).order_by(audit.c.sequence))
    return tuple(
        AuditEntry(
            row.sequence,
            row.at,
            AuditTag(row.tag),
            row.actor,
            row.station_id,
            row.object_id,
            row.facts,
            row.position,
        )
        for row in found
    )
