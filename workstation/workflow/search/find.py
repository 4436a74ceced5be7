"""Finding a person by whatever is known of her: exact first, then beginnings, sounds, parts, misspellings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import product

from workstation import clock
from workstation.database import Connection
from workstation.database import search as rows
from workstation.database.search import Filter, FoundRow
from workstation.database.search_keys import shortened
from workstation.domain.applicant import full_name_latin, full_name_lo
from workstation.domain.stages import Stage
from workstation.workflow.office import Office, SignedIn, acting
from workstation.workflow.search.distance import edit_distance
from workstation.workflow.search.judgement import How, Match, judge, rank, tolerance
from workstation.workflow.search.query import Query, understand

_CANDIDATES = 300
_CORRECTIONS = 6
_COMBINATIONS = 24
_PAGES = 4


@dataclass(frozen=True)
class Hit:
    """One application that answers. Names as last typed; `matched` tells field and way of each part of the query."""

    application_id: str
    number: str
    name_lo: str
    name_latin: str
    birth_date: str
    village: str
    telephone: str
    household_number: str
    identity_number: str
    stage: Stage
    stage_since: datetime
    created_at: datetime
    returned: bool
    matched: tuple[Match, ...]

    @property
    def how(self) -> How:
        """The weakest of its matches."""
        return max((match.how for match in self.matched), default=How.EXACT)


def hit(row: FoundRow, matched: tuple[Match, ...] = ()) -> Hit:
    """What a found row shows."""
    fields: dict[str, str] = json.loads(row.fields)
    return Hit(
        row.application_id,
        row.shown_number,
        full_name_lo(fields),
        full_name_latin(fields),
        fields.get("birth_date", ""),
        fields.get("village", ""),
        fields.get("telephone", ""),
        fields.get("household_number", ""),
        row.shown_identity_number,
        row.stage,
        row.stage_since,
        row.created_at,
        row.returned,
        matched,
    )


def search(
    office: Office,
    who: SignedIn,
    text: str,
    *,
    stage: Stage | None = None,
    day: date | None = None,
    limit: int = 50,
) -> tuple[Hit, ...]:
    """The applications that answer to every part of `text`, best first; none for an empty text.

    `stage` and `day` (the office day it was begun) narrow it. Raises Refused NOT_SIGNED_IN, OPERATOR_INACTIVE.
    """

    def query(connection: Connection) -> tuple[Hit, ...]:
        acting(connection, office, who)
        return find(connection, text, stage=stage, day=day, limit=limit)

    return office.store.read(query)


def find(
    connection: Connection,
    text: str,
    *,
    stage: Stage | None = None,
    day: date | None = None,
    limit: int = 50,
) -> tuple[Hit, ...]:
    """As `search`, for whoever reads in a snapshot already."""
    asked = understand(text)
    if asked.empty or limit < 1:
        return ()
    narrowed = Filter(stage)
    if day is not None:
        begins = datetime.combine(day, time(), clock.OFFICE_ZONE)
        narrowed = Filter(stage, begins, begins + timedelta(days=1))
    found: dict[int, tuple[FoundRow, tuple[Match, ...]]] = {}
    for weak, way in _ways(connection, asked, narrowed, limit):
        if len(found) >= (1 if weak else limit):
            break
        for row in way():
            if row.ordinal not in found and _fits(row, narrowed):
                matched = judge(asked, row)
                if matched is not None:
                    found[row.ordinal] = (row, matched)
    best = sorted(found.values(), key=lambda pair: rank(asked, *pair))
    return tuple(hit(row, matched) for row, matched in best[:limit])


def _fits(row: FoundRow, narrowed: Filter) -> bool:
    return (
        (narrowed.stage is None or row.stage is narrowed.stage)
        and (narrowed.since is None or row.created_at >= narrowed.since)
        and (narrowed.until is None or row.created_at < narrowed.until)
    )


_Way = tuple[bool, Callable[[], tuple[FoundRow, ...]]]


def _ways(connection: Connection, asked: Query, narrowed: Filter, limit: int) -> Iterator[_Way]:
    """(weak, how to get candidates), strongest first; weak ways are for when nobody was found by the others.

    The most telling part of the query leads to the candidates: beside a number or a date, names alone are weak.
    """
    words = tuple(word.folded for word in asked.words)
    sounds = tuple(word.sound for word in asked.words)
    # Where other parts must match too, more candidates are looked at than are shown.
    several = len(asked.codes) + len(asked.dates) + bool(words) > 1
    look = _CANDIDATES if several else limit
    for code in asked.codes:
        yield False, partial(rows.with_code, connection, code.key, narrowed, look)
        if code.telephone:
            yield False, partial(rows.with_telephone, connection, code.telephone, narrowed, look)
        if code.year:
            yield False, partial(rows.born, connection, code.year, narrowed, look)
    for birth in asked.dates:
        if words:
            yield False, partial(rows.born_and_named, connection, birth, words, narrowed, look)
        yield False, partial(rows.born, connection, birth, narrowed, look)
    if words:
        yield several, partial(rows.named, connection, words, narrowed, look, whole=True)
        yield several, partial(rows.named, connection, words, narrowed, look, whole=False)
        if len(words) == 1:
            yield several, partial(rows.of_village, connection, words[0], narrowed, look)
        if all(sounds):
            yield several, partial(rows.sounding, connection, sounds, narrowed, look, whole=True)
            yield True, partial(rows.sounding, connection, sounds, narrowed, look, whole=False)
    parts = words + tuple(code.key for code in asked.codes)
    yield from _weak_ways(connection, parts, words, narrowed, look)


def _weak_ways(
    connection: Connection, parts: tuple[str, ...], words: tuple[str, ...], narrowed: Filter, look: int
) -> Iterator[_Way]:
    before: int | None = None
    last: list[tuple[FoundRow, ...]] = []

    def page() -> tuple[FoundRow, ...]:
        last.append(rows.with_parts(connection, parts, before, look))
        return last[-1]

    for _page in range(_PAGES):
        yield True, page
        if not last or len(last[-1]) < look:
            break
        before = min(row.ordinal for row in last[-1])
    if words:
        yield True, partial(_misspelled, connection, words, narrowed, look)


def _misspelled(
    connection: Connection, words: tuple[str, ...], narrowed: Filter, look: int
) -> tuple[FoundRow, ...]:
    """Candidates for words of which each may be a few letters wrong."""
    choices = [_corrections(connection, word) for word in words]
    found: dict[int, FoundRow] = {}
    for _number, corrected in zip(range(_COMBINATIONS), product(*choices), strict=False):
        if corrected != words:
            for row in rows.named(connection, corrected, narrowed, look, whole=False):
                found.setdefault(row.ordinal, row)
            if len(corrected) == 1:
                for row in rows.of_village(connection, corrected[0], narrowed, look):
                    found.setdefault(row.ordinal, row)
        if len(found) >= look:
            break
    return tuple(found.values())


def _corrections(connection: Connection, word: str) -> list[str]:
    """Known words within the tolerance, nearest first; the word itself when it is known or nothing is near."""
    limit = tolerance(word)
    near = []
    for known in rows.words_like(connection, shortened(word)):
        distance = edit_distance(word, known, limit)
        if distance <= limit:
            near.append((distance, known))
    return [known for _distance, known in sorted(near)[:_CORRECTIONS]] or [word]
