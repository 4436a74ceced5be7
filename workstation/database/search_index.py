"""Keeping the search index: called in the transaction of every verb that changes what can be searched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, update

from workstation.database.plain_sql import rows
from workstation.database.search_keys import code_key, letters_of, name_words, person_keys, shortened
from workstation.database.search_tables import search_misspellings, search_people, search_words
from workstation.database.search_trigrams import drop_letters, keep_letters
from workstation.database.tables import applications

_COLUMNS = tuple(column.name for column in search_people.columns)
_HELD = f"SELECT {', '.join(_COLUMNS)} FROM search_people WHERE application_id = :id"


def index_number(tx: Connection, application_id: str, number: str) -> None:
    """A new application: its number can be found at once."""
    _keep(tx, application_id, {"number": code_key(number)})


def index_fields(tx: Connection, application_id: str, fields: Mapping[str, str], *, accepted: bool) -> None:
    """What is known of the applicant now. Only accepted names teach the spelling of words."""
    keys = person_keys(fields)
    _keep(tx, application_id, keys)
    if accepted:
        learn_words(tx, name_words(keys))


def index_identity_number(tx: Connection, application_id: str, identity_number: str) -> None:
    """The registry's number for the person."""
    _keep(tx, application_id, {"identity_number": code_key(identity_number) or None})


def learn_words(tx: Connection, words: Iterable[str]) -> None:
    """Makes words known, with everything a slip of the hand can leave of their beginning."""
    asked = frozenset(words)
    known = frozenset(tx.execute(select(search_words.c.word).where(search_words.c.word.in_(asked))).scalars())
    fresh = sorted(asked - known)
    if not fresh:
        return
    tx.execute(insert(search_words), [{"word": word} for word in fresh])
    tx.execute(
        insert(search_misspellings),
        [{"shortened": rest, "word": word} for word in fresh for rest in sorted(shortened(word))],
    )


def _keep(tx: Connection, application_id: str, keys: Mapping[str, Any]) -> None:
    held = rows(tx, _HELD, {"id": application_id})
    if not held:
        number = select(applications.c.number).where(applications.c.id == application_id)
        keys = {"number": code_key(tx.execute(number).scalar_one()), **keys}
        made = tx.execute(
            insert(search_people)
            .values(application_id=application_id, **keys)
            .returning(search_people.c.ordinal)
        )
        keep_letters(tx, [(made.scalar_one(), letters_of(keys))])
        return
    before = dict(zip(_COLUMNS, held[0], strict=True))
    ordinal = before["ordinal"]
    now = before | dict(keys)
    if now == before:
        return
    tx.execute(update(search_people).where(search_people.c.ordinal == ordinal).values(**dict(keys)))
    if letters_of(now) != letters_of(before):
        drop_letters(tx, ordinal)
        keep_letters(tx, [(ordinal, letters_of(now))])
