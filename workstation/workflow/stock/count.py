"""The day-end count: two people count every place, and the program names the serials that do not lie where they should.

A number that agrees is enough. Where it differs the serials that lie there are scanned; what differs then is named, and
what remains is explained and signed by both. It is never hidden: the next day opens with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.moves import Actor
from workstation.database.policies import policy_in_force
from workstation.database.stock_counts import CountedPlace, keep_count, numbers_at, places_of
from workstation.database.stock_ledger import Act
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stock import COUNT_PLACES, Difference, Place, name_serials, read_range, series_format
from workstation.workflow.office import Office, SignedIn, acting
from workstation.workflow.stock.witness import SecondPerson, write_by_two

_Number = tuple[str, int]


@dataclass(frozen=True)
class Counted:
    """What two people found at one place: how many, or the serials as (first, last) of each range, last "" for one."""

    place: Place
    number: int
    serials: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True)
class Differing:
    """One serial that does not lie where the ledger says: `place` is where it is missed or was found, `ledger` where
    the ledger has it (None: nowhere)."""

    serial: str
    kind: Difference
    place: Place
    ledger: Place | None


@dataclass(frozen=True)
class Comparison:
    """`unscanned` are the places whose number differs and whose serials nobody has scanned yet."""

    lines: tuple[CountedPlace, ...]
    unscanned: tuple[Place, ...]
    differing: tuple[Differing, ...]

    @property
    def balances(self) -> bool:
        return not self.unscanned and not self.differing


def compare(office: Office, who: SignedIn, counted: tuple[Counted, ...]) -> Comparison:
    """What the ledger says to these numbers, before anything is signed. Raises Refused SERIAL_UNREADABLE,
    RANGE_REVERSED, RANGE_TOO_LONG."""

    def query(connection: Connection) -> Comparison:
        acting(connection, office, who, Verb.STOCK_COUNT)
        return _compared(connection, office.station.id, counted)[0]

    return office.store.read(query)


def close_count(
    office: Office,
    who: SignedIn,
    counted: tuple[Counted, ...],
    second: SecondPerson,
    explanation: str = "",
) -> Comparison:
    """Both sign the count. Every place is counted, also an empty one.

    Raises Refused COUNT_SERIALS_NEEDED (a number differs and its serials were not scanned, or a place was left out),
    COUNT_DIFFERS (serials differ and nobody explained it), and as `write_by_two`.
    """

    def verb(tx: Connection, actor: Actor, witness: str) -> Comparison:
        found, rows = _compared(tx, actor.station_id, counted)
        left_out = set(COUNT_PLACES) - {line.place for line in counted}
        if found.unscanned or left_out:
            places = ", ".join(sorted({*found.unscanned, *left_out}))
            raise Refused(Reason.COUNT_SERIALS_NEEDED, places=places)
        if found.differing and not explanation.strip():
            raise Refused(
                Reason.COUNT_DIFFERS, serials=name_serials(differing.serial for differing in found.differing)
            )
        now = clock.now()
        act = Act(actor, now, second=witness, reason=explanation.strip() or None)
        count_id = keep_count(tx, found.lines, rows, act)
        write_audit(
            tx,
            AuditTag.STOCK_COUNTED,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=count_id,
            balanced=found.balances,
            differing=len(found.differing),
            confirmed_by=witness,
        )
        return found

    day = clock.office_day(clock.now()).isoformat()
    return write_by_two(office, who, Verb.STOCK_COUNT, second, day, verb)


def _scanned(connection: Connection, counted: Counted) -> set[_Number] | None:
    if counted.serials is None:
        return None
    serials = policy_in_force(connection).blank_serials
    ranges = [read_range(serials, first, last) for first, last in counted.serials]
    return {(one.series, number) for one in ranges for number in range(one.first, one.last + 1)}


def _compared(
    connection: Connection, station_id: str, counted: Iterable[Counted]
) -> tuple[Comparison, list[tuple[str, int, Difference, Place]]]:
    lines, unscanned = [], []
    absent: dict[_Number, Place] = {}
    extra: dict[_Number, Place] = {}
    for one in counted:
        expected = numbers_at(connection, one.place, station_id)
        scanned = _scanned(connection, one)
        number = one.number if scanned is None else len(scanned)
        lines.append(CountedPlace(one.place, len(expected), number))
        if scanned is None:
            if number != len(expected):
                unscanned.append(one.place)
            continue
        absent.update(dict.fromkeys(expected - scanned, one.place))
        extra.update(dict.fromkeys(scanned - expected, one.place))
    held = places_of(connection, extra)
    # What is missed at one place and was scanned at another is one difference, not two.
    rows = [
        (series, n, Difference.ABSENT, place)
        for (series, n), place in absent.items()
        if (series, n) not in extra
    ]
    for (series, n), place in extra.items():
        kind = Difference.ELSEWHERE if (series, n) in held else Difference.UNKNOWN
        rows.append((series, n, kind, place))
    rows.sort()
    differing = tuple(
        Differing(
            series_format(series).serial(n),
            kind,
            place,
            place if kind is Difference.ABSENT else held.get((series, n)),
        )
        for series, n, kind, place in rows
    )
    return Comparison(tuple(lines), tuple(unscanned), differing), rows
