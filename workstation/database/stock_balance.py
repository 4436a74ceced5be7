"""What the ledger of blanks says: how many lie where, which ranges, what moved on a day, what was spoiled on which
printer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from workstation.database.stock_tables import blanks, stock_entries
from workstation.domain.stock import Entry, Place, SerialRange


@dataclass(frozen=True)
class Holding:
    """So many blanks lie there. `station_id` is None in the safe; `printer_id` where no printer was named."""

    place: Place
    station_id: str | None
    printer_id: str | None
    count: int


@dataclass(frozen=True)
class LedgerEntry:
    """One entry as it was made; `by` and `second` are operators' ids."""

    sequence: int
    act: str
    entry: Entry
    range: SerialRange
    origin: Place
    target: Place
    station_id: str
    printer_id: str | None
    job_id: str | None
    box: str | None
    reason: str | None
    photo: str | None
    at: datetime
    day: str
    by: str
    second: str | None


@dataclass(frozen=True)
class Spoilage:
    """What one printer made in the time asked for; `printer_id` None: no printer was named, or none was in it."""

    printer_id: str | None
    printed: int
    spoiled: int

    @property
    def rate(self) -> float:
        """Spoiled among all that were printed or spoiled, 0 to 1."""
        return self.spoiled / max(1, self.printed + self.spoiled)


def next_number(connection: Connection, series: str) -> int:
    """One more than the highest number of that series in the ledger; 1 before the first."""
    highest = connection.execute(select(func.max(blanks.c.number)).where(blanks.c.series == series))
    return int(highest.scalar_one() or 0) + 1


def holdings(connection: Connection) -> tuple[Holding, ...]:
    """Every blank of the ledger, counted by where it is."""
    where = (blanks.c.place, blanks.c.station_id, blanks.c.printer_id)
    rows = connection.execute(select(*where, func.count()).group_by(*where).order_by(*where))
    return tuple(
        Holding(Place(place), station_id, printer_id, count) for place, station_id, printer_id, count in rows
    )


def ranges_at(
    connection: Connection, place: Place, station_id: str | None = None, *, limit: int = 200
) -> tuple[SerialRange, ...]:
    """The serials that lie there, as ranges, the first ones first; `station_id` None: wherever it is."""
    numbered = select(
        blanks.c.series,
        blanks.c.number,
        (
            blanks.c.number - func.row_number().over(partition_by=blanks.c.series, order_by=blanks.c.number)
        ).label("island"),
    ).where(blanks.c.place == place.value)
    if station_id is not None:
        numbered = numbered.where(blanks.c.station_id == station_id)
    there = numbered.subquery()
    rows = connection.execute(
        select(there.c.series, func.min(there.c.number), func.max(there.c.number))
        .group_by(there.c.series, there.c.island)
        .order_by(there.c.series, func.min(there.c.number))
        .limit(limit)
    )
    return tuple(SerialRange(series, first, last) for series, first, last in rows)


def _entries(rows: Sequence[Any]) -> tuple[LedgerEntry, ...]:
    return tuple(
        LedgerEntry(
            row.sequence,
            row.act,
            Entry(row.entry),
            SerialRange(row.series, row.first, row.last),
            Place(row.from_place),
            Place(row.to_place),
            row.station_id,
            row.printer_id,
            row.job_id,
            row.box,
            row.reason,
            row.photo,
            row.at,
            row.day,
            row.by,
            row.second,
        )
        for row in rows
    )


def _between(first_day: str, last_day: str) -> ColumnElement[bool]:
    return and_(stock_entries.c.day >= first_day, stock_entries.c.day <= last_day)


def entries_between(
    connection: Connection, first_day: str, last_day: str, *, limit: int = 10_000
) -> tuple[LedgerEntry, ...]:
    """The entries of these office days (ISO 8601), both included, the newest first."""
    rows = connection.execute(
        select(stock_entries)
        .where(_between(first_day, last_day))
        .order_by(stock_entries.c.sequence.desc())
        .limit(limit)
    ).all()
    return _entries(rows)


def entries_of_blank(connection: Connection, series: str, number: int) -> tuple[LedgerEntry, ...]:
    """Everything that happened to one blank, oldest first."""
    rows = connection.execute(
        select(stock_entries)
        .where(
            stock_entries.c.series == series,
            stock_entries.c.last >= number,
            stock_entries.c.first <= number,
        )
        .order_by(stock_entries.c.sequence)
    ).all()
    return _entries(rows)


def entry_photo(connection: Connection, sequence: int) -> str | None:
    """The SHA-256 of the picture that was kept with that entry; None without one."""
    return connection.execute(
        select(stock_entries.c.photo).where(stock_entries.c.sequence == sequence)
    ).scalar_one_or_none()


def spoilage(connection: Connection, first_day: str, last_day: str) -> tuple[Spoilage, ...]:
    """By printer: cards printed and blanks spoiled or voided there on these days."""

    def blanks_of(*entries: Entry) -> ColumnElement[int]:
        named = stock_entries.c.entry.in_([entry.value for entry in entries])
        return func.coalesce(func.sum(case((named, stock_entries.c.count), else_=0)), 0)

    bad = (Entry.SPOILED, Entry.VOIDED)
    rows = connection.execute(
        select(stock_entries.c.printer_id, blanks_of(Entry.PRINTED), blanks_of(*bad))
        .where(
            _between(first_day, last_day),
            stock_entries.c.entry.in_([entry.value for entry in (Entry.PRINTED, *bad)]),
        )
        .group_by(stock_entries.c.printer_id)
        .order_by(stock_entries.c.printer_id)
    )
    return tuple(Spoilage(printer_id, int(printed), int(spoiled)) for printer_id, printed, spoiled in rows)
