"""The two engines: how each one's connections are opened, and which statement begins a snapshot on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from workstation.database.snapshot import READERS

# SQLite before 3.51.3 can corrupt a WAL database when a checkpoint resets it (fixed there).
_OLDEST_SQLITE = (3, 51, 3)


class WrongSqlite(Exception):
    """The SQLite that was loaded has a known corruption bug."""


@dataclass(frozen=True)
class Engines:
    """`writing` has one connection, `reading` some that cannot write; `snapshot` begins a reader's transaction."""

    writing: Engine
    reading: Engine
    snapshot: str

    def dispose(self) -> None:
        self.writing.dispose()
        self.reading.dispose()


def _assert_version() -> None:
    if tuple(int(part) for part in dbapi2.sqlite_version.split(".")) < _OLDEST_SQLITE:
        raise WrongSqlite(dbapi2.sqlite_version)


def sqlite_engines(path: Path, key: bytes) -> Engines:
    """SQLCipher over the file at `path` with the 32-byte `key`. Raises WrongSqlite."""
    _assert_version()
    return Engines(_sqlite(path, key, writing=True), _sqlite(path, key, writing=False), "BEGIN")


def _sqlite(path: Path, key: bytes, *, writing: bool) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=1 if writing else READERS,
        max_overflow=0,
        # An error of the engine's says what failed, never with which values.
        hide_parameters=True,
    )

    def connected(connection: Any, _record: object) -> None:
        # The driver must not open transactions by itself: "begin" below decides which kind.
        connection.isolation_level = None
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_memory_security = OFF")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA busy_timeout = 10000")
        connection.execute("PRAGMA temp_store = MEMORY")
        # Pages are decrypted when they are read anew; an index of a million rows wants more than the 2 MB by default.
        connection.execute("PRAGMA cache_size = -32768")
        if not writing:
            connection.execute("PRAGMA query_only = ON")

    event.listen(engine, "connect", connected)
    if writing:
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine
