"""Enrolments that an earlier version put into the outbox without the roles of the people in them.

The registry checks those roles again and takes no enrolment without them. What such a message lacks is added from
the operators of this office; then it is sent like any other, also when it was refused before.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, or_, select, update

from workstation.database.audit import write_audit
from workstation.database.office_values import as_kept, as_was
from workstation.database.outbox import OutboxKind, OutboxState
from workstation.database.station import operator_by_id
from workstation.database.tables import outbox
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Refused
from workstation.interchange.canonical import canonical, read_json_object
from workstation.interchange.errors import MessageDamaged

_REFUSED_FOR_IT = "message-damaged"


def add_missing_roles(tx: Connection, *, actor: str, station_id: str, at: datetime) -> int:
    """Completes every such message that was not sent; how many. One with people unknown here stays as it is."""
    unsent = or_(
        outbox.c.state == OutboxState.WAITING.value,
        (outbox.c.state == OutboxState.REFUSED.value) & (outbox.c.last_error == _REFUSED_FOR_IT),
    )
    rows = tx.execute(
        select(outbox.c.id, outbox.c.application_id, outbox.c.message)
        .where(outbox.c.kind == OutboxKind.ENROLMENT.value, unsent)
        .order_by(outbox.c.sequence)
    ).all()
    mended = 0
    for row in rows:
        place = f"outbox {row.id}"
        try:
            message = _completed(tx, as_was(tx, row.message, place))
        except Refused:
            # Changed on the server: sending it will say so.
            continue
        if message is None:
            continue
        mended += 1
        tx.execute(
            update(outbox)
            .where(outbox.c.id == row.id)
            .values(
                message=as_kept(tx, message, place),
                # What was begun is begun again: the registry may hold it without the roles.
                progress="{}",
                state=OutboxState.WAITING.value,
                last_error=None,
                not_before=at,
                settled_at=None,
            )
        )
        write_audit(
            tx,
            AuditTag.OUTBOX_MENDED,
            at=at,
            actor=actor,
            station_id=station_id,
            object_id=row.application_id,
        )
    return mended


def _completed(connection: Connection, message: bytes) -> bytes | None:
    """The message with the roles of its people; None when it has them, or they cannot be told."""
    try:
        found = read_json_object(message)
    except MessageDamaged:
        return None
    if "roles" in found:
        return None
    people = [*(found.get("capturedBy") or []), found.get("approvedBy")]
    known = [operator_by_id(connection, str(one)) for one in people]
    if not people or any(one is None for one in known):
        return None
    return canonical(found | {"roles": {one.id: one.role.value for one in known if one is not None}})
