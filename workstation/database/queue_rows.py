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

from workstation.database.claim_tables import contacts, saved_queues
from workstation.database.claims import Claim
from workstation.database.plain_sql import as_stored, moment, rows
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


_TOLD = (
    "SELECT k.application_id, k.outcome, o.display_name, k.at FROM contacts AS k"
    ' JOIN operators AS o ON o.id = k."by" WHERE k.application_id IN ({ids}) ORDER BY k.at'
)
_OPEN_DEFECTS = (
    "SELECT application_id, code FROM defects WHERE application_id IN ({ids}) AND mended_at IS NULL"
    " ORDER BY raised_at"
)
_LIVE = (
    "SELECT c.application_id, c.operator_id, o.display_name, c.station_id, c.since, c.seen FROM claims AS c"
    " JOIN operators AS o ON o.id = c.operator_id WHERE c.seen > :alive_since"
)


def _of(connection: Connection, sql: str, ids: Sequence[str]) -> Sequence[tuple[Any, ...]]:
    values = {f"id{place}": application_id for place, application_id in enumerate(ids)}
    return rows(connection, sql.format(ids=", ".join(f":{name}" for name in values)), values)


def newest_contacts(connection: Connection, ids: Sequence[str]) -> dict[str, ContactMade]:
    """The newest of each application that has one."""
    return {
        application_id: ContactMade(Contact(outcome), name, moment(at))
        for application_id, outcome, name, at in _of(connection, _TOLD, ids)
    }


def defect_codes(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The open defects of those applications, oldest first."""
    found: dict[str, tuple[str, ...]] = {}
    for application_id, code in _of(connection, _OPEN_DEFECTS, ids):
        found[application_id] = (*found.get(application_id, ()), code)
    return found


def live_claims(connection: Connection, alive_since: datetime) -> dict[str, Claim]:
    """Who holds what in the whole office, where somebody is behind it: as many as there are open pages."""
    held = rows(connection, _LIVE, {"alive_since": as_stored(connection, alive_since)})
    return {
        application_id: Claim(operator, name, station, moment(since), moment(seen))
        for application_id, operator, name, station, since, seen in held
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
    saved = connection.execute(
        select(saved_queues.c.name, saved_queues.c.filter)
        .where(saved_queues.c.operator_id == operator_id)
        .order_by(saved_queues.c.name)
    )
    return tuple((row.name, _filter(row.filter)) for row in saved)
