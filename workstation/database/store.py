"""Opening the station's database: SQLCipher through SQLAlchemy, the version it must have, its migrations."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from workstation.database.snapshot import READERS, Readers
from workstation.database.transaction import Writer
from workstation.domain.refused import Reason, Refused

T = TypeVar("T")

# SQLite before 3.51.3 can corrupt a WAL database when a checkpoint resets it (fixed there).
_OLDEST_SQLITE = (3, 51, 3)


class WrongSqlite(Exception):
    """The SQLite that was loaded has a known corruption bug."""


def _assert_version() -> None:
    if tuple(int(part) for part in dbapi2.sqlite_version.split(".")) < _OLDEST_SQLITE:
        raise WrongSqlite(dbapi2.sqlite_version)


def _engine(path: Path, key: bytes, *, writing: bool) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=1 if writing else READERS,
        max_overflow=0,
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


def migrations() -> Config:
    """The Alembic configuration of the station's own migrations."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    return config


def _upgrade(engine: Engine) -> None:
    config = migrations()
    script = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        if inspect(connection).has_table("alembic_version"):
            held = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
            try:
                script.get_revision(held)
            except CommandError as error:
                raise Refused(Reason.DATABASE_TOO_NEW, revision=str(held)) from error
            if held == script.get_current_head():
                return
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


class Store:
    """The open database. `write` runs a verb on the writer's thread; `read` runs a query in a snapshot of its own."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Opens or creates `path` with the 32-byte `key`.

        Raises Refused: DATABASE_DAMAGED (not a database under this key), DATABASE_TOO_NEW; WrongSqlite.
        """
        _assert_version()
        self.path = path
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        self._writing = _engine(path, key, writing=True)
        self._reading = _engine(path, key, writing=False)
        try:
            _upgrade(self._writing)
        except DatabaseError as error:
            self._dispose()
            raise Refused(Reason.DATABASE_DAMAGED) from error
        except BaseException:
            self._dispose()
            raise
        self._readers = Readers(self._reading)
        self._writer = Writer(self._writing)

    def write(self, verb: Callable[[Connection], T]) -> T:
        """Runs `verb` in one transaction and waits; when this returns it is on the disk."""
        return self._writer.submit(verb).result()

    def submit(self, verb: Callable[[Connection], T]) -> Future[T]:
        """Like `write` without waiting: for keystrokes of a draft."""
        return self._writer.submit(verb)

    def read(self, query: Callable[[Connection], T]) -> T:
        """Runs `query` on a connection that cannot write."""
        with self._readers.snapshot() as connection:
            return query(connection)

    def close(self) -> None:
        self._writer.close()
        self._readers.close()
        self._dispose()

    def _dispose(self) -> None:
        self._writing.dispose()
        self._reading.dispose()
