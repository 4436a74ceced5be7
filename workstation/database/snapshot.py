"""The readers: a few connections kept open, each lent for one snapshot at a time, the one used last first.

What a connection read lies decrypted in its cache, so the warm one is lent again before a cold one is opened. Taking
one from SQLAlchemy's pool and giving it back costs more than many of the questions that are asked on it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from workstation.database.store_faults import BROKEN, fault_of, is_lost

READERS = 4


class Readers:
    """Lends connections of `engine`, READERS at most at once; who comes when all are lent waits."""

    def __init__(self, engine: Engine, begin: str) -> None:
        """`begin` is the statement that begins a snapshot on that engine."""
        self._engine = engine
        self._begin = begin
        self._free = threading.Semaphore(READERS)
        self._resting: list[Connection] = []
        self._lock = threading.Lock()
        self._closed = False

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection on which everything read is of one moment."""
        with self._free:
            connection, driver = self._begun()
            try:
                yield connection
            except (DBAPIError, driver.Error) as error:
                refused = fault_of(error, reading=True)
                if refused is not None and refused.reason in BROKEN:
                    connection.invalidate()
                raise
            finally:
                self._end(connection, driver)

    def _begun(self) -> tuple[Connection, Any]:
        while True:
            connection, rested = self._rested()
            driver: Any = connection.connection.driver_connection
            try:
                # To SQLAlchemy it is one long transaction; what begins and ends at the driver is the snapshot.
                driver.execute(self._begin)
                return connection, driver
            except driver.Error as error:
                connection.invalidate()
                connection.close()
                # One that died while it rested says nothing about the server; a fresh one does.
                if not (rested and is_lost(error)):
                    raise

    def _end(self, connection: Connection, driver: Any) -> None:
        try:
            # Nothing can have been written: to end it is all there is to do, after a failure too.
            driver.execute("ROLLBACK")
        except driver.Error:
            # Whatever is wrong with it goes with it.
            connection.invalidate()
        with self._lock:
            if not self._closed and not connection.invalidated:
                self._resting.append(connection)
                return
        connection.close()

    def _rested(self) -> tuple[Connection, bool]:
        with self._lock:
            if self._resting:
                return self._resting.pop(), True
        return self._engine.connect(), False

    def close(self) -> None:
        """Gives every connection back to the engine; one that is lent, as soon as its snapshot ends."""
        with self._lock:
            self._closed = True
            resting, self._resting = self._resting, []
        for connection in resting:
            connection.close()
