"""Fees that were paid: one receipt for an application, its number from a counter of the station's office day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Integer,
    String,
    Table,
    insert,
    select,
    update,
)

from workstation.database.backup_records import first_free
from workstation.database.tables import UtcTime, metadata

receipts = Table(
    "receipts",
    metadata,
    Column("number", String(40), primary_key=True),
    Column("application_id", String(36), ForeignKey("applications.id"), nullable=False, unique=True),
    Column("amount", Integer, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("taken_at", UtcTime, nullable=False),
    Column("taken_by", String(36), ForeignKey("operators.id"), nullable=False),
    CheckConstraint("amount > 0", name="amount_positive"),
)
receipt_numbering = Table(
    "receipt_numbering",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("last", Integer, nullable=False),
)


@dataclass(frozen=True)
class Receipt:
    """What was paid, in whole units of `currency`."""

    number: str
    amount: int
    currency: str
    taken_at: datetime


def next_receipt_ordinal(tx: Connection, day: date) -> int:
    """The next receipt of that office day, from 1; never given twice."""
    key = day.isoformat()
    last = tx.execute(
        select(receipt_numbering.c.last).where(receipt_numbering.c.day == key)
    ).scalar_one_or_none()
    if last is None:
        given = first_free(tx, day)
        tx.execute(insert(receipt_numbering).values(day=key, last=given))
        return given
    given = max(int(last) + 1, first_free(tx, day))
    tx.execute(update(receipt_numbering).where(receipt_numbering.c.day == key).values(last=given))
    return given


def add_receipt(tx: Connection, application_id: str, receipt: Receipt, *, by: str) -> None:
    """Keeps what was paid for the application."""
    tx.execute(
        insert(receipts).values(
            number=receipt.number,
            application_id=application_id,
            amount=receipt.amount,
            currency=receipt.currency,
            taken_at=receipt.taken_at,
            taken_by=by,
        )
    )


def receipt_of(connection: Connection, application_id: str) -> Receipt | None:
    """What was paid for the application, or None."""
    row = connection.execute(
        select(receipts.c.number, receipts.c.amount, receipts.c.currency, receipts.c.taken_at).where(
            receipts.c.application_id == application_id
        )
    ).first()
    return None if row is None else Receipt(row.number, row.amount, row.currency, row.taken_at)
