"""What a line of the queue tells beside the application: defects, who was told of a return, who holds it; and the
queues that an operator saved."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select
from uuid6 import uuid7

from workstation.database.claim_tables import claims, contacts, saved_queues
from workstation.database.claims import Claim
from workstation.database.tables import defects, operators
from workstation.domain.queue import Contact, Flag, Order, QueueFilter
from workstation.domain.stages import Stage


@dataclass(frozen=True)
class ContactMade:
    """The newest word about telling the applicant."""

    outcome: Contact
    by_name: str
    at: datetime


def add_contact(tx: Connection, application_id: str, outcome: Contact, *, by: str, at: datetime) -> None:
    """Remembers it; earlier ones stay."""
    tx.execute(
        insert(contacts).values(
            id=str(uuid7()), application_id=application_id, outcome=outcome.value, at=at, by=by
        )
    )


def newest_contacts(connection: Connection, ids: Sequence[str]) -> dict[str, ContactMade]:
    """The newest of each application that has one."""
    rows = connection.execute(
        select(contacts, operators.c.display_name)
        .join(operators, operators.c.id == contacts.c.by)
        .where(contacts.c.application_id.in_(ids))
        .order_by(contacts.c.at)
    )
    return {row.application_id: ContactMade(Contact(row.outcome), row.display_name, row.at) for row in rows}


def defect_codes(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The open defects of those applications, oldest first."""
    found: dict[str, tuple[str, ...]] = {}
    rows = connection.execute(
        select(defects.c.application_id, defects.c.code)
        .where(defects.c.application_id.in_(ids), defects.c.mended_at.is_(None))
        .order_by(defects.c.raised_at)
    )
    for application_id, code in rows:
        found[application_id] = (*found.get(application_id, ()), code)
    return found


def live_claims(connection: Connection, ids: Sequence[str], alive_since: datetime) -> dict[str, Claim]:
    """Who holds them, where somebody is behind it."""
    rows = connection.execute(
        select(claims, operators.c.display_name)
        .join(operators, operators.c.id == claims.c.operator_id)
        .where(claims.c.application_id.in_(ids), claims.c.seen > alive_since)
    )
    return {
        row.application_id: Claim(row.operator_id, row.display_name, row.station_id, row.since, row.seen)
        for row in rows
    }


def _filter(text: str) -> QueueFilter:
    held: dict[str, Any] = json.loads(text)
    return QueueFilter(
        stage=Stage(held["stage"]) if held["stage"] else None,
        village=held["village"],
        flag=Flag(held["flag"]) if held["flag"] else None,
        order=Order(held["order"]),
        descending=held["descending"],
    )


def keep_queue(tx: Connection, operator_id: str, name: str, chosen: QueueFilter) -> None:
    """Saves it under that name, in place of an earlier one."""
    drop_queue(tx, operator_id, name)
    tx.execute(
        insert(saved_queues).values(
            id=str(uuid7()),
            operator_id=operator_id,
            name=name,
            filter=json.dumps(asdict(chosen), ensure_ascii=False),
        )
    )


def drop_queue(tx: Connection, operator_id: str, name: str) -> None:
    """Forgets it."""
    tx.execute(
        delete(saved_queues).where(saved_queues.c.operator_id == operator_id, saved_queues.c.name == name)
    )


def queues_of(connection: Connection, operator_id: str) -> tuple[tuple[str, QueueFilter], ...]:
    """The operator's saved queues by name."""
    rows = connection.execute(
        select(saved_queues.c.name, saved_queues.c.filter)
        .where(saved_queues.c.operator_id == operator_id)
        .order_by(saved_queues.c.name)
    )
    return tuple((row.name, _filter(row.filter)) for row in rows)
