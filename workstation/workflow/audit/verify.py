"""Verifying the audit trail: every entry of every station, against each other and against the checkpoints."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from workstation.database import Connection
from workstation.database.audit_append_only import highest_ever
from workstation.database.audit_checkpoints import all_checkpoints, registry_key, station_keys
from workstation.database.audit_scan import entries_after, last_sequence
from workstation.database.store import Store
from workstation.security.checkpoints import Checkpoint, judge
from workstation.security.hash_chain import Break, BreakKind, Chain, Row


@dataclass(frozen=True)
class Trail:
    """What was found of one station's chain. `entries` follow one another up to there; `countersigned` is the highest
    count that the registry vouched for, 0 when it never did; `broken` the first bad entry."""

    station_id: str
    entries: int
    head: bytes
    checkpoints: int
    countersigned: int
    broken: Break | None


@dataclass(frozen=True)
class Verdict:
    """All stations' chains. `stopped`: somebody ended the verification before it was through."""

    trails: tuple[Trail, ...]
    stopped: bool = False

    @property
    def whole(self) -> bool:
        """Whether everything was looked at and nothing is bad."""
        return not self.stopped and all(trail.broken is None for trail in self.trails)


class Verification:
    """Follows the chains while pages of entries are handed over."""

    def __init__(
        self,
        checkpoints: Iterable[Checkpoint],
        *,
        station_keys: Mapping[str, bytes],
        registry_key: bytes | None,
    ) -> None:
        self._checkpoints: dict[str, list[Checkpoint]] = {}
        for held in checkpoints:
            self._checkpoints.setdefault(held.station_id, []).append(held)
        self._station_keys, self._registry_key = station_keys, registry_key
        self._chains: dict[str, Chain] = {}
        for station in self._checkpoints:
            self._chain(station)

    @classmethod
    def against(
        cls,
        own: Iterable[Checkpoint],
        others: Iterable[Checkpoint],
        station_keys: Mapping[str, bytes],
        registry_key: bytes | None,
    ) -> Verification:
        """With checkpoints from elsewhere besides: the keys they name count more than those beside the trail."""
        known = list(others)
        keys = {**station_keys, **{one.station_id: one.key for one in known}}
        counter = next((one.countersignature for one in known if one.countersignature is not None), None)
        return cls(
            merged(own, known),
            station_keys=keys,
            registry_key=registry_key if counter is None else counter.key,
        )

    def _chain(self, station_id: str) -> Chain:
        watched = frozenset(held.count for held in self._checkpoints.get(station_id, ()))
        chain = self._chains[station_id] = Chain(station_id, watched)
        return chain

    def add(self, rows: Sequence[Row]) -> None:
        """The next entries, of any station, in the order in which they were written."""
        stations = {row[4] for row in rows}
        for station in stations:
            chain = self._chains.get(station)
            if chain is None:
                chain = self._chain(station)
            chain.follow(rows if len(stations) == 1 else [row for row in rows if row[4] == station])

    def verdict(self, *, taken_off_the_end: bool = False, stopped: bool = False) -> Verdict:
        """What all of it means. `taken_off_the_end`: the engine remembers later entries than there are."""
        trails = []
        for station, chain in sorted(self._chains.items()):
            held = self._checkpoints.get(station, [])
            found = None
            if not stopped:
                found = judge(
                    chain,
                    held,
                    station_key=self._station_keys.get(station),
                    registry_key=self._registry_key,
                )
            if found is None and taken_off_the_end and len(self._chains) == 1:
                found = Break(BreakKind.TRUNCATION, station, chain.count + 1, chain.count + 1)
            countersigned = max((one.count for one in held if one.countersignature is not None), default=0)
            trails.append(Trail(station, chain.count, chain.head, len(held), countersigned, found))
        return Verdict(tuple(trails), stopped)


def verify_trail(
    store: Store,
    *,
    others: Iterable[Checkpoint] = (),
    progress: Callable[[int, int], None] | None = None,
    stop: threading.Event | None = None,
) -> Verdict:
    """Verifies what the database holds. `others` are checkpoints from elsewhere: the registry's, or an export's.

    `progress` gets entries done and entries in all. The whole trail is read in one snapshot.
    """

    def query(connection: Connection) -> Verdict:
        verification = Verification.against(
            all_checkpoints(connection), others, station_keys(connection), registry_key(connection)
        )
        total, done = last_sequence(connection), 0
        page, last = entries_after(connection, 0)
        while page:
            verification.add(page)
            done += len(page)
            if progress is not None:
                progress(done, total)
            if stop is not None and stop.is_set():
                return verification.verdict(stopped=True)
            page, last = entries_after(connection, last)
        return verification.verdict(taken_off_the_end=highest_ever(connection) > last)

    return store.read(query)


def merged(own: Iterable[Checkpoint], others: Iterable[Checkpoint]) -> list[Checkpoint]:
    """Both without doubles: the same checkpoint once, with its countersignature when either has it."""
    held: dict[tuple[str, int, bytes], Checkpoint] = {}
    for one in (*own, *others):
        known = held.get((one.station_id, one.count, one.head))
        if known is None or known.countersignature is None:
            held[one.station_id, one.count, one.head] = one
    return list(held.values())
