"""Finding applications: each question is one range of one index, newest or nearest first, never more than asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from workstation.database.search_tables import search_misspellings, search_people
from workstation.database.search_trigrams import ordinals_with_parts
from workstation.database.tables import applicants, applications, drafts
from workstation.domain.stages import Stage

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


_KEYS = (
    "ordinal", "application_id", "number", "name_lo", "name_latin", "sound", "birth_date", "village",
    "telephone", "household_number", "identity_number",
)  # fmt: skip
_SELECTED = (
    select(
        *(search_people.c[name] for name in _KEYS),
        applications.c.number.label("shown_number"),
        applications.c.identity_number.label("shown_identity_number"),
        applications.c.stage,
        applications.c.stage_since,
        applications.c.created_at,
        applications.c.returned,
        func.coalesce(drafts.c.fields, applicants.c.fields, "{}").label("fields"),
    )
    .select_from(search_people)
    .join(applications, applications.c.id == search_people.c.application_id)
    .outerjoin(drafts, drafts.c.application_id == search_people.c.application_id)
    .outerjoin(applicants, applicants.c.application_id == search_people.c.application_id)
)


def _found(row: Row[*tuple[Any, ...]]) -> FoundRow:
    values: dict[str, Any] = {name: "" if value is None else value for name, value in row._asdict().items()}
    values["stage"] = Stage(values["stage"])
    return FoundRow(**values)


def begins(column: ColumnElement[Any], beginning: str) -> ColumnElement[bool]:
    """A range of the index: every value that begins so (code-point order, as both engines keep these columns)."""
    return and_(column >= beginning, column < beginning + _END)


def _rows(connection: Connection, ordinals: Iterable[int]) -> tuple[FoundRow, ...]:
    asked = tuple(ordinals)
    if not asked:
        return ()
    found = connection.execute(_SELECTED.where(search_people.c.ordinal.in_(asked)))
    return tuple(sorted((_found(row) for row in found), key=lambda row: -row.ordinal))


def _which(
    connection: Connection,
    conditions: Iterable[ColumnElement[bool]],
    narrowed: Filter,
    limit: int,
    *,
    newest: bool = False,
) -> tuple[FoundRow, ...]:
    # Every condition is a range of an index of its own; the engine unites them and stops at the limit.
    asked = select(search_people.c.ordinal).where(or_(*conditions))
    limits = []
    if narrowed.stage is not None:
        limits.append(applications.c.stage == narrowed.stage.value)
    if narrowed.since is not None:
        limits.append(applications.c.created_at >= narrowed.since)
    if narrowed.until is not None:
        limits.append(applications.c.created_at < narrowed.until)
    if limits:
        asked = asked.join(applications, applications.c.id == search_people.c.application_id).where(*limits)
    if newest:
        asked = asked.order_by(search_people.c.ordinal.desc())
    found = connection.execute(_SELECTED.where(search_people.c.ordinal.in_(asked.limit(limit))))
    return tuple(sorted((_found(row) for row in found), key=lambda row: -row.ordinal))


def with_code(connection: Connection, code: str, narrowed: Filter, limit: int) -> tuple[FoundRow, ...]:
    """Whose number, identity number or household number is `code` or begins with it."""
    columns = [search_people.c[name] for name in ("number", "identity_number", "household_number")]
    return _which(
        connection,
        [*(column == code for column in columns), *(begins(column, code) for column in columns)],
        narrowed,
        limit,
    )


def with_telephone(
    connection: Connection, telephone: str, narrowed: Filter, limit: int
) -> tuple[FoundRow, ...]:
    """Whose telephone key is or begins with `telephone`."""
    return _which(connection, [begins(search_people.c.telephone, telephone)], narrowed, limit)


def with_household(connection: Connection, number: str, limit: int) -> tuple[FoundRow, ...]:
    """The household's applications, newest first."""
    return _which(connection, [search_people.c.household_number == number], Filter(), limit, newest=True)


def born(connection: Connection, birth_date: str, narrowed: Filter, limit: int) -> tuple[FoundRow, ...]:
    """Born on that day, in that month or year ("YYYY", "YYYY-MM", "YYYY-MM-DD")."""
    return _which(connection, [begins(search_people.c.birth_date, birth_date)], narrowed, limit)


def born_and_named(
    connection: Connection, birth_date: str, words: tuple[str, ...], narrowed: Filter, limit: int
) -> tuple[FoundRow, ...]:
    """Born then, with a name that holds each folded word."""
    people = search_people.c
    held = [or_(*(people[name].contains(word, autoescape=True) for name in _NAMES)) for word in words]
    return _which(connection, [and_(begins(people.birth_date, birth_date), *held)], narrowed, limit)


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
    names: tuple[str, ...],
    words: tuple[str, ...],
    narrowed: Filter,
    limit: int,
    *,
    whole: bool,
) -> tuple[FoundRow, ...]:
    columns = [search_people.c[name] for name in names]
    joined = " ".join(words)
    if whole:
        conditions = [column == joined for column in columns]
        conditions += [begins(column, joined + " ") for column in columns]
    else:
        conditions = [begins(column, joined) for column in columns]
        if len(words) == 2:
            # "sou pho": the first word begins the name, the second begins a later word of it. Both orders stand in
            # columns of their own, so the typed order does not matter.
            conditions += [
                and_(begins(column, words[0]), column.contains(" " + words[1], autoescape=True))
                for column in columns
            ]
    return _which(connection, conditions, narrowed, limit)


def of_village(connection: Connection, village: str, narrowed: Filter, limit: int) -> tuple[FoundRow, ...]:
    """From a village of that folded name, newest first, or one whose name begins so."""
    column = search_people.c.village
    exactly = _which(connection, [column == village], narrowed, limit, newest=True)
    return exactly or _which(connection, [begins(column, village)], narrowed, limit)


def with_parts(
    connection: Connection, parts: tuple[str, ...], before: int | None, limit: int
) -> tuple[FoundRow, ...]:
    """Newest rows that may hold all of `parts` somewhere; whoever asks looks whether they do."""
    return _rows(connection, ordinals_with_parts(connection, parts, before=before, limit=limit))


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
