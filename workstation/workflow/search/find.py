"""Finding a person by whatever is known of her: exact first, then beginnings, sounds, parts, misspellings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial
from itertools import product

from workstation import clock
from workstation.database import Connection
from workstation.database import search as rows
from workstation.database.search import Filter, FoundRow, Way
from workstation.database.search_keys import shortened
from workstation.database.search_trigrams import ordinals_with_parts
from workstation.domain.applicant import full_name_latin, full_name_lo
from workstation.domain.permissions import Verb
from workstation.domain.stages import Stage
from workstation.workflow.office import Office, SignedIn, acting
from workstation.workflow.search.distance import edit_distance
from workstation.workflow.search.judgement import How, Match, judge, rank, tolerance
from workstation.workflow.search.query import Query, understand

_CANDIDATES = 300
_CORRECTIONS = 6
_COMBINATIONS = 24
_PAGES = 4


class Hit:
    """One application that answers. Names as last typed; `matched` tells field and way of each part of the query.

    What was typed is read when it is shown: of fifty hits a window shows a dozen.
    """

    def __init__(self, row: FoundRow, matched: tuple[Match, ...] = ()) -> None:
        self.application_id = row.application_id
        self.number = row.shown_number
        self.identity_number = row.shown_identity_number
        self.stage: Stage = row.stage
        self.stage_since = row.stage_since
        self.created_at = row.created_at
        self.returned = row.returned
        self.matched = matched
        self._row = row

    @cached_property
    def _fields(self) -> dict[str, str]:
        return dict(json.loads(self._row.fields))

    @property
    def name_lo(self) -> str:
        return full_name_lo(self._fields)

    @property
    def name_latin(self) -> str:
        return full_name_latin(self._fields)

    @property
    def birth_date(self) -> str:
        """ISO 8601, perhaps without day or month."""
        return self._fields.get("birth_date", "")

    @property
    def village(self) -> str:
        return self._fields.get("village", "")

    @property
    def telephone(self) -> str:
        return self._fields.get("telephone", "")

    @property
    def household_number(self) -> str:
        return self._fields.get("household_number", "")

    @property
    def how(self) -> How:
        """The weakest of its matches."""
        return max((match.how for match in self.matched), default=How.EXACT)


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
        acting(connection, office, who, Verb.SEARCH)
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
    looked_at: set[int] = set()
    waiting: list[int] = []

    def enough(wished: int) -> bool:
        """Whether so many are found; rows are read only when they could decide it."""
        if len(found) + len(waiting) < wished:
            return False
        for ordinal, row in rows.people(connection, waiting).items():
            if _fits(row, narrowed):
                matched = judge(asked, row)
                if matched is not None:
                    found[ordinal] = (row, matched)
        waiting.clear()
        return len(found) >= wished

    for weak, candidates in _ways(connection, asked, narrowed, limit):
        if enough(1 if weak else limit):
            break
        fresh = [ordinal for ordinal in candidates() if ordinal not in looked_at]
        looked_at.update(fresh)
        waiting += fresh
    enough(0)
    best = sorted(found.values(), key=lambda pair: rank(asked, *pair))
    return tuple(Hit(row, matched) for row, matched in best[:limit])


def _fits(row: FoundRow, narrowed: Filter) -> bool:
    return (
        (narrowed.stage is None or row.stage is narrowed.stage)
        and (narrowed.since is None or row.created_at >= narrowed.since)
        and (narrowed.until is None or row.created_at < narrowed.until)
    )


_Candidates = tuple[bool, Callable[[], tuple[int, ...]]]


def _ways(connection: Connection, asked: Query, narrowed: Filter, limit: int) -> Iterator[_Candidates]:
    """(weak, how to get candidates), strongest first; weak ways are for when nobody was found by the others.

    The most telling part of the query leads to the candidates: beside a number or a date, names alone are weak.
    """
    words = tuple(word.folded for word in asked.words)
    sounds = tuple(word.sound for word in asked.words)
    # Where other parts must match too, more candidates are looked at than are shown.
    several = len(asked.codes) + len(asked.dates) + bool(words) > 1
    look = _CANDIDATES if several else limit
    telling: list[Way] = []
    for code in asked.codes:
        telling.append(rows.with_code(code.key, look))
        if code.telephone:
            telling.append(rows.with_telephone(code.telephone, look))
        if code.year:
            telling.append(rows.born(code.year, look))
    for birth in asked.dates:
        if words:
            telling.append(rows.born_and_named(birth, words, look))
        telling.append(rows.born(birth, look))
    if telling:
        yield from _asked_together(connection, narrowed, [(False, way) for way in telling])
    if words:
        yield several, partial(_first, connection, narrowed, rows.named(words, look, whole=True))
        spoken = [
            (several, rows.sounding(sounds, look, whole=True)),
            (True, rows.sounding(sounds, look, whole=False)),
        ]
        yield from _asked_together(
            connection,
            narrowed,
            [(several, way) for way in _beginning(words, look)] + (spoken if all(sounds) else []),
        )
    parts = words + tuple(code.key for code in asked.codes)
    yield from _weak_ways(connection, parts, words, narrowed, look)


def _beginning(words: tuple[str, ...], look: int) -> list[Way]:
    ways = [rows.named(words, look, whole=False)]
    if len(words) == 1:
        ways += [rows.of_village(words[0], look), rows.of_village_beginning(words[0], look)]
    return ways


def _first(connection: Connection, narrowed: Filter, way: Way) -> tuple[int, ...]:
    return rows.ordinals(connection, [way], narrowed)[0]


def _asked_together(
    connection: Connection, narrowed: Filter, ways: list[tuple[bool, Way]]
) -> Iterator[_Candidates]:
    """One statement for all of them, not before the first is wanted."""
    answers: list[tuple[int, ...]] = []

    def answer(place: int) -> tuple[int, ...]:
        if not answers:
            answers.extend(rows.ordinals(connection, [way for _weak, way in ways], narrowed))
        return answers[place]

    for place, (weak, _way) in enumerate(ways):
        yield weak, partial(answer, place)


def _weak_ways(
    connection: Connection, parts: tuple[str, ...], words: tuple[str, ...], narrowed: Filter, look: int
) -> Iterator[_Candidates]:
    before: int | None = None
    last: list[tuple[int, ...]] = []

    def page() -> tuple[int, ...]:
        last.append(ordinals_with_parts(connection, parts, before=before, limit=look))
        return last[-1]

    for _page in range(_PAGES):
        yield True, page
        if not last or len(last[-1]) < look:
            break
        before = min(last[-1])
    if words:
        yield True, partial(_misspelled, connection, words, narrowed, look)


def _misspelled(
    connection: Connection, words: tuple[str, ...], narrowed: Filter, look: int
) -> tuple[int, ...]:
    """Candidates for words of which each may be a few letters wrong."""
    choices = [_corrections(connection, word) for word in words]
    found: dict[int, None] = {}
    for _number, corrected in zip(range(_COMBINATIONS), product(*choices), strict=False):
        # A word that is known stands among its own corrections; it was asked for already.
        if corrected != words:
            for answers in rows.ordinals(connection, _beginning(corrected, look), narrowed):
                found.update(dict.fromkeys(answers))
        if len(found) >= look:
            break
    return tuple(found)


def _corrections(connection: Connection, word: str) -> list[str]:
    """Known words within the tolerance, nearest first; the word itself when it is known or nothing is near."""
    limit = tolerance(word)
    near = []
    for known in rows.words_like(connection, shortened(word)):
        distance = edit_distance(word, known, limit)
        if distance <= limit:
            near.append((distance, known))
    return [known for _distance, known in sorted(near)[:_CORRECTIONS]] or [word]
