"""A ledger of blanks in a database of its own, and the acts of an ordinary day in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workstation import clock
from workstation.database.moves import Actor
from workstation.database.stock_balance import holdings
from workstation.database.stock_check import prove_ledger
from workstation.database.stock_ledger import Act, Target, move_ranges, receive
from workstation.database.store import Store
from workstation.domain.operator import Role
from workstation.domain.stock import Entry, Place, SerialFormat, SerialRange

KEY = bytes(range(32))
FORMAT = SerialFormat("TR", 6, "luhn")
STATION = "station-1"


def box(first: int, last: int) -> SerialRange:
    return SerialRange(FORMAT.series, first, last)


@dataclass
class Books:
    """The ledger with one person at one station."""

    store: Store
    station: str = STATION

    @property
    def by(self) -> Actor:
        return Actor("keeper", Role.STOCK_KEEPER, self.station)

    def act(self, second: str | None = None, reason: str | None = None) -> Act:
        return Act(self.by, clock.now(), second=second, reason=reason)

    def take_in(self, first: int, last: int, entry: Entry = Entry.RECEIVED) -> None:
        self.store.write(lambda tx: receive(tx, [(entry, box(first, last))], self.act()))

    def move(self, entry: Entry, first: int, last: int, place: Place | None) -> None:
        target = None
        if place is not None:
            target = Target(place, None if place is Place.SAFE else self.station)
        self.store.write(
            lambda tx: move_ranges(tx, entry, [box(first, last)], target, self.act("other", "why"))
        )

    def loaded(self, first: int, last: int) -> None:
        """From the producer to the printer."""
        self.take_in(first, last)
        self.move(Entry.TO_STATION, first, last, Place.DRAWER)
        self.move(Entry.LOADED, first, last, Place.PRINTER)

    def counts(self) -> dict[Place, int]:
        """How many lie at each place that holds any."""
        found: dict[Place, int] = {}
        for holding in self.store.read(holdings):
            found[holding.place] = found.get(holding.place, 0) + holding.count
        return found

    def wrong(self) -> str:
        """The serials that do not lie where the entries leave them."""
        return self.store.read(prove_ledger).wrong


def open_books(folder: Path, station: str = STATION) -> Books:
    """The ledger in `folder`; whoever opens it closes its store."""
    return Books(Store(folder / "station.db", KEY), station)
