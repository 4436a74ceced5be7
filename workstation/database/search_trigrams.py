"""Parts of words: every three neighbouring letters. The one room of the search that speaks an engine's own SQL.

SQLite: FTS5 with the trigram tokenizer, without positions and without content; whoever asks checks the rows that
come. PostgreSQL has pg_trgm for the same question.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text

from workstation.database.plain_sql import rows

LETTERS = 3
CREATE = (
    "CREATE VIRTUAL TABLE search_trigrams USING fts5(letters, content='', contentless_delete=1, detail=none,"
    " tokenize='trigram case_sensitive 1')"
)
DROP = "DROP TABLE search_trigrams"


def keep_letters(tx: Connection, kept: Iterable[tuple[int, str]]) -> None:
    """Adds (ordinal, text) rows that are not there yet."""
    values = list(kept)
    if values:
        tx.exec_driver_sql("INSERT INTO search_trigrams (rowid, letters) VALUES (?, ?)", values)


def drop_letters(tx: Connection, ordinal: int) -> None:
    """Takes one row out; none of that ordinal is no fault."""
    tx.execute(text("DELETE FROM search_trigrams WHERE rowid = :ordinal"), {"ordinal": ordinal})


def ordinals_with_parts(
    connection: Connection, parts: Iterable[str], *, before: int | None, limit: int
) -> tuple[int, ...]:
    """Newest ordinals (below `before`) whose text has all the letters of `parts`, perhaps in other places.

    Parts shorter than LETTERS say nothing; with none that is longer the answer is empty.
    """
    trigrams = sorted({part[i : i + LETTERS] for part in parts for i in range(len(part) - LETTERS + 1)})
    if not trigrams:
        return ()
    asked = " AND ".join('"' + trigram.replace('"', '""') + '"' for trigram in trigrams)
    below = "" if before is None else " AND rowid < :before"
    sql = (
        "SELECT rowid FROM search_trigrams WHERE search_trigrams MATCH :asked"
        f"{below} ORDER BY rowid DESC LIMIT :limit"
    )
    values = {"asked": asked, "limit": limit} | ({} if before is None else {"before": before})
    return tuple(ordinal for (ordinal,) in rows(connection, sql, values))
