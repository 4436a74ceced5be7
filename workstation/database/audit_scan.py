"""Reading the whole trail in the order in which it was written, for verification, export and the measure of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from sqlalchemy import Connection

from workstation.database.plain_sql import rows
from workstation.security.hash_chain import Row

PAGE = 1000
_PAGE = (
    "SELECT position, at, tag, actor, station_id, object_id, facts, entry, hash, sequence FROM audit"
    f" WHERE sequence > :after ORDER BY sequence LIMIT {PAGE}"
)


def entries_after(connection: Connection, after: int) -> tuple[Sequence[Row], int]:
    """The next page of entries whose sequence is above `after`, and the last sequence of the page.

    The rows are the driver's own tuples, with Row's fields: making anything else of a million of them would take as
    long as to read them.
    """
    found = rows(connection, _PAGE, {"after": after})
    if not found:
        return (), after
    if not isinstance(found[0][1], str):
        # PostgreSQL gives naive datetimes.
        found = [(row[0], f"{row[1]:%Y-%m-%d %H:%M:%S.%f}", *row[2:]) for row in found]
    return cast(Sequence[Row], found), found[-1][9]


def every_entry(connection: Connection) -> Iterator[Row]:
    """All entries of all stations, oldest first."""
    page, last = entries_after(connection, 0)
    while page:
        yield from (Row(*row) for row in page)
        page, last = entries_after(connection, last)


def last_sequence(connection: Connection) -> int:
    """The sequence of the last entry: about how many there are, of all stations."""
    return int(rows(connection, "SELECT max(sequence) FROM audit", {})[0][0] or 0)
