"""Indexing many applications at once: the first time, after the rules of folding changed, or when seeding."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import islice

from sqlalchemy import Connection, delete, func, insert, select, text

from workstation.database.search_index import learn_words
from workstation.database.search_keys import code_key, letters_of, name_words, person_keys
from workstation.database.search_tables import search_misspellings, search_people, search_words
from workstation.database.search_trigrams import CREATE, DROP, keep_letters
from workstation.database.tables import applicants, applications, drafts

_BATCH = 5000
Searchable = tuple[str, str, Mapping[str, str], str | None]


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
            people.append({"ordinal": ordinal, "application_id": application_id, **keys})
        tx.execute(insert(search_people), people)
        keep_letters(tx, letters)
        fresh = sorted(words - taught)
        for start in range(0, len(fresh), 500):
            learn_words(tx, fresh[start : start + 500])
        taught |= words


def put_indexes_aside(tx: Connection) -> None:
    """Before very many rows: sorted once at the end, indexes cost a tenth of what they cost row by row."""
    for index in search_people.indexes:
        index.drop(tx)


def make_indexes(tx: Connection) -> None:
    """The indexes again."""
    for index in sorted(search_people.indexes, key=lambda index: str(index.name)):
        index.create(tx)
    tx.execute(text("ANALYZE search_people"))


def rebuild(tx: Connection) -> None:
    """The whole index anew from what the applications hold."""
    for table in (search_misspellings, search_words, search_people):
        tx.execute(delete(table))
    tx.execute(text(DROP))
    tx.execute(text(CREATE))
    fields = func.coalesce(drafts.c.fields, applicants.c.fields, "{}")
    held = tx.execute(
        select(applications.c.id, applications.c.number, fields, applications.c.identity_number)
        .outerjoin(drafts, drafts.c.application_id == applications.c.id)
        .outerjoin(applicants, applicants.c.application_id == applications.c.id)
        .order_by(applications.c.created_at, applications.c.id)
    )
    index_many(tx, ((row[0], row[1], json.loads(row[2]), row[3]) for row in held))
