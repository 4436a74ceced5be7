"""Credential requests and the cards made for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, update

from workstation.registry.store.tables import credential_requests, credentials


def find_request(connection: Connection, request_id: str) -> dict[str, Any] | None:
    """Columns by name, and `credential_id`."""
    row = (
        connection.execute(
            select(credential_requests, credentials.c.id.label("credential_id"))
            .join(credentials, credentials.c.request_id == credential_requests.c.id)
            .where(credential_requests.c.id == request_id)
        )
        .mappings()
        .first()
    )
    return None if row is None else dict(row)


def add_request(
    connection: Connection,
    *,
    request_id: str,
    credential_id: str,
    body: Mapping[str, Any],
    decision: Mapping[str, Any],
) -> None:
    """Keeps the request and the card it asks for, numbered as `decision` says; the card is NEW."""
    connection.execute(
        insert(credential_requests).values(
            id=request_id, enrolment_id=decision["enrolment_id"], status="PENDING", body=dict(body)
        )
    )
    connection.execute(
        insert(credentials).values(
            id=credential_id,
            request_id=request_id,
            status="NEW",
            person_id=decision["identity_number"],
            number=decision["document_number"],
            issue_date=decision["issue_date"],
            expiry_date=decision["expiry_date"],
            others={},
        )
    )


def find_credential(connection: Connection, credential_id: str) -> dict[str, Any] | None:
    """Columns by name."""
    row = connection.execute(select(credentials).where(credentials.c.id == credential_id)).mappings().first()
    return None if row is None else dict(row)


def cards_of_number(connection: Connection, number: str) -> list[dict[str, Any]]:
    """The cards of that card number, oldest first, columns by name."""
    found = connection.execute(
        select(credentials).where(credentials.c.number == number).order_by(credentials.c.id)
    ).mappings()
    return [dict(row) for row in found]


def set_others(connection: Connection, credential_id: str, others: Mapping[str, Any]) -> None:
    connection.execute(
        update(credentials).where(credentials.c.id == credential_id).values(others=dict(others))
    )


def set_status(connection: Connection, credential_id: str, status: str, reason: str | None) -> None:
    """Also settles the request: a card that left NEW was issued."""
    connection.execute(
        update(credentials)
        .where(credentials.c.id == credential_id)
        .values(status=status, status_reason=reason)
    )
    request_id = connection.scalar(select(credentials.c.request_id).where(credentials.c.id == credential_id))
    connection.execute(
        update(credential_requests).where(credential_requests.c.id == request_id).values(status="ISSUED")
    )


def card_of_enrolment(connection: Connection, enrolment_id: str) -> dict[str, Any] | None:
    """The newest card of that enrolment, columns by name."""
    row = (
        connection.execute(
            select(credentials)
            .join(credential_requests, credential_requests.c.id == credentials.c.request_id)
            .where(credential_requests.c.enrolment_id == enrolment_id)
            .order_by(credentials.c.id.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    return None if row is None else dict(row)
