"""Enrolments and their image buffers in the registry's database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from workstation.registry.store.tables import buffers, enrolments

_OPERATORS = {"=": eq, "!=": ne, "<": lt, ">": gt, "<=": le, ">=": ge}
_COLUMNS = {
    "enrollmentId": enrolments.c.id,
    "status": enrolments.c.status,
    "enrollmentType": enrolments.c.type,
}


@dataclass(frozen=True)
class Held:
    """One enrolment: `status` IN_PROGRESS or FINALIZED, `body` the OSIA document without id and status."""

    id: str
    status: str
    body: dict[str, Any]

    def document(self) -> dict[str, Any]:
        """The OSIA Enrollment."""
        return {**self.body, "enrollmentId": self.id, "status": self.status}


@dataclass(frozen=True)
class Buffer:
    """One image: `id` is its SHA-256 in hexadecimal."""

    id: str
    mime: str
    content: bytes


def find(connection: Connection, enrolment_id: str) -> Held | None:
    row = connection.execute(
        select(enrolments.c.id, enrolments.c.status, enrolments.c.body).where(enrolments.c.id == enrolment_id)
    ).first()
    return None if row is None else Held(*row)


def add(connection: Connection, enrolment_id: str, body: Mapping[str, Any], at: str) -> None:
    connection.execute(
        insert(enrolments).values(
            id=enrolment_id,
            status="IN_PROGRESS",
            type=body.get("enrollmentType") or "",
            body=dict(body),
            created_at=at,
        )
    )


def replace(connection: Connection, enrolment_id: str, body: Mapping[str, Any]) -> None:
    connection.execute(
        update(enrolments)
        .where(enrolments.c.id == enrolment_id)
        .values(body=dict(body), type=body.get("enrollmentType") or "")
    )


def mark_finalized(connection: Connection, enrolment_id: str, at: str) -> None:
    connection.execute(
        update(enrolments).where(enrolments.c.id == enrolment_id).values(status="FINALIZED", finalized_at=at)
    )


def remove(connection: Connection, enrolment_id: str) -> None:
    connection.execute(delete(buffers).where(buffers.c.enrolment_id == enrolment_id))
    connection.execute(delete(enrolments).where(enrolments.c.id == enrolment_id))


def search(
    connection: Connection,
    expressions: Sequence[tuple[str, str, str | int | float | bool]],
    offset: int,
    limit: int,
) -> list[Held]:
    """Enrolments that fit every (attribute, operator, value), oldest first. Attributes are biographic ones, and the
    enrolment's own id, status and type."""
    wanted = select(enrolments.c.id, enrolments.c.status, enrolments.c.body)
    for name, symbol, value in expressions:
        wanted = wanted.where(_OPERATORS[symbol](_attribute(name, value), value))
    wanted = wanted.order_by(enrolments.c.created_at, enrolments.c.id).offset(offset).limit(limit)
    return [Held(*row) for row in connection.execute(wanted)]


def add_buffer(connection: Connection, enrolment_id: str, buffer: Buffer) -> None:
    connection.execute(
        insert(buffers).values(
            enrolment_id=enrolment_id, id=buffer.id, mime=buffer.mime, content=buffer.content
        )
    )


def find_buffer(connection: Connection, enrolment_id: str, buffer_id: str) -> Buffer | None:
    row = connection.execute(
        select(buffers.c.id, buffers.c.mime, buffers.c.content).where(
            buffers.c.enrolment_id == enrolment_id, buffers.c.id == buffer_id
        )
    ).first()
    return None if row is None else Buffer(*row)


def buffer_ids(connection: Connection, enrolment_id: str) -> set[str]:
    return set(connection.scalars(select(buffers.c.id).where(buffers.c.enrolment_id == enrolment_id)))


def _attribute(name: str, value: str | int | float | bool) -> ColumnElement[Any]:
    if name in _COLUMNS:
        return _COLUMNS[name]
    node = enrolments.c.body[("biographicData", name)]
    typed: ColumnElement[Any]
    if isinstance(value, bool):
        typed = node.as_boolean()
    elif isinstance(value, str):
        typed = node.as_string()
    else:
        typed = node.as_float()
    return typed
