"""Opening the station's database, its own file or the office's server, and bringing its schema up."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DatabaseError
from uuid6 import uuid7

from workstation import clock
from workstation.database.engines import sqlite_engines
from workstation.database.kept_drafts import KeptDrafts
from workstation.database.office_values import require_own_key
from workstation.database.postgresql import Server, postgresql_engines, require_suitable
from workstation.database.server_verbs import TURN, ServerVerbs
from workstation.database.snapshot import Readers
from workstation.database.store_faults import fault_named
from workstation.database.transaction import StoreClosed, Writer
from workstation.database.writers import enter, leave
from workstation.domain.refused import Reason, Refused
from workstation.security.office_seal import derived_key

T = TypeVar("T")

# A writer that never said goodbye is forgotten after this.
_FORGOTTEN = timedelta(days=30)
_DRAFTS = b"lao-id-workstation drafts of a station 1"


def migrations() -> Config:
    """The Alembic configuration of the station's own migrations."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    return config


def _upgrade(engine: Engine) -> None:
    config = migrations()
    script = ScriptDirectory.from_config(config)
    on_server = engine.dialect.name != "sqlite"
    with engine.begin() if on_server else engine.connect() as connection:
        if on_server:
            # Of several stations that open a new version at once, one brings the schema up and the others wait.
            connection.execute(text("SET LOCAL lock_timeout = '10min'"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({TURN})"))
            require_suitable(connection)
        if inspect(connection).has_table("alembic_version"):
            held = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
            try:
                script.get_revision(held)
            except CommandError as error:
                raise Refused(Reason.DATABASE_TOO_NEW, revision=str(held)) from error
            if held == script.get_current_head():
                return
        if on_server:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            return
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


class Store:
    """The open database. `write` runs a verb on the writer's thread; `read` runs a query in a snapshot of its own."""

    def __init__(self, place: Path | Server, key: bytes) -> None:
        """Opens or creates the database at `place`, a file or an office's server, with the 32-byte `key`.

        Raises Refused: DATABASE_DAMAGED (not a database under this key), DATABASE_TOO_NEW, DATABASE_BUSY, DISK_FULL,
        DISK_FAILING, and for a server SERVER_AWAY, SERVER_WITHOUT_TLS, SERVER_UNPROVEN, SERVER_UNSUITABLE;
        WrongSqlite.
        """
        self.place = place
        self._key = key
        if isinstance(place, Server):
            self._engines = postgresql_engines(place, key)
        else:
            if not place.exists():
                os.close(os.open(place, os.O_CREAT | os.O_WRONLY, 0o600))
            self._engines = sqlite_engines(place, key)
        try:
            with fault_named(opening=True):
                _upgrade(self._engines.writing)
                self._writer = self._writer_of(place)
        except DatabaseError as error:
            self._engines.dispose()
            if isinstance(place, Server):
                raise
            raise Refused(Reason.DATABASE_DAMAGED) from error
        except BaseException:
            self._engines.dispose()
            raise
        self._readers = Readers(self._engines.reading, self._engines.snapshot)

    def _writer_of(self, place: Path | Server) -> Writer:
        self._writer_id = ""
        if not isinstance(place, Server):
            return Writer(self._engines.writing)
        self._writer_id, now = str(uuid7()), clock.now()
        with self._engines.writing.begin() as tx:
            require_own_key(tx)
            enter(tx, self._writer_id, place.station_id, at=now, forgotten_before=now - _FORGOTTEN)
        return Writer(
            self._engines.writing, ServerVerbs(self._engines.writing, self._writer_id, place.patience)
        )

    @property
    def path(self) -> Path:
        """The file of a station by itself. ValueError for an office on a server."""
        if isinstance(self.place, Server):
            raise ValueError("the database is on a server")
        return self.place

    def drafts_beside(self, folder: Path) -> KeptDrafts | None:
        """The station's own file of drafts in `folder`, for a database on a server; else None."""
        return KeptDrafts(folder, derived_key(self._key, _DRAFTS)) if self.shared else None

    @property
    def shared(self) -> bool:
        """Whether the database is on a server, where other stations write too."""
        return isinstance(self.place, Server)

    def write(self, verb: Callable[[Connection], T], *, alone: bool = True) -> T:
        """Runs `verb` in one transaction and waits; when this returns it is on the disk.

        Not `alone`: on a server it may run beside verbs of other stations, because it locks each row it relies on.
        Raises Refused as fault_named does, OUTCOME_UNKNOWN when a server went away as it was committed.
        """
        return self._writer.submit(verb, alone=alone).result()

    def submit(self, verb: Callable[[Connection], T]) -> Future[T]:
        """Like `write` without waiting: for keystrokes of a draft."""
        return self._writer.submit(verb)

    def read(self, query: Callable[[Connection], T]) -> T:
        """Runs `query` on a connection that cannot write. Raises Refused as fault_named does."""
        with fault_named(reading=True), self._readers.snapshot() as connection:
            return query(connection)

    def answers(self) -> bool:
        """Whether the server is there now; a file always is. Waits as long as the network lets it."""
        try:
            return (
                not self.shared
                or self.read(lambda connection: connection.scalar(text("SELECT true"))) is True
            )
        except Refused:
            return False

    @contextmanager
    def only_one(self, name: str) -> Iterator[bool]:
        """Whether no other station of the office is at the work of that `name`, and none will be until this ends.

        Nobody waits. A station that goes away, or its line to the server, gives the work up.
        """
        if not self.shared:
            yield True
            return
        lock = {"name": f"work {name}"}
        with fault_named(reading=True), self._engines.reading.connect() as connection:
            mine = connection.scalar(text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))"), lock)
            try:
                yield bool(mine)
            finally:
                if mine:
                    with suppress(DatabaseError):
                        connection.execute(
                            text("SELECT pg_advisory_unlock(hashtextextended(:name, 0))"), lock
                        )

    def close(self) -> None:
        if self._writer_id:
            # A server that is away has this row dropped later.
            with suppress(StoreClosed):
                self._writer.submit(lambda tx: leave(tx, self._writer_id), alone=False)
        self._writer.close()
        self._readers.close()
        self._engines.dispose()
