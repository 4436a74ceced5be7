"""Verifying the audit trail: every entry of every station, against each other and against the checkpoints."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from workstation.database import Connection
from workstation.database.audit_append_only import highest_ever
from workstation.database.audit_checkpoints import all_checkpoints, registry_key, station_keys
from workstation.database.audit_scan import entries_after, last_sequence
from workstation.database.audit_segments import openings
from workstation.database.store import Store
from workstation.interchange.audit_list import NOTHING
from workstation.interchange.audit_list import Known as Known
from workstation.security.checkpoints import Checkpoint
from workstation.security.hash_chain import Break, BreakKind, Chain, Row
from workstation.security.segments import FIRST, Opening
from workstation.security.trail_judgement import Keys, Turn, judge


@dataclass(frozen=True)
class Trail:
    """What was found of one station's chain. `entries` follow one another up to there; `countersigned` is the highest
    count that the registry vouched for, 0 when it never did; `broken` the first bad entry; `turns` the segments that
    begin after a restoration, with the entries that are known to the registry only."""

    station_id: str
    entries: int
    head: bytes
    checkpoints: int
    countersigned: int
    broken: Break | None
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """All stations' chains. `stopped`: somebody ended the verification before it was through."""

    trails: tuple[Trail, ...]
    stopped: bool = False

    @property
    def whole(self) -> bool:
        """Whether everything was looked at and nothing is bad. A trail may be whole and yet lack what a restoration
        left behind: its `turns` say so."""
        return not self.stopped and all(trail.broken is None for trail in self.trails)


class Verification:
    """Follows the chains while pages of entries are handed over."""

    def __init__(
        self,
        own: Known,
        others: Known,
        *,
        station_keys: Mapping[str, bytes],
        registry_key: bytes | None,
    ) -> None:
        """`own` lies beside the trail, `others` comes from elsewhere: the keys it names count more."""
        counter = next((one.countersignature for one in others.checkpoints if one.countersignature), None)
        self._station_keys = {**station_keys, **{one.station_id: one.key for one in others.checkpoints}}
        self._registry_key = registry_key if counter is None else counter.key
        self._openings = own.openings
        self._segments: dict[str, Opening] = {}
        for opening in (*own.openings, *others.openings):
            if opening.acceptance is not None or opening.id not in self._segments:
                self._segments[opening.id] = opening
        self._checkpoints: dict[str, list[Checkpoint]] = {}
        for held in merged(own.checkpoints, others.checkpoints):
            self._checkpoints.setdefault(held.station_id, []).append(held)
        self._chains: dict[str, Chain] = {}
        for station in {*self._checkpoints, *(one.station_id for one in own.openings)}:
            self._chain(station)

    def _chain(self, station_id: str) -> Chain:
        turns = [one.after for one in self._openings if one.station_id == station_id]
        watched = frozenset(
            [held.count for held in self._checkpoints.get(station_id, ())] + turns + [at + 1 for at in turns]
        )
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
            found: Break | None = None
            turns: tuple[Turn, ...] = ()
            if not stopped:
                judged = judge(
                    chain,
                    held,
                    [self._segments[one.id] for one in self._openings if one.station_id == station],
                    Keys(self._station_keys.get(station), self._registry_key),
                    others=self._segments,
                )
                found, turns = judged.broken, judged.turns
            if found is None and taken_off_the_end and len(self._chains) == 1:
                found = Break(BreakKind.TRUNCATION, station, chain.count + 1, chain.count + 1)
            here = {FIRST, *(one.id for one in self._openings)}
            vouched = [one.count for one in held if one.countersignature is not None and one.segment in here]
            # What was left behind by a restoration is not a part of this trail.
            countersigned = max((count for count in vouched if count <= chain.count or not turns), default=0)
            trails.append(Trail(station, chain.count, chain.head, len(held), countersigned, found, turns))
        return Verdict(tuple(trails), stopped)


def verify_trail(
    store: Store,
    *,
    others: Known = NOTHING,
    progress: Callable[[int, int], None] | None = None,
    stop: threading.Event | None = None,
) -> Verdict:
    """Verifies what the database holds. `others` is what is held elsewhere of its trails: by the registry, or a file.

    `progress` gets entries done and entries in all. The whole trail is read in one snapshot.
    """

    def query(connection: Connection) -> Verdict:
        verification = Verification(
            Known(all_checkpoints(connection), openings(connection)),
            others,
            station_keys=station_keys(connection),
            registry_key=registry_key(connection),
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
    held: dict[tuple[str, str, int, bytes], Checkpoint] = {}
    for one in (*own, *others):
        place = (one.station_id, one.segment, one.count, one.head)
        known = held.get(place)
        if known is None or known.countersignature is None:
            held[place] = one
    return list(held.values())
