"""The audit trail: what happened, who did it, at which station. No personal data in the facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import rfc8785
from sqlalchemy import Connection, insert, select

from workstation.database.tables import audit
from workstation.domain.audit import AuditTag


@dataclass(frozen=True)
class AuditEntry:
    """One row of the trail; `facts` are canonical JSON bytes (RFC 8785)."""

    sequence: int
    at: datetime
    tag: AuditTag
    actor: str
    station_id: str
    object_id: str
    facts: bytes


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
    tx.execute(
        insert(audit).values(
            at=at,
            tag=tag.value,
            actor=actor,
            station_id=station_id,
            object_id=object_id,
            facts=rfc8785.dumps(facts),
        )
    )


def audit_of(connection: Connection, object_id: str) -> tuple[AuditEntry, ...]:
    """The entries about one object, oldest first."""
    rows = connection.execute(select(audit).where(audit.c.object_id == object_id).order_by(audit.c.sequence))
    return tuple(
        AuditEntry(
            row.sequence, row.at, AuditTag(row.tag), row.actor, row.station_id, row.object_id, row.facts
        )
        for row in rows
    )
