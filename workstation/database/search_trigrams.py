"""Parts of words: every three neighbouring letters. The one room of the search that speaks an engine's own SQL.

SQLite: FTS5 with the trigram tokenizer, without positions and without content. PostgreSQL: the letters in a table of
their own, read by an index of pg_trgm where the server has that extension and row by row where it has not. Whoever
asks checks the rows that come.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text

from workstation.database.plain_sql import rows

LETTERS = 3
_FTS5 = (
    "CREATE VIRTUAL TABLE search_trigrams USING fts5(letters, content='', contentless_delete=1, detail=none,"
    " tokenize='trigram case_sensitive 1')"
)
_TABLE = "CREATE TABLE search_trigrams (ordinal integer PRIMARY KEY, letters text NOT NULL)"
_INDEX = "CREATE INDEX ix_search_trigrams_letters ON search_trigrams USING gin (letters gin_trgm_ops)"


def make_trigrams(tx: Connection) -> None:
    """The empty index of parts."""
    if tx.dialect.name == "sqlite":
        tx.execute(text(_FTS5))
        return
    tx.execute(text(_TABLE))
    # The extension is in Debian's postgresql package; another server may lack it, and then the table is read through.
    if tx.scalar(text("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")):
        tx.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
        tx.execute(text(_INDEX))


def drop_trigrams(tx: Connection) -> None:
    """Takes the whole index of parts away, to be made anew."""
    tx.execute(text("DROP TABLE search_trigrams"))


def keep_letters(tx: Connection, kept: Iterable[tuple[int, str]]) -> None:
    """Adds (ordinal, text) rows that are not there yet."""
    values = list(kept)
    if not values:
        return
    if tx.dialect.name == "sqlite":
        tx.exec_driver_sql("INSERT INTO search_trigrams (rowid, letters) VALUES (?, ?)", values)
    else:
        tx.exec_driver_sql("INSERT INTO search_trigrams (ordinal, letters) VALUES (%s, %s)", values)


def drop_letters(tx: Connection, ordinal: int) -> None:
    """Takes one row out; none of that ordinal is no fault."""
    key = "rowid" if tx.dialect.name == "sqlite" else "ordinal"
    tx.execute(text(f"DELETE FROM search_trigrams WHERE {key} = :ordinal"), {"ordinal": ordinal})


def ordinals_with_parts(
    connection: Connection, parts: Iterable[str], *, before: int | None, limit: int
) -> tuple[int, ...]:
    """Newest ordinals (below `before`) whose text has all the letters of `parts`, on SQLite perhaps in other places.

    Parts shorter than LETTERS say nothing; with none that is longer the answer is empty.
    """
    long = sorted({part for part in parts if len(part) >= LETTERS})
    if not long:
        return ()
    values: dict[str, object] = {"limit": limit, "before": before}
    if connection.dialect.name == "sqlite":
        trigrams = sorted({part[i : i + LETTERS] for part in long for i in range(len(part) - LETTERS + 1)})
        values["asked"] = " AND ".join('"' + trigram.replace('"', '""') + '"' for trigram in trigrams)
        key, condition = "rowid", "search_trigrams MATCH :asked"
    else:
        values |= {f"part{place}": f"%{_literal(part)}%" for place, part in enumerate(long)}
        key, condition = "ordinal", " AND ".join(f"letters LIKE :part{place}" for place in range(len(long)))
    below = "" if before is None else f" AND {key} < :before"
    sql = f"SELECT {key} FROM search_trigrams WHERE {condition}{below} ORDER BY {key} DESC LIMIT :limit"
    return tuple(ordinal for (ordinal,) in rows(connection, sql, values))


def _literal(part: str) -> str:
    return part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
