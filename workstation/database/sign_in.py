"""Attempts to sign in, counted before their outcome is known, and what each operator's access is bound to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from workstation.database.sign_in_tables import operator_access, sign_in_counts
from workstation.database.tables import audit


@dataclass(frozen=True)
class AttemptCount:
    """`failures` attempts that were not seen to succeed; after the last one nobody may try for `wait_seconds`.

    The wait is counted in seconds that a computer has been `running` in the run named `boot` (workstation.clock).
    """

    subject: str
    failures: int = 0
    wait_seconds: int = 0
    boot: str = ""
    running: float = 0.0


@dataclass(frozen=True)
class Access:
    """`must_change`: the password is a one-time one. `valid_until`: the last day of the office with a sign-in."""

    must_change: bool = False
    valid_until: date | None = None


def attempt_count(tx: Connection, subject: str) -> AttemptCount:
    """What is counted for `subject`, its row held until the transaction ends; made when there is none yet."""
    counts = sign_in_counts
    query = select(counts).where(counts.c.subject == subject).with_for_update()
    row = tx.execute(query).first()
    if row is None:
        try:
            with tx.begin_nested():
                fresh = insert(counts).values(
                    subject=subject, failures=0, wait_seconds=0, boot="", running=0.0
                )
                tx.execute(fresh)
        except IntegrityError:
            # Another station was first; its row is the one that counts.
            pass
        row = tx.execute(query).one()
    return AttemptCount(row.subject, row.failures, row.wait_seconds, row.boot, row.running)


def keep_attempt_count(tx: Connection, count: AttemptCount) -> None:
    """Writes what is counted now; the row was made by attempt_count."""
    tx.execute(
        update(sign_in_counts)
        .where(sign_in_counts.c.subject == count.subject)
        .values(
            failures=count.failures,
            wait_seconds=count.wait_seconds,
            boot=count.boot,
            running=count.running,
        )
    )


def attempt_counts(connection: Connection) -> dict[str, AttemptCount]:
    """Everything that is counted, by subject."""
    rows = connection.execute(select(sign_in_counts))
    return {
        row.subject: AttemptCount(row.subject, row.failures, row.wait_seconds, row.boot, row.running)
        for row in rows
    }


def access_of(connection: Connection, operator_id: str) -> Access:
    """What that operator's access is bound to; nothing for who was added without."""
    row = connection.execute(
        select(operator_access).where(operator_access.c.operator_id == operator_id)
    ).first()
    if row is None:
        return Access()
    return Access(row.must_change, date.fromisoformat(row.valid_until) if row.valid_until else None)


def keep_access(tx: Connection, operator_id: str, access: Access) -> None:
    """Binds that operator's access."""
    until = access.valid_until.isoformat() if access.valid_until else None
    values = {"must_change": access.must_change, "valid_until": until}
    known = operator_access.c.operator_id == operator_id
    if tx.execute(update(operator_access).where(known).values(**values)).rowcount == 0:
        tx.execute(insert(operator_access).values(operator_id=operator_id, **values))


def latest_time(connection: Connection) -> datetime | None:
    """The time of the trail's newest entry, or None before the first."""
    newest = select(audit.c.at).order_by(audit.c.sequence.desc()).limit(1)
    at: datetime | None = connection.execute(newest).scalar_one_or_none()
    return at
