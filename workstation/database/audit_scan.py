"""Reading the whole trail in the order in which it was written, for verification, export and the measure of both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from workstation.database.plain_sql import rows
from workstation.security.hash_chain import Row

PAGE = 1000
_PAGE = (
    "SELECT sequence, position, at, tag, actor, station_id, object_id, facts, entry, hash FROM audit"
    f" WHERE sequence > :after ORDER BY sequence LIMIT {PAGE}"
)


def _moment(held: Any) -> str:
    """The column's moment as the entry's bytes write it: SQLite gives text, PostgreSQL a naive datetime."""
    if isinstance(held, str):
        return f"{held[:10]}T{held[11:]}Z"
    assert isinstance(held, datetime)
    return held.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def entries_after(connection: Connection, after: int) -> tuple[list[Row], int]:
    """The next page of entries whose sequence is above `after`, and the last sequence of the page."""
    found = rows(connection, _PAGE, {"after": after})
    page = [
        Row(position, _moment(at), tag, actor, station, thing, bytes(facts), bytes(entry), bytes(head))
        for _sequence, position, at, tag, actor, station, thing, facts, entry, head in found
    ]
    return page, found[-1][0] if found else after


def every_entry(connection: Connection) -> Iterator[Row]:
    """All entries of all stations, oldest first."""
    page, last = entries_after(connection, 0)
    while page:
        yield from page
        page, last = entries_after(connection, last)


def entries_held(connection: Connection) -> int:
    """How many entries there are, of all stations."""
    return int(rows(connection, "SELECT count(*) FROM audit", {})[0][0])
