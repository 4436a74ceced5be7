"""Letters about approvals as this station wrote or received them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    LargeBinary,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from workstation.database.tables import UtcTime, metadata
from workstation.interchange.approval_letter import Letter, LetterKind, expires

approval_letters = Table(
    "approval_letters",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("request_id", String(36), nullable=False, index=True),
    Column("kind", String(10), nullable=False),
    Column("outgoing", Boolean, nullable=False),
    Column("office_code", String(8), nullable=False),
    Column("approver", String(36), nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("sent_at", UtcTime),
    Column("fault", String(40)),
    CheckConstraint("kind IN ('request', 'approval', 'refusal')", name="kind_known"),
)


@dataclass(frozen=True)
class HeldLetter:
    """`office_code` is the other office; `sent`: the registry has it; `fault`: why it would not take it."""

    id: str
    request_id: str
    kind: LetterKind
    outgoing: bool
    office_code: str
    approver: str
    document: bytes
    expires_at: datetime
    at: datetime
    sent: bool
    fault: str | None


def _held(row: Any) -> HeldLetter:
    return HeldLetter(
        row.id,
        row.request_id,
        LetterKind(row.kind),
        row.outgoing,
        row.office_code,
        row.approver,
        bytes(row.document),
        row.expires_at,
        row.at,
        row.sent_at is not None,
        row.fault,
    )


def add_letter(tx: Connection, letter: Letter, *, outgoing: bool, at: datetime) -> None:
    """Keeps a letter that goes out, or one that came."""
    tx.execute(
        insert(approval_letters).values(
            id=letter.id,
            request_id=letter.request_id,
            kind=letter.kind.value,
            outgoing=outgoing,
            office_code=letter.to_office if outgoing else letter.from_office,
            approver=letter.approver,
            document=letter.document,
            expires_at=expires(letter),
            at=at,
        )
    )


def letters(connection: Connection) -> tuple[HeldLetter, ...]:
    """All of them, newest first."""
    rows = connection.execute(select(approval_letters).order_by(approval_letters.c.id.desc()))
    return tuple(_held(row) for row in rows)


def letters_about(connection: Connection, request_id: str) -> tuple[HeldLetter, ...]:
    """The request and its answers, as far as they are here, oldest first."""
    rows = connection.execute(
        select(approval_letters)
        .where(approval_letters.c.request_id == request_id)
        .order_by(approval_letters.c.id)
    )
    return tuple(_held(row) for row in rows)


def holds_letter(connection: Connection, letter_id: str) -> bool:
    """Whether that very letter is here."""
    found = select(approval_letters.c.id).where(approval_letters.c.id == letter_id)
    return connection.execute(found).first() is not None


def unsent_letters(connection: Connection, now: datetime) -> tuple[HeldLetter, ...]:
    """What the registry must still get, oldest first; not what is too late by now."""
    table = approval_letters
    rows = connection.execute(
        select(table)
        .where(table.c.outgoing, table.c.sent_at.is_(None), table.c.fault.is_(None), table.c.expires_at > now)
        .order_by(table.c.id)
    )
    return tuple(_held(row) for row in rows)


def settle_letter(tx: Connection, letter_id: str, *, at: datetime | None, fault: str | None) -> None:
    """The registry has it (`at`), or would not take it (`fault`)."""
    change = update(approval_letters).where(approval_letters.c.id == letter_id)
    tx.execute(change.values(sent_at=at, fault=fault))


def forget_late_requests(tx: Connection, now: datetime) -> None:
    """Other offices' applicants are nobody's business here once their request can be answered no more."""
    table = approval_letters
    tx.execute(
        delete(table).where(
            table.c.outgoing.is_(False),
            table.c.kind == LetterKind.REQUEST.value,
            table.c.expires_at <= now,
        )
    )


def holds_late_requests(connection: Connection, now: datetime) -> bool:
    """Whether `forget_late_requests` has something to do."""
    table = approval_letters
    found = select(table.c.id).where(
        table.c.outgoing.is_(False), table.c.kind == LetterKind.REQUEST.value, table.c.expires_at <= now
    )
    return connection.execute(found).first() is not None
