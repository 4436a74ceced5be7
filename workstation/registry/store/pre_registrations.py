"""Pre-registrations in the registry's database: each stands in the feed once, as itself or as withdrawn."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update
from uuid6 import uuid7

from workstation.interchange.canonical import sha256_hex
from workstation.interchange.pre_registration import PreRegistration, to_bytes
from workstation.interchange.pre_registration_event import (
    PreRegistrationArrived,
    PreRegistrationWithdrawn,
    to_event,
)
from workstation.registry.store.decisions import next_seq
from workstation.registry.store.tables import feed, pre_registrations


def add(connection: Connection, record: PreRegistration) -> bool:
    """Appends it to the feed; the same again changes nothing. False when the number stands for something else, or was
    withdrawn."""
    digest = sha256_hex(to_bytes(record))
    held = connection.execute(
        select(pre_registrations).where(pre_registrations.c.number == record.number)
    ).first()
    if held is not None:
        return bool(held.content_sha256 == digest and not held.withdrawn)
    seq = next_seq(connection)
    told = PreRegistrationArrived(str(uuid7()), seq, record)
    connection.execute(insert(feed).values(seq=seq, event_id=told.event_id, event=to_event(told)))
    connection.execute(
        insert(pre_registrations).values(
            number=record.number,
            office_code=record.office_code,
            content_sha256=digest,
            expires=record.expires.isoformat(),
            withdrawn=False,
            seq=seq,
        )
    )
    return True


def withdraw(connection: Connection, number: str) -> bool:
    """Its withdrawal takes its place in the feed, so that no office receives it any more. False for an unknown one."""
    held = connection.execute(select(pre_registrations).where(pre_registrations.c.number == number)).first()
    if held is None:
        return False
    if not held.withdrawn:
        seq = next_seq(connection)
        told = PreRegistrationWithdrawn(str(uuid7()), seq, number, held.office_code)
        connection.execute(insert(feed).values(seq=seq, event_id=told.event_id, event=to_event(told)))
        connection.execute(
            update(pre_registrations)
            .where(pre_registrations.c.number == number)
            .values(withdrawn=True, seq=seq)
        )
        connection.execute(delete(feed).where(feed.c.seq == held.seq))
    return True
