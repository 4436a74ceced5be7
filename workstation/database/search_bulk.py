"""Indexing many applications at once: the first time, after the rules of folding changed, or when seeding."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Dialect, Table, delete, func, select, text
from sqlalchemy.types import TypeEngine

from workstation.database.search_index import learn_words
from workstation.database.search_keys import code_key, letters_of, name_words, person_keys
from workstation.database.search_tables import search_misspellings, search_people, search_words
from workstation.database.search_trigrams import drop_trigrams, keep_letters, make_trigrams
from workstation.database.tables import UtcTime, applicants, applications, drafts

_BATCH = 5000
_KEYS = tuple(name for name in search_people.c.keys() if name not in ("ordinal", "application_id"))  # noqa: SIM118  # columns, no dict
Searchable = tuple[str, str, Mapping[str, str], str | None]


def add_rows(tx: Connection, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Inserts rows as the driver takes them: for very many, what SQLAlchemy does to each costs more than the insert."""
    types = [_change(table.c[name].type, tx.dialect) for name in names]
    special = [(place, change) for place, change in enumerate(types) if change is not None]
    if special:
        changed = []
        for row in rows:
            values = list(row)
            for place, change in special:
                values[place] = change(values[place])
            changed.append(tuple(values))
        rows = changed
    mark = "?" if tx.dialect.paramstyle == "qmark" else "%s"
    marks = ", ".join(mark for _name in names)
    if rows:
        tx.exec_driver_sql(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})", list(rows))


def _change(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    if isinstance(kind, UtcTime) and dialect.name == "sqlite":
        # The text that SQLAlchemy makes of it, at a third of the time.
        return lambda at: at.astimezone(UTC).isoformat(" ", "microseconds")[:26]
    return kind.dialect_impl(dialect).bind_processor(dialect)


def index_many(tx: Connection, rows: Iterable[Searchable]) -> None:
    """Adds applications that are not indexed yet: (id, number, fields, identity number), in the order of their age."""
    ordinal = int(tx.execute(select(func.coalesce(func.max(search_people.c.ordinal), 0))).scalar_one())
    taught: set[str] = set()
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        people, letters = [], []
        words: set[str] = set()
        for application_id, number, fields, identity_number in batch:
            ordinal += 1
            keys = person_keys(fields)
            keys["number"] = code_key(number)
            keys["identity_number"] = code_key(identity_number) if identity_number else None
            letters.append((ordinal, letters_of(keys)))
            words |= name_words(keys)
            people.append((ordinal, application_id, *map(keys.__getitem__, _KEYS)))
        add_rows(tx, search_people, ("ordinal", "application_id", *_KEYS), people)
        keep_letters(tx, letters)
        fresh = sorted(words - taught)
        for start in range(0, len(fresh), 500):
            learn_words(tx, fresh[start : start + 500])
        taught |= words
    if ordinal and tx.dialect.name != "sqlite":
        # The ordinals were told here; the engine's own count goes on behind them.
        tx.execute(
            text("SELECT setval(pg_get_serial_sequence('search_people', 'ordinal'), :last)"),
            {"last": ordinal},
        )


def put_indexes_aside(tx: Connection) -> tuple[str, ...]:
    """Before very many rows: sorted once at the end, indexes cost a tenth of what they cost row by row.

    Returns the statements that make them again, for `make_indexes`. Where the engine cannot tell them, nothing is done.
    """
    if tx.dialect.name != "sqlite":
        return ()
    held = tx.execute(
        text(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            " AND tbl_name IN ('applications', 'search_people') ORDER BY name"
        )
    ).all()
    for row in held:
        tx.execute(text(f"DROP INDEX {row.name}"))
    return tuple(row.sql for row in held)


def make_indexes(tx: Connection, statements: Iterable[str]) -> None:
    """The indexes again."""
    for statement in statements:
        tx.exec_driver_sql(statement)


def rebuild(tx: Connection) -> None:
    """The whole index anew from what the applications hold."""
    for table in (search_misspellings, search_words, search_people):
        tx.execute(delete(table))
    drop_trigrams(tx)
    make_trigrams(tx)
    fields = func.coalesce(drafts.c.fields, applicants.c.fields, "{}")
    held = tx.execute(
        select(applications.c.id, applications.c.number, fields, applications.c.identity_number)
        .outerjoin(drafts, drafts.c.application_id == applications.c.id)
        .outerjoin(applicants, applicants.c.application_id == applications.c.id)
        .order_by(applications.c.created_at, applications.c.id)
    )
    index_many(tx, ((row[0], row[1], json.loads(row[2]), row[3]) for row in held))
