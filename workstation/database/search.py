"""Finding applications: each question is one range of one index, newest or nearest first, never more than asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Connection, Row, TextualSelect, bindparam, func, select, text

from workstation.database.search_tables import search_misspellings, search_people
from workstation.database.search_trigrams import ordinals_with_parts
from workstation.database.tables import UtcTime, applications
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


@dataclass(frozen=True)
class FoundRow:
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


_SHOWN = """
SELECT p.ordinal, p.application_id, p.number, p.name_lo, p.name_latin, p.sound, p.birth_date, p.village, p.telephone,
  p.household_number, p.identity_number, a.number AS shown_number, a.identity_number AS shown_identity_number,
  a.stage, a.stage_since, a.created_at, a.returned, coalesce(d.fields, o.fields, '{}') AS fields
FROM search_people AS p JOIN applications AS a ON a.id = p.application_id
  LEFT JOIN drafts AS d ON d.application_id = p.application_id
  LEFT JOIN applicants AS o ON o.application_id = p.application_id
WHERE p.ordinal IN ("""

_BY_ORDINALS = (
    text(_SHOWN + "SELECT ordinal FROM search_people WHERE ordinal IN :ordinals) ORDER BY p.ordinal DESC")
    .bindparams(bindparam("ordinals", expanding=True))
    .columns(stage_since=UtcTime, created_at=UtcTime, returned=Boolean)
)


@cache
def _statement(condition: str, stage: bool, since: bool, until: bool, newest: bool) -> TextualSelect:
    # Written out and kept: building these with expressions costs more than the engine needs to answer them.
    narrowed = [
        *(["b.stage = :stage"] if stage else []),
        *(["b.created_at >= :since"] if since else []),
        *(["b.created_at < :until"] if until else []),
    ]
    joined = " JOIN applications AS b ON b.id = q.application_id" if narrowed else ""
    order = " ORDER BY q.ordinal DESC" if newest else ""
    asked = " AND ".join([f"({condition})", *narrowed])
    inner = f"SELECT q.ordinal FROM search_people AS q{joined} WHERE {asked}{order} LIMIT :limit"
    moments = [bindparam(name, type_=UtcTime) for name, said in (("since", since), ("until", until)) if said]
    return (
        text(_SHOWN + inner + ") ORDER BY p.ordinal DESC")
        .bindparams(*moments)
        .columns(stage_since=UtcTime, created_at=UtcTime, returned=Boolean)
    )


def _which(
    connection: Connection,
    condition: str,
    values: Mapping[str, str],
    narrowed: Filter,
    limit: int,
    *,
    newest: bool = False,
) -> tuple[FoundRow, ...]:
    filters = {
        name: value
        for name, value in (
            ("stage", None if narrowed.stage is None else narrowed.stage.value),
            ("since", narrowed.since),
            ("until", narrowed.until),
        )
        if value is not None
    }
    statement = _statement(condition, "stage" in filters, "since" in filters, "until" in filters, newest)
    return _found(connection.execute(statement, {**values, **filters, "limit": limit}))


def _found(rows: Iterable[Row[Any]]) -> tuple[FoundRow, ...]:
    found = []
    for row in rows:
        values: dict[str, Any] = {
            name: "" if value is None else value for name, value in row._mapping.items()
        }
        values["stage"] = Stage(values["stage"])
        found.append(FoundRow(**values))
    return tuple(found)


def _begins(columns: Iterable[str], name: str) -> str:
    # A range of the index: every value that begins so (code-point order, as both engines keep these columns).
    return " OR ".join(f"(q.{column} >= :{name} AND q.{column} < :{name}_end)" for column in columns)


def _beginning(name: str, text: str) -> dict[str, str]:
    return {name: text, f"{name}_end": text + _END}


def _is(columns: Iterable[str], name: str) -> str:
    return " OR ".join(f"q.{column} = :{name}" for column in columns)


def with_code(connection: Connection, code: str, narrowed: Filter, limit: int) -> tuple[FoundRow, ...]:
    """Whose number, identity number or household number is `code` or begins with it."""
    return _which(connection, _begins(_CODES, "code"), _beginning("code", code), narrowed, limit)


def with_telephone(
    connection: Connection, telephone: str, narrowed: Filter, limit: int
) -> tuple[FoundRow, ...]:
    """Whose telephone key is or begins with `telephone`."""
    return _which(
        connection, _begins(["telephone"], "telephone"), _beginning("telephone", telephone), narrowed, limit
    )


def with_household(connection: Connection, number: str, limit: int) -> tuple[FoundRow, ...]:
    """The household's applications, newest first."""
    return _which(
        connection, "q.household_number = :number", {"number": number}, Filter(), limit, newest=True
    )


def born(connection: Connection, birth_date: str, narrowed: Filter, limit: int) -> tuple[FoundRow, ...]:
    """Born on that day, in that month or year ("YYYY", "YYYY-MM", "YYYY-MM-DD")."""
    return _which(
        connection, _begins(["birth_date"], "birth"), _beginning("birth", birth_date), narrowed, limit
    )


def born_and_named(
    connection: Connection, birth_date: str, words: tuple[str, ...], narrowed: Filter, limit: int
) -> tuple[FoundRow, ...]:
    """Born then, with a Lao or Latin name that holds each folded word."""
    held = [f"(q.name_lo LIKE :word{n} OR q.name_latin LIKE :word{n})" for n in range(len(words))]
    condition = " AND ".join([_begins(["birth_date"], "birth"), *held])
    values = {f"word{n}": f"%{word}%" for n, word in enumerate(words)}
    return _which(connection, condition, _beginning("birth", birth_date) | values, narrowed, limit)


def named(
    connection: Connection, words: tuple[str, ...], narrowed: Filter, limit: int, *, whole: bool
) -> tuple[FoundRow, ...]:
    """Whose name is these folded words (`whole`), or begins with them; given name or surname first."""
    return _by_words(connection, _NAMES, words, narrowed, limit, whole=whole)


def sounding(
    connection: Connection, sounds: tuple[str, ...], narrowed: Filter, limit: int, *, whole: bool
) -> tuple[FoundRow, ...]:
    """Whose name sounds like these sound keys, in Lao or Latin letters."""
    return _by_words(connection, _SOUNDS, sounds, narrowed, limit, whole=whole)


def _by_words(
    connection: Connection,
    columns: tuple[str, ...],
    words: tuple[str, ...],
    narrowed: Filter,
    limit: int,
    *,
    whole: bool,
) -> tuple[FoundRow, ...]:
    joined = " ".join(words)
    if whole:
        condition = _is(columns, "name") + " OR " + _begins(columns, "start")
        values = {"name": joined, **_beginning("start", joined + " ")}
    else:
        condition, values = _begins(columns, "start"), _beginning("start", joined)
        if len(words) == 2:
            # "sou pho": the first word begins the name, the second begins a later word of it. Both orders stand in
            # columns of their own, so the typed order does not matter.
            later = [f"({_begins([column], 'first')} AND q.{column} LIKE :second)" for column in columns]
            condition = " OR ".join([condition, *later])
            values |= {**_beginning("first", words[0]), "second": f"% {words[1]}%"}
    return _which(connection, condition, values, narrowed, limit)


def of_village(connection: Connection, village: str, narrowed: Filter, limit: int) -> tuple[FoundRow, ...]:
    """From a village of that folded name, newest first, or else one whose name begins so."""
    exactly = _which(connection, "q.village = :village", {"village": village}, narrowed, limit, newest=True)
    if exactly:
        return exactly
    return _which(
        connection, _begins(["village"], "village"), _beginning("village", village), narrowed, limit
    )


def with_parts(
    connection: Connection, parts: tuple[str, ...], before: int | None, limit: int
) -> tuple[FoundRow, ...]:
    """Newest rows that may hold all of `parts` somewhere; whoever asks looks whether they do."""
    ordinals = ordinals_with_parts(connection, parts, before=before, limit=limit)
    return _found(connection.execute(_BY_ORDINALS, {"ordinals": ordinals})) if ordinals else ()


def words_like(connection: Connection, rests: Iterable[str], limit: int = 400) -> frozenset[str]:
    """Known words that share one of these shortened beginnings."""
    table = search_misspellings.c
    return frozenset(
        connection.execute(
            select(table.word).where(table.shortened.in_(sorted(rests))).limit(limit)
        ).scalars()
    )


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
