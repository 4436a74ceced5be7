"""Putting very many invented applications into an office at once, in one transaction, with their search index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, text

from workstation.database.search_bulk import add_rows, index_many, make_indexes, put_indexes_aside
from workstation.database.stage_counts import install_counting, stop_counting
from workstation.database.tables import applicants, applications, drafts, numbering, operators
from workstation.domain.stages import Stage

_BATCH = 5000
_written = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
# Below this many, putting the indexes aside costs more than it saves.
_MANY = 20_000
_CACHE_KIB = 300_000


class SeededApplication(NamedTuple):
    """One invented application. At intake its fields are a draft, afterwards the applicant's."""

    id: str
    number: str
    stage: Stage
    begun: datetime
    stage_since: datetime
    returned: bool
    fields: Mapping[str, str]
    name_lo: str
    name_latin: str
    sort_key: bytes
    identity_number: str | None
    document_number: str | None


def seeded_before(connection: Connection) -> int:
    """How many applications there are."""
    return int(connection.execute(select(func.count()).select_from(applications)).scalar_one())


def first_operator(connection: Connection) -> str:
    """The id of the operator who was there first."""
    first = select(operators.c.id).order_by(operators.c.created_at, operators.c.id).limit(1)
    return str(connection.execute(first).scalar_one())


def last_ordinals(connection: Connection) -> dict[str, int]:
    """The last ordinal given on each office day (ISO 8601)."""
    return {row[0]: row[1] for row in connection.execute(select(numbering.c.day, numbering.c.last))}


def add_seeded(tx: Connection, rows: Iterable[SeededApplication], *, policy_version: str, by: str) -> None:
    """Adds them all and keeps numbering and search index right."""
    days: dict[str, int] = last_ordinals(tx)
    waiting = iter(rows)
    first = list(islice(waiting, _MANY))
    many = len(first) == _MANY
    aside: tuple[str, ...] = ()
    if many:
        _more_cache(tx, _CACHE_KIB)
        aside = put_indexes_aside(tx)
        stop_counting(tx)

    def stored() -> Iterator[tuple[str, str, Mapping[str, str], str | None]]:
        batch = first
        while batch:
            for start in range(0, len(batch), _BATCH):
                _add(tx, batch[start : start + _BATCH], policy_version, by)
            for row in batch:
                # OFFICE-STATION-YYMMDD-NNN-C: its day stands before the ordinal and the check character.
                short = row.number.split("-", 3)[2]
                day = f"20{short[:2]}-{short[2:4]}-{short[4:]}"
                days[day] = days.get(day, 0) + 1
                yield row.id, row.number, row.fields, row.identity_number
            batch = list(islice(waiting, _BATCH))

    index_many(tx, stored())
    tx.execute(delete(numbering))
    tx.execute(insert(numbering), [{"day": day, "last": last} for day, last in sorted(days.items())])
    if many:
        make_indexes(tx, aside)
        install_counting(tx)
        _more_cache(tx, 2000)


def _more_cache(tx: Connection, kibibytes: int) -> None:
    if tx.dialect.name == "sqlite":
        tx.execute(text(f"PRAGMA cache_size = -{kibibytes}"))


_APPLICATION = (
    "id", "number", "kind", "stage", "version", "policy_version", "created_at", "created_by", "stage_since",
    "returned", "name_lo", "name_latin", "name_sort_key", "birth_date", "village", "identity_number",
    "document_number",
)  # fmt: skip


def _add(tx: Connection, rows: list[SeededApplication], policy_version: str, by: str) -> None:
    values: list[tuple[Any, ...]] = []
    typed: list[tuple[Any, ...]] = []
    accepted: list[tuple[Any, ...]] = []
    for row in rows:
        fields = _written(row.fields)
        shown: tuple[Any, ...]
        if row.stage is Stage.INTAKE:
            shown = ("", "", b"", "", "")
            typed.append((row.id, fields, row.begun, by))
        else:
            shown = (
                row.name_lo,
                row.name_latin,
                row.sort_key,
                row.fields["birth_date"],
                row.fields["village"],
            )
            accepted.append((row.id, fields))
        values.append(
            (
                row.id,
                row.number,
                "first_issue",
                row.stage.value,
                1,
                policy_version,
                row.begun,
                by,
                row.stage_since,
                row.returned,
                *shown,
                row.identity_number,
                row.document_number,
            )
        )
    add_rows(tx, applications, _APPLICATION, values)
    add_rows(tx, drafts, ("application_id", "fields", "saved_at", "saved_by"), typed)
    add_rows(tx, applicants, ("application_id", "fields"), accepted)
