"""Finding applications: each question is one range of one index, newest or nearest first, never more than asked for.

A search asks in two steps: `ordinals` answers many questions by the indexes alone, in one statement; `people` then
reads the few rows that are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from workstation.database.plain_sql import as_stored, moment, rows
from workstation.database.search_tables import search_people
from workstation.database.tables import applications
from workstation.domain.stages import Stage

_CODES = ("number", "identity_number", "household_number")
_NAMES = ("name_lo", "name_lo_turned", "name_latin", "name_latin_turned")
_SOUNDS = ("sound", "sound_turned")
_END = "\U0010ffff"
_NO_CARD = (Stage.WITHDRAWN.value, Stage.REFERRED.value)


@dataclass(frozen=True)
class Filter:
    """Only applications at that stage, only those begun in [since, until)."""

    stage: Stage | None = None
    since: datetime | None = None
    until: datetime | None = None


NO_FILTER = Filter()


class FoundRow(NamedTuple):
    """The keys of one application as they are searched, and what a result shows. Keys are "" where there is nothing."""

    ordinal: int
    application_id: str
    number: str
    name_lo: str
    name_latin: str
    sound: str
    birth_date: str
    village: str
    telephone: str
    household_number: str
    identity_number: str
    shown_number: str
    shown_identity_number: str
    stage: Stage
    stage_since: datetime
    created_at: datetime
    returned: bool
    fields: str


class Way(NamedTuple):
    """One question: whoever meets one of the `conditions`, `limit` at most; the newest, or in the order of the index.

    `{n}` stands in the conditions for the number of the question among those asked together.
    """

    conditions: tuple[str, ...]
    values: Mapping[str, str]
    limit: int
    newest: bool = False


_STAGES: dict[str, Stage] = {stage.value: stage for stage in Stage}
_EMPTY_OR = ", ".join(
    f"coalesce(p.{name}, '')"
    for name in (
        *("name_lo", "name_latin", "sound", "birth_date", "village", "telephone"),
        *("household_number", "identity_number"),
    )
)
_SHOWN = (
    f"SELECT p.ordinal, p.application_id, p.number, {_EMPTY_OR}, a.number, coalesce(a.identity_number, ''),"
    " a.stage, a.stage_since, a.created_at, a.returned, coalesce(d.fields, o.fields, '{}')"
    " FROM search_people AS p JOIN applications AS a ON a.id = p.application_id"
    " LEFT JOIN drafts AS d ON d.application_id = p.application_id"
    " LEFT JOIN applicants AS o ON o.application_id = p.application_id"
    " WHERE p.ordinal IN ("
)
# Few different lengths, so that the engine knows nearly every statement already.
_LENGTHS = (1, 5, 20, 50, 100, 300)


@lru_cache(maxsize=512)
def _asking(shapes: tuple[tuple[tuple[str, ...], bool], ...], narrowed: str) -> str:
    asked = []
    for place, (conditions, newest) in enumerate(shapes):
        order = " ORDER BY q.ordinal DESC" if newest else ""
        for condition in conditions:
            asked.append(
                f"SELECT {place}, ordinal FROM (SELECT q.ordinal FROM search_people AS q{narrowed} "
                f"{condition.replace('{n}', str(place))}{order} LIMIT :limit{place}) AS found"
            )
    return " UNION ALL ".join(asked)


def ordinals(connection: Connection, ways: Sequence[Way], narrowed: Filter) -> tuple[tuple[int, ...], ...]:
    """The answers to each of the questions, each person once in each."""
    values: dict[str, object] = {}
    for place, way in enumerate(ways):
        values[f"limit{place}"] = way.limit
        for name, value in way.values.items():
            values[f"{name}{place}"] = value
    begin = " WHERE"
    if narrowed != NO_FILTER:
        begin = " JOIN applications AS b ON b.id = q.application_id WHERE"
        if narrowed.stage is not None:
            begin += " b.stage = :at_stage AND"
            values["at_stage"] = narrowed.stage.value
        if narrowed.since is not None:
            begin += " b.created_at >= :since AND"
            values["since"] = as_stored(connection, narrowed.since)
        if narrowed.until is not None:
            begin += " b.created_at < :until AND"
            values["until"] = as_stored(connection, narrowed.until)
    sql = _asking(tuple((way.conditions, way.newest) for way in ways), begin)
    found: tuple[dict[int, None], ...] = tuple({} for _way in ways)
    for place, ordinal in rows(connection, sql, values):
        found[place][ordinal] = None
    return tuple(tuple(each)[: way.limit] for each, way in zip(found, ways, strict=True))


@cache
def _reading(length: int) -> str:
    return _SHOWN + ", ".join(f":o{place}" for place in range(length)) + ")"


def people(connection: Connection, asked: Sequence[int]) -> dict[int, FoundRow]:
    """What is known of them, by ordinal."""
    found: dict[int, FoundRow] = {}
    for start in range(0, len(asked), _LENGTHS[-1]):
        part = asked[start : start + _LENGTHS[-1]]
        length = next(length for length in _LENGTHS if length >= len(part))
        values = {f"o{place}": part[min(place, len(part) - 1)] for place in range(length)}
        for row in rows(connection, _reading(length), values):
            stage, since, created, returned, fields = row[13:]
            found[row[0]] = FoundRow._make(
                (*row[:13], _STAGES[stage], moment(since), moment(created), bool(returned), fields)
            )
    return found


def _begins(column: str, name: str) -> str:
    # A range of the index: every value that begins so (code-point order, as both engines keep these columns).
    return f"q.{column} >= :{name}{{n}} AND q.{column} < :{name}_end{{n}}"


def _beginning(name: str, text: str) -> dict[str, str]:
    return {name: text, f"{name}_end": text + _END}


@cache
def _all_begin(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_begins(column, "start") for column in columns)


@cache
def _all_are(columns: tuple[str, ...]) -> tuple[str, ...]:
    return (*(f"q.{column} = :name{{n}}" for column in columns), *_all_begin(columns))


@cache
def _second_begins_later(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{_begins(column, 'first')} AND q.{column} LIKE :second{{n}}" for column in columns)


def with_code(code: str, limit: int) -> Way:
    """Whose number, identity number or household number is `code` or begins with it."""
    return Way(_all_begin(_CODES), _beginning("start", code), limit)


def with_telephone(telephone: str, limit: int) -> Way:
    """Whose telephone key is or begins with `telephone`."""
    return Way(_all_begin(("telephone",)), _beginning("start", telephone), limit)


def with_household(number: str, limit: int) -> Way:
    """The household's applications, newest first."""
    return Way(("q.household_number = :number{n}",), {"number": number}, limit, newest=True)


def born(birth_date: str, limit: int) -> Way:
    """Born on that day, in that month or year ("YYYY", "YYYY-MM", "YYYY-MM-DD")."""
    return Way(_all_begin(("birth_date",)), _beginning("start", birth_date), limit)


def born_and_named(birth_date: str, words: tuple[str, ...], limit: int) -> Way:
    """Born then, with a Lao or Latin name that holds each folded word."""
    held = [f"(q.name_lo LIKE :word{n}_{{n}} OR q.name_latin LIKE :word{n}_{{n}})" for n in range(len(words))]
    values = {f"word{n}_": f"%{word}%" for n, word in enumerate(words)}
    condition = " AND ".join([_begins("birth_date", "start"), *held])
    return Way((condition,), _beginning("start", birth_date) | values, limit)


def named(words: tuple[str, ...], limit: int, *, whole: bool) -> Way:
    """Whose name is these folded words (`whole`), or begins with them; given name or surname first."""
    return _by_words(_NAMES, words, limit, whole=whole)


def sounding(sounds: tuple[str, ...], limit: int, *, whole: bool) -> Way:
    """Whose name sounds like these sound keys, in Lao or Latin letters."""
    return _by_words(_SOUNDS, sounds, limit, whole=whole)


def _by_words(columns: tuple[str, ...], words: tuple[str, ...], limit: int, *, whole: bool) -> Way:
    joined = " ".join(words)
    if whole:
        return Way(_all_are(columns), {"name": joined, **_beginning("start", joined + " ")}, limit)
    if len(words) != 2:
        return Way(_all_begin(columns), _beginning("start", joined), limit)
    # "sou pho": the first word begins the name, the second begins a later word of it. Both orders stand in
    # columns of their own, so the typed order does not matter.
    values = {**_beginning("start", joined), **_beginning("first", words[0]), "second": f"% {words[1]}%"}
    return Way((*_all_begin(columns), *_second_begins_later(columns)), values, limit)


def of_village(village: str, limit: int) -> Way:
    """From a village of that folded name, newest first."""
    return Way(("q.village = :village{n}",), {"village": village}, limit, newest=True)


def of_village_beginning(village: str, limit: int) -> Way:
    """From a village whose folded name begins so."""
    return Way(_all_begin(("village",)), _beginning("start", village), limit)


def words_like(connection: Connection, rests: Iterable[str], limit: int = 400) -> frozenset[str]:
    """Known words that share one of these shortened beginnings."""
    values: dict[str, object] = {f"r{place}": rest for place, rest in enumerate(sorted(rests))}
    if not values:
        return frozenset()
    asked = ", ".join(f":{name}" for name in values)
    sql = f"SELECT word FROM search_misspellings WHERE shortened IN ({asked}) LIMIT :limit"
    return frozenset(word for (word,) in rows(connection, sql, {**values, "limit": limit}))


def count_of_same_name(connection: Connection, application_id: str, *, name_lo: str, birth_date: str) -> int:
    """How many other applications have this folded Lao name and birth date, without those that were withdrawn."""
    if not name_lo or not birth_date:
        return 0
    people = search_people.c
    return int(
        connection.execute(
            select(func.count())
            .select_from(search_people)
            .join(applications, applications.c.id == people.application_id)
            .where(
                people.birth_date == birth_date,
                people.name_lo == name_lo,
                people.application_id != application_id,
                applications.c.stage.not_in(_NO_CARD),
            )
        ).scalar_one()
    )
