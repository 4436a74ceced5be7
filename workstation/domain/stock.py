"""Blank cards: their serials, the places one can be in, and the entries that move blanks between places.

Every blank is in exactly one place. `ENTRIES` is the whole ledger's grammar: nothing moves a blank but an entry, and an
entry leads only from and to the places that its row names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workstation.domain.refused import Reason, Refused

LONGEST_RANGE = 100_000  # blanks in one entry; more is a slip of the hand
NAMED_AT_ONCE = 20  # serials named in a refusal or an entry of the trail; the rest is counted


class Place(StrEnum):
    """Where a blank is. OUTSIDE is the producer: what is there is not in the ledger yet."""

    OUTSIDE = "outside"
    SAFE = "safe"
    DRAWER = "drawer"
    PRINTER = "printer"
    BOOKED = "booked"
    PRINTED = "printed"
    SPOILED = "spoiled"
    VOID = "void"
    ISSUED = "issued"
    RETURNED = "returned"
    DESTROYED = "destroyed"
    MISSING = "missing"


# What lies in the office and can be counted there.
COUNTED = (
    Place.SAFE,
    Place.DRAWER,
    Place.PRINTER,
    Place.BOOKED,
    Place.PRINTED,
    Place.SPOILED,
    Place.VOID,
)
# What two people count at the end of the day, and which places of the ledger lie there: what is booked is still in the
# printer. The safe is the office's; the rest is the station's own.
COUNT_PLACES: dict[Place, frozenset[Place]] = {
    Place.SAFE: frozenset({Place.SAFE}),
    Place.DRAWER: frozenset({Place.DRAWER}),
    Place.PRINTER: frozenset({Place.PRINTER, Place.BOOKED}),
    Place.PRINTED: frozenset({Place.PRINTED}),
    Place.SPOILED: frozenset({Place.SPOILED}),
    Place.VOID: frozenset({Place.VOID}),
}
# What belongs to one station; the safe is the whole office's.
AT_STATION = frozenset(
    {Place.DRAWER, Place.PRINTER, Place.BOOKED, Place.PRINTED, Place.SPOILED, Place.VOID, Place.ISSUED}
)


class Entry(StrEnum):
    """Each kind of entry; the names are kept in the ledger."""

    RECEIVED = "received"
    SHORT = "short"
    DAMAGED = "damaged"
    TO_STATION = "to_station"
    TO_SAFE = "to_safe"
    LOADED = "loaded"
    UNLOADED = "unloaded"
    BOOKED = "booked"
    MOVED = "moved"
    RELEASED = "released"
    PRINTED = "printed"
    SPOILED = "spoiled"
    VOIDED = "voided"
    ISSUED = "issued"
    RETURNED = "returned"
    DESTROYED = "destroyed"
    MISSED = "missed"
    FOUND = "found"


class Difference(StrEnum):
    """How a counted place differs: a blank is not there; one is there that the ledger has elsewhere, or not at all."""

    ABSENT = "absent"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class EntryRule:
    """One row: whence a range of blanks may be taken, whence only the work on a card takes its own one, and whereto.
    FOUND leads back to where the blank was missed."""

    origins: frozenset[Place]
    of_job: frozenset[Place]
    targets: frozenset[Place]


def _rule(origins: Iterable[Place], *targets: Place, of_job: Iterable[Place] = ()) -> EntryRule:
    return EntryRule(frozenset(origins), frozenset(of_job), frozenset(targets))


_CARD = {Place.BOOKED, Place.PRINTED}

ENTRIES: Mapping[Entry, EntryRule] = {
    Entry.RECEIVED: _rule({Place.OUTSIDE}, Place.SAFE),
    # The delivery note names it, the box does not hold it.
    Entry.SHORT: _rule({Place.OUTSIDE}, Place.MISSING),
    Entry.DAMAGED: _rule({Place.OUTSIDE}, Place.SPOILED),
    Entry.TO_STATION: _rule({Place.SAFE}, Place.DRAWER),
    Entry.TO_SAFE: _rule({Place.DRAWER}, Place.SAFE),
    Entry.LOADED: _rule({Place.DRAWER}, Place.PRINTER),
    Entry.UNLOADED: _rule({Place.PRINTER}, Place.DRAWER),
    Entry.BOOKED: _rule((), Place.BOOKED, of_job={Place.PRINTER}),
    Entry.MOVED: _rule((), Place.BOOKED, of_job={Place.BOOKED}),
    Entry.RELEASED: _rule((), Place.PRINTER, of_job={Place.BOOKED}),
    Entry.PRINTED: _rule((), Place.PRINTED, of_job={Place.BOOKED}),
    Entry.SPOILED: _rule({Place.SAFE, Place.DRAWER, Place.PRINTER}, Place.SPOILED, of_job=_CARD),
    Entry.VOIDED: _rule((), Place.VOID, of_job={*_CARD, Place.ISSUED}),
    Entry.ISSUED: _rule((), Place.ISSUED, of_job={Place.PRINTED}),
    Entry.RETURNED: _rule(
        {Place.SAFE, Place.SPOILED, Place.VOID}, Place.RETURNED, of_job={Place.PRINTED, Place.VOID}
    ),
    Entry.DESTROYED: _rule(
        {Place.SPOILED, Place.VOID}, Place.DESTROYED, of_job={Place.PRINTED, Place.SPOILED, Place.VOID}
    ),
    Entry.MISSED: _rule(COUNTED, Place.MISSING),
    Entry.FOUND: _rule({Place.MISSING}, *COUNTED),
}


def _luhn(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def _weights_731(digits: str) -> str:
    return str(sum(int(digit) * (7, 3, 1)[place % 3] for place, digit in enumerate(digits)) % 10)


# "luhn": ISO/IEC 7812-1 annex B; "731": the weights of ICAO Doc 9303-3, 4.9, over the digits alone.
_CHECKS = {"none": lambda _digits: "", "luhn": _luhn, "731": _weights_731}


@dataclass(frozen=True)
class SerialFormat:
    """How the producer numbers blanks: `prefix`, then `digits` digits, then the check digit of `check`.

    ValueError, saying which part, for one that cannot be.
    """

    prefix: str = "LC"
    digits: int = 8
    check: str = "luhn"

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Z0-9]{0,6}", self.prefix):
            raise ValueError("blank_serials: prefix")
        if type(self.digits) is not int or not 4 <= self.digits <= 9:
            raise ValueError("blank_serials: digits outside 4 to 9")
        if self.check not in _CHECKS:
            raise ValueError("blank_serials: check")

    @property
    def series(self) -> str:
        """The name under which the ledger keeps numbers of this format apart from those of any other."""
        return f"{self.prefix}-{self.digits}-{self.check}"

    def serial(self, number: int) -> str:
        """The serial as it stands on the blank."""
        digits = f"{number:0{self.digits}d}"
        return self.prefix + digits + _CHECKS[self.check](digits)

    def number(self, text: str) -> int:
        """The number of a serial that was typed or scanned. Raises Refused SERIAL_UNREADABLE."""
        serial = re.sub(r"[\s-]", "", text).upper()
        body = serial.removeprefix(self.prefix)[: self.digits]
        readable = body.isascii() and body.isdigit() and len(body) == self.digits
        if not readable or self.serial(int(body)) != serial:
            raise Refused(Reason.SERIAL_UNREADABLE, serial=text.strip()[:40], example=self.serial(1))
        return int(body)


def series_format(series: str) -> SerialFormat:
    """The format of a series that the ledger holds."""
    prefix, digits, check = series.rsplit("-", 2)
    return SerialFormat(prefix, int(digits), check)


def read_serial_format(data: Mapping[str, Any]) -> SerialFormat:
    """The `blank_serials` of a policy document. Raises ValueError, TypeError."""
    return SerialFormat(**data)


@dataclass(frozen=True, order=True)
class SerialRange:
    """`first` to `last`, both included, of one series."""

    series: str
    first: int
    last: int

    def __post_init__(self) -> None:
        if not 0 <= self.first <= self.last:
            raise ValueError("a range that ends before it begins")

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def first_serial(self) -> str:
        return series_format(self.series).serial(self.first)

    @property
    def last_serial(self) -> str:
        return series_format(self.series).serial(self.last)

    @property
    def text(self) -> str:
        """As it is written on a box: one serial, or the first and the last."""
        return self.first_serial if self.count == 1 else f"{self.first_serial} – {self.last_serial}"


def ranges_of(series: str, numbers: Iterable[int]) -> tuple[SerialRange, ...]:
    """The fewest ranges that hold exactly these numbers."""
    found: list[SerialRange] = []
    for number in sorted(set(numbers)):
        if found and found[-1].last + 1 == number:
            found[-1] = SerialRange(series, found[-1].first, number)
        else:
            found.append(SerialRange(series, number, number))
    return tuple(found)


def read_range(serials: SerialFormat, first: str, last: str = "") -> SerialRange:
    """What was typed or scanned as first and last serial; without a last one it is a single blank.

    Raises Refused SERIAL_UNREADABLE, RANGE_REVERSED, RANGE_TOO_LONG.
    """
    begin = serials.number(first)
    end = serials.number(last) if last.strip() else begin
    if end < begin:
        raise Refused(Reason.RANGE_REVERSED, first=serials.serial(begin), last=serials.serial(end))
    if end - begin >= LONGEST_RANGE:
        raise Refused(Reason.RANGE_TOO_LONG, count=end - begin + 1, most=LONGEST_RANGE)
    return SerialRange(serials.series, begin, end)


def name_serials(serials: Iterable[str]) -> str:
    """Serials for a sentence: the first ones by name, how many more there are."""
    listed = list(serials)
    more = len(listed) - NAMED_AT_ONCE
    return ", ".join(listed[:NAMED_AT_ONCE]) + (f" … +{more}" if more > 0 else "")
