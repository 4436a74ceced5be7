"""Day-end counts as stored: what was expected and counted at each place, which serials differed, what ended that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, insert, or_, select, update
from uuid6 import uuid7

from workstation import clock
from workstation.database.stock_ledger import Act
from workstation.database.stock_tables import blanks, stock_count_lines, stock_counts, stock_differences
from workstation.domain.stock import COUNT_PLACES, Difference, Place, SerialRange, series_format


@dataclass(frozen=True)
class CountedPlace:
    """One place of one count."""

    place: Place
    expected: int
    counted: int


@dataclass(frozen=True)
class HeldDifference:
    """One serial that did not lie where the ledger says, since the count of that day."""

    count_id: str
    day: str
    series: str
    number: int
    kind: Difference
    place: Place

    @property
    def serial(self) -> str:
        return series_format(self.series).serial(self.number)


@dataclass(frozen=True)
class HeldCount:
    """A count that was closed. `by` and `second` are operators' ids."""

    id: str
    day: str
    balanced: bool
    explanation: str
    at: datetime
    by: str
    second: str


def numbers_at(connection: Connection, counted: Place, station_id: str) -> set[tuple[str, int]]:
    """Series and number of every blank that the ledger has at a place that is counted (COUNT_PLACES)."""
    there = select(blanks.c.series, blanks.c.number).where(
        blanks.c.place.in_([place.value for place in COUNT_PLACES[counted]])
    )
    if counted is not Place.SAFE:
        there = there.where(blanks.c.station_id == station_id)
    return {(series, number) for series, number in connection.execute(there)}


def places_of(
    connection: Connection, blanks_asked: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], Place]:
    """Where the ledger has each of these; what it does not know is left out."""
    found = {}
    for series, number in blanks_asked:
        place = connection.execute(
            select(blanks.c.place).where(blanks.c.series == series, blanks.c.number == number)
        ).scalar_one_or_none()
        if place is not None:
            found[series, number] = Place(place)
    return found


def keep_count(
    tx: Connection,
    lines: Iterable[CountedPlace],
    differing: Iterable[tuple[str, int, Difference, Place]],
    act: Act,
) -> str:
    """Closes a count; what the counts before it left open is settled by this one. Returns its id."""
    assert act.second is not None
    count_id = str(uuid7())
    found = list(differing)
    tx.execute(
        insert(stock_counts).values(
            id=count_id,
            day=clock.office_day(act.at).isoformat(),
            station_id=act.by.station_id,
            balanced=not found,
            explanation=act.reason or "",
            at=act.at,
            by=act.by.id,
            second=act.second,
        )
    )
    earlier = select(stock_counts.c.id).where(stock_counts.c.station_id == act.by.station_id)
    tx.execute(
        update(stock_differences)
        .where(stock_differences.c.settled_by.is_(None), stock_differences.c.count_id.in_(earlier))
        .values(settled_by=count_id)
    )
    tx.execute(
        insert(stock_count_lines),
        [
            {
                "count_id": count_id,
                "place": line.place.value,
                "expected": line.expected,
                "counted": line.counted,
            }
            for line in lines
        ],
    )
    if found:
        tx.execute(
            insert(stock_differences),
            [
                {
                    "count_id": count_id,
                    "series": series,
                    "number": number,
                    "kind": kind.value,
                    "place": place.value,
                }
                for series, number, kind, place in found
            ],
        )
    return count_id


def settle_differences(tx: Connection, moved: Iterable[SerialRange], act_id: str) -> None:
    """The ledger now says something else of these blanks: what was open about them is over."""
    named = [
        and_(
            stock_differences.c.series == one.series, stock_differences.c.number.between(one.first, one.last)
        )
        for one in moved
    ]
    tx.execute(
        update(stock_differences)
        .where(stock_differences.c.settled_by.is_(None), or_(*named))
        .values(settled_by=act_id)
    )


def open_differences(connection: Connection, station_id: str) -> tuple[HeldDifference, ...]:
    """What the last counts of this station left open, by place and serial."""
    rows = connection.execute(
        select(stock_differences, stock_counts.c.day)
        .join(stock_counts, stock_counts.c.id == stock_differences.c.count_id)
        .where(stock_differences.c.settled_by.is_(None), stock_counts.c.station_id == station_id)
        .order_by(stock_differences.c.place, stock_differences.c.series, stock_differences.c.number)
    )
    return tuple(
        HeldDifference(
            row.count_id,
            row.day,
            row.series,
            row.number,
            Difference(row.kind),
            Place(row.place),
        )
        for row in rows
    )


def last_count(connection: Connection, station_id: str) -> HeldCount | None:
    """The newest count of this station, or None before the first."""
    row = connection.execute(
        select(stock_counts)
        .where(stock_counts.c.station_id == station_id)
        .order_by(stock_counts.c.at.desc(), stock_counts.c.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    return HeldCount(row.id, row.day, row.balanced, row.explanation, row.at, row.by, row.second)
