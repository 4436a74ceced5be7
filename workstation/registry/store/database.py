"""Opening the registry's database: the SQLite that SQLCipher brings, its version, its migrations, its transactions.

The file is not encrypted: it holds invented people for training and acceptance tests.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

# SQLite before 3.51.3 can corrupt a WAL database when a checkpoint resets it (fixed there).
_OLDEST_SQLITE = (3, 51, 3)


class CannotOpen(Exception):
    """The registry's database cannot be used. `code`: not-sqlite, old-sqlite, not-a-database."""

    def __init__(self, code: str, fact: str) -> None:
        super().__init__(f"{code}: {fact}")
        self.code = code
        self.fact = fact


class RegistryStore:
    """The open database. Each write is one transaction and, once left without error, on the disk."""

    def __init__(self, database_url: str) -> None:
        """Opens or creates the SQLite file of `database_url` (sqlite:///PATH). Raises CannotOpen."""
        try:
            url = make_url(database_url)
        except ArgumentError as fault:
            raise CannotOpen("not-sqlite", "no database address") from fault
        if url.drivername != "sqlite" or not url.database or url.database == ":memory:":
            raise CannotOpen("not-sqlite", url.drivername)
        if tuple(int(part) for part in dbapi2.sqlite_version.split(".")) < _OLDEST_SQLITE:
            raise CannotOpen("old-sqlite", dbapi2.sqlite_version)
        self._engine = create_engine(
            url, module=dbapi2, poolclass=QueuePool, pool_size=8, max_overflow=32, hide_parameters=True
        )
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", _begin)
        # Writers queue here in the order they came instead of polling SQLite's lock.
        self._writing = threading.Lock()
        try:
            with self.write() as connection:
                config = Config()
                config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except DatabaseError as fault:
            self._engine.dispose()
            raise CannotOpen("not-a-database", type(fault).__name__) from fault

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write; leaving by an exception undoes all of it."""
        engine = self._engine.execution_options(registry_begin="BEGIN IMMEDIATE")
        with self._writing, engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A snapshot."""
        with self._engine.begin() as connection:
            yield connection

    def close(self) -> None:
        self._engine.dispose()


def _prepare(connection: Any, _record: object) -> None:
    # The driver must not open transactions by itself: _begin decides which kind.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA busy_timeout = 10000")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("registry_begin", "BEGIN"))
