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

READERS = 4


class Readers:
    """Lends connections of `engine`, READERS at most at once; who comes when all are lent waits."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._free = threading.Semaphore(READERS)
        self._resting: list[Connection] = []
        self._lock = threading.Lock()
        self._closed = False

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection on which everything read is of one moment."""
        with self._free:
            connection = self._rested()
            driver = connection.connection.driver_connection
            assert driver is not None
            try:
                # To SQLAlchemy it is one long transaction; what begins and ends at the driver is the snapshot.
                driver.execute("BEGIN")
                yield connection
            finally:
                self._end(connection, driver)

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

    def _rested(self) -> Connection:
        with self._lock:
            if self._resting:
                return self._resting.pop()
        return self._engine.connect()

    def close(self) -> None:
        """Gives every connection back to the engine; one that is lent, as soon as its snapshot ends."""
        with self._lock:
            self._closed = True
            resting, self._resting = self._resting, []
        for connection in resting:
            connection.close()
