"""SQL written out, for what is asked at every keystroke or every second: told to the driver as it stands.

Building such a statement from expressions, or handing out its rows as mappings, costs more than the engine needs to
answer it. Values stand as `:name` in the text and travel beside it, never inside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError

from workstation.database.tables import UtcTime

_VALUE = re.compile(r"(?<!:):(\w+)")


@lru_cache(maxsize=1024)
def _in_style(sql: str, paramstyle: str) -> str:
    # SQLite's driver knows `:name` itself; PostgreSQL's wants %(name)s.
    return sql if paramstyle in ("qmark", "named") else _VALUE.sub(r"%(\1)s", sql.replace("%", "%%"))


def rows(connection: Connection, sql: str, values: Mapping[str, object]) -> Sequence[tuple[Any, ...]]:
    """All rows, as the driver gives them. Raises SQLAlchemy's DBAPIError kinds, as any other statement does."""
    dialect = connection.dialect
    cursor = connection.connection.cursor()
    try:
        cursor.execute(_in_style(sql, dialect.paramstyle), values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
    except dialect.loaded_dbapi.Error as error:
        raise DBAPIError.instance(
            sql, dict(values), error, dialect.loaded_dbapi.Error, dialect=dialect
        ) from error
    finally:
        cursor.close()
    return found


@cache
def _writer(dialect: Dialect) -> Callable[[Any], Any]:
    write = UtcTime().dialect_impl(dialect).bind_processor(dialect)
    assert write is not None
    return write


def moment(held: Any) -> datetime:
    """The aware moment of a UtcTime column: SQLite gives its text, PostgreSQL a naive datetime."""
    if isinstance(held, str):
        return datetime.fromisoformat(held + "+00:00")
    aware: datetime = held.replace(tzinfo=UTC)
    return aware


def as_stored(connection: Connection, at: datetime) -> Any:
    """The moment as a UtcTime column holds it, to be compared with one."""
    return _writer(connection.dialect)(at)
