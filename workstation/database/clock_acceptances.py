"""How far the trail says that time has come, and the times that two people declared right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Integer,
    String,
    Table,
    func,
    insert,
    select,
)

from workstation.database.tables import UtcTime, audit, metadata

clock_acceptances = Table(
    "clock_acceptances",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("station_id", String(36), nullable=False, index=True),
    Column("boot", String(36), nullable=False),
    Column("running", Float, nullable=False),
    Column("moment", UtcTime, nullable=False),
    Column("computer_clock", UtcTime, nullable=False),
    Column("steers", Boolean, nullable=False),
    Column("audit_sequence", Integer, nullable=False),
    Column("accepted_by", String(36), ForeignKey("operators.id"), nullable=False),
    Column("confirmed_by", String(36), ForeignKey("operators.id"), nullable=False),
)


@dataclass(frozen=True)
class ClockAcceptance:
    """Two people said that it was `moment` when the computer had been `running` that many seconds since `boot`.

    `steers`: the computer's own clock (`computer_clock`) was wrong, so time is counted from `moment` until the next
    boot. Entries of the trail up to `audit_sequence` no longer say how late it must be.
    """

    id: str
    station_id: str
    boot: str
    running: float
    moment: datetime
    computer_clock: datetime
    steers: bool
    audit_sequence: int
    accepted_by: str
    confirmed_by: str


def add_acceptance(tx: Connection, acceptance: ClockAcceptance) -> None:
    """Keeps what two people declared."""
    tx.execute(insert(clock_acceptances).values(**vars(acceptance)))


def last_acceptance(connection: Connection, station_id: str) -> ClockAcceptance | None:
    """The newest of this station, or None."""
    row = connection.execute(
        select(clock_acceptances)
        .where(clock_acceptances.c.station_id == station_id)
        .order_by(clock_acceptances.c.audit_sequence.desc())
        .limit(1)
    ).first()
    return None if row is None else ClockAcceptance(**row._asdict())


def last_sequence(connection: Connection) -> int:
    """The number of the newest entry of the trail; 0 for an empty one."""
    return int(connection.execute(select(func.coalesce(func.max(audit.c.sequence), 0))).scalar_one())


def latest_entry(connection: Connection, station_id: str, after_sequence: int) -> datetime | None:
    """The latest time that an entry of this station bears, among those written after that number; None without any."""
    return connection.execute(
        select(audit.c.at)
        .where(audit.c.station_id == station_id, audit.c.sequence > after_sequence)
        .order_by(audit.c.at.desc())
        .limit(1)
    ).scalar_one_or_none()
