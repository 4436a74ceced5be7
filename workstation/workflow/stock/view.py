"""What the page of blank cards shows: how many lie where, their serials, what moved, what the last count left open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from workstation import clock
from workstation.database import Connection
from workstation.database.blobs import get_blob, holds_blob
from workstation.database.policies import policy_in_force
from workstation.database.printers import default_printer, known_printers
from workstation.database.station import all_operators, all_stations
from workstation.database.stock_balance import (
    Holding,
    LedgerEntry,
    Spoilage,
    entries_between,
    entries_of_blank,
    entry_photo,
    holdings,
    ranges_at,
    spoilage,
)
from workstation.database.stock_check import LedgerProof, prove_ledger
from workstation.database.stock_counts import HeldCount, HeldDifference, last_count, open_differences
from workstation.domain.permissions import Verb
from workstation.domain.stock import Place, SerialRange
from workstation.workflow.office import Office, SignedIn, acting

__all__ = ["Balance", "HeldCount", "HeldDifference", "LedgerEntry", "Spoilage", "StockView", "stock_view"]

_OWN = (Place.DRAWER, Place.PRINTER)
_RANGES_SHOWN = 50


@dataclass(frozen=True)
class Balance:
    """How many blanks lie at each place: `own` at this station (the safe counts as everybody's), `office` in all."""

    own: dict[Place, int]
    office: dict[Place, int]

    @property
    def total(self) -> int:
        """Every blank that ever came, wherever it is."""
        return sum(self.office.values())


@dataclass(frozen=True)
class StockView:
    """`ranges` are the serials in the safe, in this station's drawer and in its printer, the first ones; `example` is a
    serial as the policy writes it; `people`, `printers` and `stations` are names by id, this station's first."""

    balance: Balance
    ranges: dict[Place, tuple[SerialRange, ...]]
    entries: tuple[LedgerEntry, ...]
    differences: tuple[HeldDifference, ...]
    last_count: HeldCount | None
    counted_today: bool
    example: str
    people: dict[str, str]
    printers: dict[str, str]
    stations: dict[str, str]


def balance_of(held: Iterable[Holding], station_id: str) -> Balance:
    """The holdings summed by place."""
    own = dict.fromkeys(Place, 0)
    office = dict.fromkeys(Place, 0)
    for holding in held:
        office[holding.place] += holding.count
        if holding.station_id in (None, station_id):
            own[holding.place] += holding.count
    return Balance(own, office)


def stock_view(office: Office, who: SignedIn, *, days: int = 1) -> StockView:
    """Everything of the page; entries of the last `days` office days. Raises Refused ROLE_NOT_ALLOWED."""

    def query(connection: Connection) -> StockView:
        acting(connection, office, who, Verb.STOCK_LOOK)
        today = clock.office_day(clock.now())
        station_id = office.station.id
        count = last_count(connection, station_id)
        return StockView(
            balance_of(holdings(connection), station_id),
            {
                Place.SAFE: ranges_at(connection, Place.SAFE, limit=_RANGES_SHOWN),
                **{place: ranges_at(connection, place, station_id, limit=_RANGES_SHOWN) for place in _OWN},
            },
            entries_between(connection, _days_before(today, days - 1), today.isoformat(), limit=500),
            open_differences(connection, station_id),
            count,
            count is not None and count.day == today.isoformat(),
            policy_in_force(connection).blank_serials.serial(1),
            {operator.id: operator.display_name for operator in all_operators(connection)},
            _printers(connection, station_id),
            _stations(connection, station_id),
        )

    return office.store.read(query)


def _printers(connection: Connection, station_id: str) -> dict[str, str]:
    """Names by id; the one on which this station prints by itself comes first."""
    chosen = default_printer(connection, station_id)
    known = known_printers(connection)
    ordered = known if chosen is None else (chosen, *(one for one in known if one.id != chosen.id))
    return {printer.id: printer.name for printer in ordered}


def _stations(connection: Connection, station_id: str) -> dict[str, str]:
    known = sorted(all_stations(connection), key=lambda one: (one.id != station_id, one.station_code))
    return {station.id: f"{station.office_code}-{station.station_code}" for station in known}


def _days_before(day: date, days: int) -> str:
    return date.fromordinal(day.toordinal() - days).isoformat()


@dataclass(frozen=True)
class StockFigures:
    """What a report of these days holds: how many lie where now, every entry, spoilage by printer."""

    first_day: date
    last_day: date
    holdings: tuple[Holding, ...]
    entries: tuple[LedgerEntry, ...]
    spoilage: tuple[Spoilage, ...]
    people: dict[str, str]
    printers: dict[str, str]


def stock_figures(office: Office, who: SignedIn, first_day: date, last_day: date) -> StockFigures:
    """The figures of these office days, both included. Raises Refused ROLE_NOT_ALLOWED."""

    def query(connection: Connection) -> StockFigures:
        acting(connection, office, who, Verb.STOCK_LOOK)
        first, last = first_day.isoformat(), last_day.isoformat()
        return StockFigures(
            first_day,
            last_day,
            holdings(connection),
            entries_between(connection, first, last),
            spoilage(connection, first, last),
            {operator.id: operator.display_name for operator in all_operators(connection)},
            {printer.id: printer.name for printer in known_printers(connection)},
        )

    return office.store.read(query)


def history_of_blank(office: Office, who: SignedIn, serial: str) -> tuple[LedgerEntry, ...]:
    """Everything that happened to the blank of that serial, oldest first; empty when the ledger does not know it.

    Raises Refused ROLE_NOT_ALLOWED, SERIAL_UNREADABLE.
    """

    def query(connection: Connection) -> tuple[LedgerEntry, ...]:
        acting(connection, office, who, Verb.STOCK_LOOK)
        serials = policy_in_force(connection).blank_serials
        return entries_of_blank(connection, serials.series, serials.number(serial))

    return office.store.read(query)


def photo_of_entry(office: Office, who: SignedIn, sequence: int) -> bytes | None:
    """The picture (JPEG) of the blank that was spoiled in that entry; None without one. Raises Refused
    ROLE_NOT_ALLOWED."""

    def query(connection: Connection) -> bytes | None:
        acting(connection, office, who, Verb.STOCK_LOOK)
        kept = entry_photo(connection, sequence)
        return None if kept is None or not holds_blob(connection, kept) else get_blob(connection, kept)

    return office.store.read(query)


@dataclass(frozen=True)
class OfficeBalance:
    """How many blanks lie where, station by station, what the counts left open, and whether the ledger is whole."""

    holdings: tuple[Holding, ...]
    differences: tuple[HeldDifference, ...]
    proof: LedgerProof


def office_balance(office: Office) -> OfficeBalance:
    """Figures alone, for the administrator's command; nothing of a person. The ledger is played again from the first
    entry: 100,000 blanks take a second or two."""

    def query(connection: Connection) -> OfficeBalance:
        return OfficeBalance(
            holdings(connection),
            open_differences(connection, office.station.id),
            prove_ledger(connection),
        )

    return office.store.read(query)
