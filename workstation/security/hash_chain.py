"""The chain of the audit trail: canonical bytes of an entry, its hash, and what a break in the chain means.

An entry's bytes are the RFC 8785 form of {"actor", "at", "facts", "object", "sequence", "station", "tag"}; its hash is
SHA-256 (FIPS 180-4) of the hash before it followed by its bytes. The first entry follows GENESIS. Each station has a
chain of its own, numbered from 1 without gaps.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

import rfc8785

GENESIS = bytes(32)
# In an entry's bytes, besides those in its facts.
_QUOTES = 24


class BreakKind(StrEnum):
    """What was done to a trail. Stable: commands and exports name them."""

    CHANGE = "change"
    DELETION = "deletion"
    INSERTION = "insertion"
    REORDERING = "reordering"
    TRUNCATION = "truncation"
    REHASH = "full-re-hash"
    CHECKPOINT = "checkpoint-forged"


@dataclass(frozen=True)
class Break:
    """The first bad entry of one station's chain. `until` is the last entry that can be the bad one when that cannot be
    told more closely (checkpoints bound it), else the same number."""

    kind: BreakKind
    station_id: str
    first: int
    until: int


class Row(NamedTuple):
    """One entry as it is stored: `at` in UTC ("2026-11-22 05:37:09.000000"), `facts` canonical JSON; `sequence` counts
    all stations' entries, 0 where it is not known."""

    position: int
    at: str
    tag: str
    actor: str
    station_id: str
    object_id: str
    facts: bytes
    entry: bytes
    hash: bytes
    sequence: int = 0


def _plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and '"' not in text and "\\" not in text


def _text(value: str) -> str:
    return f'"{value}"' if _plain(value) else rfc8785.dumps(value).decode()


def entry_bytes(
    position: int, at: str, tag: str, actor: str, station_id: str, object_id: str, facts: bytes
) -> bytes:
    """The canonical bytes of an entry. `facts` are canonical JSON already."""
    if _plain(actor + at + object_id + station_id + tag):
        return (
            b'{"actor":"%b","at":"%b","facts":%b,"object":"%b","sequence":%d,"station":"%b","tag":"%b"}'
            % (
                actor.encode(),
                at.encode(),
                facts,
                object_id.encode(),
                position,
                station_id.encode(),
                tag.encode(),
            )
        )
    return b'{"actor":%b,"at":%b,"facts":%b,"object":%b,"sequence":%d,"station":%b,"tag":%b}' % (
        _text(actor).encode(),
        _text(at).encode(),
        facts,
        _text(object_id).encode(),
        position,
        _text(station_id).encode(),
        _text(tag).encode(),
    )


def entry_hash(before: bytes, entry: bytes) -> bytes:
    """The 32-byte hash of an entry that follows the one with the hash `before`."""
    return sha256(before + entry).digest()


def sequence_in(entry: bytes) -> int | None:
    """The number that the bytes themselves carry; None when they are no entry."""
    try:
        number = json.loads(entry)["sequence"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return number if isinstance(number, int) and not isinstance(number, bool) else None


class Chain:
    """Follows one station's entries in the order in which they were written.

    Until the first break an entry costs one hash and one comparison; after it every further entry is looked at only
    for what the break means: whether the true entry stands elsewhere, and whether the wrong one belongs elsewhere.
    """

    def __init__(self, station_id: str, watched: frozenset[int] = frozenset()) -> None:
        """`watched` are the numbers at which hash and bytes are kept, for checkpoints; 0 stands for the beginning."""
        self.station_id = station_id
        self.count = 0
        self.head = GENESIS
        self.heads: dict[int, bytes] = {0: GENESIS}
        self.entries: dict[int, bytes] = {}
        self._watched = watched
        self._before_head = GENESIS
        self._bad: Row | None = None
        self._follows = False
        self._said: int | None = None
        self._twin = self._true_elsewhere = self._belongs_elsewhere = False

    @property
    def broken(self) -> bool:
        """Whether an entry was found that does not follow."""
        return self._bad is not None

    def follow(self, rows: Sequence[Row]) -> None:
        """Looks at the next entries."""
        if self._bad is None and self._follow_whole(rows):
            return
        self._follow_each(Row(*row) for row in rows)

    def _follow_whole(self, rows: Sequence[Row]) -> bool:
        """Takes entries of plain text that are all as they should be; False, and nothing is taken, for any others.

        The loop of a million turns: written out, without a call for each entry.
        """
        head, before, count, watched = self.head, self._before_head, self.count, self._watched
        kept = []
        try:
            for position, at, tag, actor, station, thing, facts, entry, stored, _sequence in rows:
                count += 1
                before, head = head, sha256(head + entry).digest()
                if head != stored or position != count:
                    return False
                # The columns are what people are shown and what filters ask: they must say what the bytes say.
                shown = (
                    f'{{"actor":"{actor}","at":"{at[:10]}T{at[11:]}Z","facts":{facts.decode()},"object":"{thing}",'
                    f'"sequence":{count},"station":"{station}","tag":"{tag}"}}'
                )
                if shown.encode() != entry:
                    return False
                if count in watched:
                    kept.append((count, head, entry))
        except UnicodeError:
            return False
        # Signs that would have to be escaped may stand in the facts alone, which are canonical as they are.
        said, facts = b"".join([row[7] for row in rows]), b"".join([row[6] for row in rows])
        if said.count(b"\\") != facts.count(b"\\") or said.count(b'"') != _QUOTES * len(rows) + facts.count(
            b'"'
        ):
            return False
        self.head, self._before_head, self.count = head, before, count
        for number, found, entry in kept:
            self.heads[number], self.entries[number] = found, entry
        return True

    def _follow_each(self, rows: Iterable[Row]) -> None:
        if self._bad is not None:
            for row in rows:
                self._look_around(self._bad, row)
            return
        head, before, count, watched = self.head, self._before_head, self.count, self._watched
        waiting = iter(rows)
        bad = None
        for row in waiting:
            number = count + 1
            found = sha256(head + row.entry).digest()
            if found != row.hash or row.position != number or _shown(number, row) != row.entry:
                bad = row
                break
            before, head, count = head, found, number
            if number in watched:
                self.heads[number], self.entries[number] = found, row.entry
        self.head, self._before_head, self.count = head, before, count
        if bad is not None:
            self._note(bad, sha256(head + bad.entry).digest())
            self._follow_each(waiting)

    def _note(self, bad: Row, found: bytes) -> None:
        self._bad = bad
        self._follows, self._said = found == bad.hash, sequence_in(bad.entry)
        self._twin = entry_hash(self._before_head, bad.entry) == bad.hash and self._said == self.count

    def _look_around(self, bad: Row, row: Row) -> None:
        entry, stored = row.entry, row.hash
        if entry_hash(self.head, entry) == stored:
            self._true_elsewhere = True
        if entry_hash(stored, bad.entry) == bad.hash:
            self._belongs_elsewhere = True

    def finding(self) -> Break | None:
        """What the break is, once every entry was added; None for a whole chain."""
        bad, number = self._bad, self.count + 1
        if bad is None:
            return None
        if self._twin:
            # Two entries follow the same one: the forged one may be either.
            return Break(BreakKind.INSERTION, self.station_id, self.count, self.count)
        if self._follows and self._said == number:
            # The bytes follow rightly: only what is shown of them was changed, or the number under which they stand.
            kind = BreakKind.REORDERING if _shown(number, bad) == bad.entry else BreakKind.CHANGE
        elif self._true_elsewhere:
            kind = BreakKind.REORDERING if self._belongs_elsewhere else BreakKind.INSERTION
        elif self._said is not None and self._said > number:
            kind = BreakKind.DELETION
        else:
            kind = BreakKind.CHANGE
        return Break(kind, self.station_id, number, number)


def _shown(number: int, row: Row) -> bytes:
    """The bytes that the columns would have as the entry of that number."""
    _position, at, tag, actor, station, thing, facts, _entry, _hash = row[:9]
    return entry_bytes(number, f"{at[:10]}T{at[11:]}Z", tag, actor, station, thing, facts)
