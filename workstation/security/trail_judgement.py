"""What a trail that was followed to its end is worth: against its checkpoints and its segments' openings.

A trail here has a path: the first segment up to where the second begins, and so on. Checkpoints on the path must agree
with it. A checkpoint beyond the place where an opened segment turned off stands for entries that are known to the
registry only; any other checkpoint that has no entry here means that entries were taken away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from workstation.security.checkpoints import Checkpoint, countersignature_holds, signature_holds
from workstation.security.hash_chain import Break, BreakKind, Chain
from workstation.security.segments import (
    FIRST,
    FIRST_NUMBER,
    Opening,
    acceptance_holds,
    opening_holds,
    said_bytes,
)

# The tag of the entry that a segment begins with (domain.audit.AuditTag.AUDIT_SEGMENT_OPENED).
OPENED = "audit.segment_opened"


@dataclass(frozen=True)
class Turn:
    """A segment of this trail that begins after a restoration. Entries `missing_first` to `missing_last`, as they were
    written before it, are known to the registry only (`missing_last` below `missing_first`: none is known). `number` is
    the registry's, or the next one as long as it has not accepted the segment."""

    number: int
    first: int
    missing_first: int
    missing_last: int
    by: str
    at: str
    accepted: bool


@dataclass(frozen=True)
class Judgement:
    """The first bad entry, and where the trail turned off."""

    broken: Break | None
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Keys:
    """Those known from elsewhere than what is judged; None: not known."""

    station: bytes | None
    registry: bytes | None


def judge(
    chain: Chain,
    checkpoints: Iterable[Checkpoint],
    openings: Iterable[Opening],
    keys: Keys,
    *,
    others: Mapping[str, Opening],
) -> Judgement:
    """The first break of a chain whose entries were all added, by itself or against what is held of it.

    `openings` are those of this trail, `others` all that anybody knows of, by id. A chain that breaks by itself is told
    as that, unless something before the break disagrees already.
    """
    path = sorted(openings, key=lambda one: one.after)
    held = sorted(checkpoints, key=lambda one: one.count)
    broken = _first(_opening_break(chain, path, keys), _checkpoint_break(chain, held, path, keys, others))
    return Judgement(_first(chain.finding(), broken), _turns(path, held))


def _first(one: Break | None, other: Break | None) -> Break | None:
    if one is None or other is None:
        return one or other
    return one if one.first <= other.first else other


def _opening_break(chain: Chain, path: list[Opening], keys: Keys) -> Break | None:
    """An opening that nobody signed, or that says other things than the trail at its place."""
    for before, opening in pairwise([None, *path]):
        assert opening is not None
        begins = opening.after + 1
        forged = (
            not opening_holds(opening)
            or (keys.station is not None and opening.key != keys.station)
            or (opening.acceptance is not None and not _accepted(opening, keys))
            or (before is not None and before.after >= opening.after)
        )
        if not forged and not chain.broken and chain.count < begins:
            return Break(BreakKind.TRUNCATION, chain.station_id, chain.count + 1, begins)
        if not forged and chain.count >= begins:
            forged = chain.heads[opening.after] != opening.head or not _begins(chain.entries[begins], opening)
        if forged:
            return Break(BreakKind.CHECKPOINT, chain.station_id, begins, begins)
    return None


def _accepted(opening: Opening, keys: Keys) -> bool:
    given = opening.acceptance
    return given is not None and acceptance_holds(opening, keys.registry or given.key)


def _begins(entry: bytes, opening: Opening) -> bool:
    """Whether these bytes are the entry with which the segment begins."""
    try:
        said = json.loads(entry)
        digest = said["facts"]["opening"]
    except (ValueError, KeyError, TypeError):
        return False
    return bool(
        said["tag"] == OPENED
        and said["object"] == opening.id
        and digest == sha256(said_bytes(opening)).hexdigest()
    )


def _checkpoint_break(
    chain: Chain, held: list[Checkpoint], path: list[Opening], keys: Keys, others: Mapping[str, Opening]
) -> Break | None:
    # Where each segment of the path begins and ends: its checkpoints lie above the one and up to the other.
    begins = {FIRST: 0, **{one.id: one.after for one in path}}
    ends = dict(zip(begins, [*(one.after for one in path), 2**63], strict=True))
    agreed = 0
    # Where the registry vouched for any, what only the station signed bounds nothing: its key lies in the database.
    vouched = any(one.countersignature is not None for one in held)
    for one in held:
        if one.segment in begins and one.count <= begins[one.segment]:
            return Break(BreakKind.CHECKPOINT, chain.station_id, one.count, one.count)
        if _forged(one, keys):
            return Break(BreakKind.CHECKPOINT, chain.station_id, agreed + 1, one.count)
        if one.segment not in begins:
            if not _left_behind(others.get(one.segment), path, keys):
                return Break(
                    BreakKind.TRUNCATION, chain.station_id, min(chain.count + 1, one.count), one.count
                )
            continue
        if one.count > ends[one.segment]:
            continue
        if one.count > chain.count:
            # A chain that breaks by itself ends there for us; what it lacks behind the break is not the finding.
            return (
                None
                if chain.broken
                else Break(BreakKind.TRUNCATION, chain.station_id, chain.count + 1, one.count)
            )
        if chain.heads[one.count] != one.head:
            return Break(BreakKind.REHASH, chain.station_id, agreed + 1, one.count)
        if one.countersignature is not None or not vouched:
            agreed = one.count
    return None


def _forged(held: Checkpoint, keys: Keys) -> bool:
    counter = held.countersignature
    return (
        not signature_holds(held)
        or (keys.station is not None and held.key != keys.station)
        or (counter is not None and not countersignature_holds(held, keys.registry or counter.key))
    )


def _left_behind(segment: Opening | None, path: list[Opening], keys: Keys) -> bool:
    """Whether that segment, of which nothing is here, was one before the last of this trail: left by a restoration."""
    if (
        segment is None
        or segment.acceptance is None
        or not (opening_holds(segment) and _accepted(segment, keys))
    ):
        return False
    last = path[-1].acceptance if path else None
    return bool(path) and (last is None or segment.acceptance.number < last.number)


def _turns(path: list[Opening], held: list[Checkpoint]) -> tuple[Turn, ...]:
    turns: list[Turn] = []
    number = FIRST_NUMBER
    for opening in path:
        given = opening.acceptance
        number = number + 1 if given is None else given.number
        gone = [opening.known, 0 if given is None else given.held]
        if opening is path[-1]:
            gone += [one.count for one in held if one.segment != opening.id]
        turns.append(
            Turn(
                number,
                opening.after + 1,
                opening.after + 1,
                max(gone),
                opening.by,
                opening.at,
                given is not None,
            )
        )
    return tuple(turns)
