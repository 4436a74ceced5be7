"""Pre-registrations as they arrived, and the application that each was opened into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    insert,
    select,
    update,
)

from workstation.database.tables import UtcTime, applications, metadata
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.pre_registration import PreRegistration, from_bytes, to_bytes

pre_registrations = Table(
    "pre_registrations",
    metadata,
    Column("number", String(40), primary_key=True),
    Column("document", LargeBinary),
    Column("expires", String(10)),
    Column("appointment", String(10)),
    Column("withdrawn", Boolean, nullable=False),
    Column("arrived_at", UtcTime),
    Column("application_id", String(36), ForeignKey("applications.id")),
    Column("opened_at", UtcTime),
    Column("opened_by", String(36), ForeignKey("operators.id")),
    CheckConstraint("(application_id IS NULL) = (opened_at IS NULL)", name="opened_whole"),
    UniqueConstraint("application_id"),
    Index("ix_pre_registrations_appointment", "appointment"),
    Index("ix_pre_registrations_expires", "expires"),
)


@dataclass(frozen=True)
class HeldPreRegistration:
    """What this office holds under a number.

    `record` is None when nothing arrived, or its time is over, or it was withdrawn; `expires` outlives it.
    `application_id` and `application_number` name the application that it was opened into.
    """

    number: str
    record: PreRegistration | None
    expires: date | None
    withdrawn: bool
    application_id: str | None
    application_number: str


def pre_registration(connection: Connection, number: str) -> HeldPreRegistration | None:
    """What is held under that number (PR-...), or None."""
    row = connection.execute(
        select(
            pre_registrations.c.document,
            pre_registrations.c.expires,
            pre_registrations.c.withdrawn,
            pre_registrations.c.application_id,
            applications.c.number,
        )
        .outerjoin(applications, applications.c.id == pre_registrations.c.application_id)
        .where(pre_registrations.c.number == number)
    ).first()
    if row is None:
        return None
    return HeldPreRegistration(
        number,
        None if row.document is None else _read(bytes(row.document)),
        None if row.expires is None else date.fromisoformat(row.expires),
        row.withdrawn,
        row.application_id,
        row.number or "",
    )


def _read(document: bytes) -> PreRegistration | None:
    try:
        return from_bytes(document)
    except MessageDamaged:
        # Its rules may have grown stricter since it arrived: it is as if it had not.
        return None


def keep_arrived(tx: Connection, record: PreRegistration, *, at: datetime) -> bool:
    """Keeps what arrived, in place of an earlier arrival; False and nothing kept once it was opened."""
    held = tx.execute(
        select(pre_registrations.c.application_id).where(pre_registrations.c.number == record.number)
    ).first()
    values = {
        "document": to_bytes(record),
        "expires": record.expires.isoformat(),
        "appointment": None if record.appointment is None else record.appointment.isoformat(),
        "withdrawn": False,
        "arrived_at": at,
    }
    if held is None:
        tx.execute(insert(pre_registrations).values(number=record.number, **values))
    elif held.application_id is not None:
        return False
    else:
        tx.execute(
            update(pre_registrations).where(pre_registrations.c.number == record.number).values(**values)
        )
    return True


def keep_withdrawn(tx: Connection, number: str, *, at: datetime) -> bool:
    """It may no longer be opened, and what it said is forgotten; False once it was opened: that stays."""
    held = tx.execute(
        select(pre_registrations.c.application_id).where(pre_registrations.c.number == number)
    ).first()
    if held is None:
        tx.execute(insert(pre_registrations).values(number=number, withdrawn=True, arrived_at=at))
    elif held.application_id is not None:
        return False
    else:
        tx.execute(
            update(pre_registrations)
            .where(pre_registrations.c.number == number)
            .values(withdrawn=True, document=None, appointment=None)
        )
    return True


def keep_opened(tx: Connection, number: str, application_id: str, *, by: str, at: datetime) -> None:
    """From now on that number leads to this application, also when nothing arrived under it yet."""
    values = {"application_id": application_id, "opened_at": at, "opened_by": by}
    held = tx.execute(select(pre_registrations.c.number).where(pre_registrations.c.number == number)).first()
    if held is None:
        tx.execute(insert(pre_registrations).values(number=number, withdrawn=False, **values))
    else:
        tx.execute(update(pre_registrations).where(pre_registrations.c.number == number).values(**values))


def expected_on(connection: Connection, day: date, most: int) -> tuple[PreRegistration, ...]:
    """Whoever means to come that day and was not opened yet, by number; at most `most`."""
    rows = connection.execute(
        select(pre_registrations.c.document)
        .where(
            pre_registrations.c.appointment == day.isoformat(),
            pre_registrations.c.application_id.is_(None),
            pre_registrations.c.document.is_not(None),
            pre_registrations.c.expires >= day.isoformat(),
        )
        .order_by(pre_registrations.c.number)
        .limit(most)
    ).scalars()
    return tuple(record for document in rows if (record := _read(bytes(document))) is not None)


def has_expired(connection: Connection, today: date) -> bool:
    """Whether `forget_expired` has something to do."""
    return connection.execute(_expired(today).limit(1)).first() is not None


def forget_expired(tx: Connection, today: date) -> None:
    """Whose time is over loses what it said; number, day and application stay."""
    tx.execute(
        update(pre_registrations)
        .where(pre_registrations.c.number.in_(_expired(today)))
        .values(document=None, appointment=None)
    )


def _expired(today: date):  # type: ignore[no-untyped-def]  # SQLAlchemy's Select names its columns in its type
    return select(pre_registrations.c.number).where(
        pre_registrations.c.expires < today.isoformat(), pre_registrations.c.document.is_not(None)
    )
