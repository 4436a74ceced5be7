"""The blank-card ledger's one writer: an entry is written and the blanks it names are moved, or nothing is.

A range that lies in one place is one entry and one statement, however many blanks it holds; a range that lies in
several places becomes as many entries as it has pieces there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, func, insert, literal, select, update
from uuid6 import uuid7

from workstation import clock
from workstation.database.audit import write_audit
from workstation.database.moves import Actor
from workstation.database.stock_tables import blanks, stock_entries
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason, Refused
from workstation.domain.stock import (
    AT_STATION,
    ENTRIES,
    NAMED_AT_ONCE,
    Entry,
    Place,
    SerialRange,
    name_serials,
    series_format,
)


@dataclass(frozen=True)
class Target:
    """Where an entry leads. `printer_id` names the printer of a load; empty is the station's only one."""

    place: Place
    station_id: str | None = None
    printer_id: str | None = None


@dataclass(frozen=True)
class Act:
    """Who makes the entries and why. `second` is the other person's id; `photo` a blob's SHA-256."""

    by: Actor
    at: datetime
    second: str | None = None
    reason: str | None = None
    box: str | None = None
    photo: str | None = None


@dataclass(frozen=True)
class Piece:
    """Neighbouring blanks that lie together. `came_from` is the place of the newest entry's other side."""

    range: SerialRange
    place: Place
    station_id: str | None
    printer_id: str | None
    job_id: str | None
    came_from: Place


def pieces(connection: Connection, wanted: SerialRange) -> tuple[Piece, ...]:
    """Where the blanks of that range lie, by number; blanks that the ledger does not know are not in it."""
    together = (
        blanks.c.place,
        blanks.c.station_id,
        blanks.c.printer_id,
        blanks.c.job_id,
        stock_entries.c.from_place,
    )
    numbered = (
        select(
            *together,
            blanks.c.number,
            (blanks.c.number - func.row_number().over(partition_by=together, order_by=blanks.c.number)).label(
                "island"
            ),
        )
        .join(stock_entries, stock_entries.c.sequence == blanks.c.entry)
        .where(blanks.c.series == wanted.series, blanks.c.number.between(wanted.first, wanted.last))
        .subquery()
    )
    where = [numbered.c[column.name] for column in together]
    rows = connection.execute(
        select(*where, func.min(numbered.c.number).label("first"), func.max(numbered.c.number).label("last"))
        .group_by(*where, numbered.c.island)
        .order_by(func.min(numbered.c.number))
    )
    return tuple(
        Piece(
            SerialRange(wanted.series, row.first, row.last),
            Place(row.place),
            row.station_id,
            row.printer_id,
            row.job_id,
            Place(row.from_place),
        )
        for row in rows
    )


def receive(tx: Connection, arrived: Iterable[tuple[Entry, SerialRange]], act: Act) -> str:
    """Blanks come from the producer: RECEIVED, SHORT or DAMAGED, range by range. Returns the act's id.

    Raises Refused SERIALS_KNOWN naming those that the ledger has already.
    """
    written = _Writing(tx, act)
    for entry, wanted in arrived:
        known = [
            number
            for (number,) in tx.execute(
                select(blanks.c.number)
                .where(blanks.c.series == wanted.series, blanks.c.number.between(wanted.first, wanted.last))
                .order_by(blanks.c.number)
            )
        ]
        if known:
            serials = series_format(wanted.series)
            raise Refused(
                Reason.SERIALS_KNOWN,
                serials=name_serials(serials.serial(number) for number in known),
                count=len(known),
            )
        (place,) = ENTRIES[entry].targets
        station_id = act.by.station_id if place in AT_STATION else None
        sequence = written.entry(entry, wanted, Place.OUTSIDE, place)
        tx.execute(insert(blanks).from_select(_COLUMNS, _numbers(wanted, place, station_id, sequence)))
    return written.done()


_COLUMNS = ["series", "number", "place", "station_id", "printer_id", "job_id", "entry"]


def _numbers(wanted: SerialRange, place: Place, station_id: str | None, sequence: int) -> Select[object]:
    numbers = select(literal(wanted.first).label("number")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.number + 1).where(numbers.c.number < wanted.last))
    return select(
        literal(wanted.series),
        numbers.c.number,
        literal(place.value),
        literal(station_id, blanks.c.station_id.type),
        literal(None, blanks.c.printer_id.type),
        literal(None, blanks.c.job_id.type),
        literal(sequence),
    )


def move_ranges(
    tx: Connection, entry: Entry, ranges: Iterable[SerialRange], target: Target | None, act: Act
) -> str:
    """Moves every blank of these ranges by one kind of entry. Returns the act's id.

    Without `target` (FOUND) each goes back to where it was missed. Raises Refused BLANKS_ELSEWHERE naming those that
    do not lie where this entry takes from.
    """
    rule = ENTRIES[entry]
    written = _Writing(tx, act)
    for wanted in ranges:
        found = pieces(tx, wanted)
        _require(entry, wanted, found, act)
        for piece in found:
            place = target.place if target is not None else piece.came_from
            if place is Place.OUTSIDE:
                # It came short in its box: what turns up later is put with the others.
                place = Place.SAFE
            if place not in rule.targets:
                raise ValueError(f"{entry.value} does not lead to {place.value}")
            station_id, printer_id = piece.station_id, piece.printer_id
            if target is not None and target.place in (Place.SAFE, Place.DRAWER, Place.PRINTER):
                station_id, printer_id = target.station_id, target.printer_id
            if place in AT_STATION and station_id is None:
                station_id = act.by.station_id
            written.move(entry, piece, place, station_id, printer_id, piece.job_id)
    return written.done()


def _require(entry: Entry, wanted: SerialRange, found: tuple[Piece, ...], act: Act) -> None:
    rule, serials = ENTRIES[entry], series_format(wanted.series)
    own = entry in (Entry.LOADED, Entry.UNLOADED)
    wrong: list[int] = []
    at = wanted.first
    places: dict[str, None] = {}
    for piece in found:
        wrong.extend(range(at, piece.range.first))
        if piece.place not in rule.origins or (own and piece.station_id != act.by.station_id):
            wrong.extend(range(piece.range.first, piece.range.last + 1))
            places[piece.place.value] = None
        at = piece.range.last + 1
    wrong.extend(range(at, wanted.last + 1))
    if wrong:
        raise Refused(
            Reason.BLANKS_ELSEWHERE,
            serials=name_serials(serials.serial(number) for number in wrong[: NAMED_AT_ONCE + 1]),
            count=len(wrong),
            places=", ".join(places) or "unknown",
        )


def move_piece(
    tx: Connection, entry: Entry, piece: Piece, place: Place, act: Act, *, printer_id: str | None, job_id: str
) -> None:
    """One blank on the way of a card's job. Raises Refused BLANKS_ELSEWHERE when it was moved meanwhile."""
    written = _Writing(tx, act)
    kept = None if place is Place.PRINTER else job_id
    written.move(entry, piece, place, piece.station_id, printer_id, kept, job_id=job_id)
    written.done()


class _Writing:
    """The entries of one act; `done` notes them in the audit trail."""

    def __init__(self, tx: Connection, act: Act) -> None:
        self._tx = tx
        self._act = act
        self._id = str(uuid7())
        self._made: list[tuple[Entry, SerialRange, Place]] = []
        self._job_id: str | None = None

    def entry(
        self,
        entry: Entry,
        moved: SerialRange,
        origin: Place,
        place: Place,
        *,
        station_id: str | None = None,
        printer_id: str | None = None,
        job_id: str | None = None,
    ) -> int:
        """Writes the entry alone; returns its sequence."""
        act = self._act
        result = self._tx.execute(
            insert(stock_entries)
            .values(
                act=self._id,
                entry=entry.value,
                series=moved.series,
                first=moved.first,
                last=moved.last,
                count=moved.count,
                from_place=origin.value,
                to_place=place.value,
                station_id=station_id or act.by.station_id,
                printer_id=printer_id,
                job_id=job_id,
                box=act.box,
                reason=act.reason,
                photo=act.photo,
                at=act.at,
                day=clock.office_day(act.at).isoformat(),
                by=act.by.id,
                second=act.second,
            )
            .returning(stock_entries.c.sequence)
        )
        self._made.append((entry, moved, place))
        self._job_id = job_id
        return int(result.scalar_one())

    def move(
        self,
        entry: Entry,
        piece: Piece,
        place: Place,
        station_id: str | None,
        printer_id: str | None,
        kept: str | None,
        *,
        job_id: str | None = None,
    ) -> None:
        """Writes the entry and moves its blanks, all of them."""
        moved = piece.range
        sequence = self.entry(
            entry,
            moved,
            piece.place,
            place,
            # Leaving a station for the safe is an entry of that station.
            station_id=station_id or piece.station_id,
            printer_id=printer_id or piece.printer_id,
            job_id=job_id or piece.job_id,
        )
        done = self._tx.execute(
            update(blanks)
            .where(
                blanks.c.series == moved.series,
                blanks.c.number.between(moved.first, moved.last),
                blanks.c.place == piece.place.value,
            )
            .values(
                place=place.value,
                station_id=station_id,
                printer_id=printer_id,
                job_id=kept,
                entry=sequence,
            )
        )
        if done.rowcount != moved.count:
            # Another station was quicker; nothing of this act stays.
            raise Refused(
                Reason.BLANKS_ELSEWHERE, serials=moved.text, count=moved.count, places=piece.place.value
            )

    def done(self) -> str:
        act = self._act
        for entry, moved, place in self._made:
            write_audit(
                self._tx,
                AuditTag.STOCK_ENTRY,
                at=act.at,
                actor=act.by.id,
                station_id=act.by.station_id,
                object_id=self._job_id or self._id,
                entry=entry.value,
                first=moved.first_serial,
                last=moved.last_serial,
                count=moved.count,
                to=place.value,
                confirmed_by=act.second,
            )
        return self._id
