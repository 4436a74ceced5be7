"""One verb, one transaction, on the office's server: whose turn it is, what is tried again, and what became of a commit
whose answer was lost.

    turn        a verb that changes the office's work takes the office's turn first, so that verbs of all stations
                follow each other as on one station: what a verb has read stays true until it commits, numbers have no
                doubles, and whatever counts upwards is seen in the order in which it was counted
    beside      a verb that touches rows of its own only (claims) runs beside the turn, under row locks
    again       a verb that the server undid for another's sake (40001, 40P01) is run again, a few times
    lost        before the commit: nothing of it happened, SERVER_AWAY. At the commit: its mark tells (writers.py);
                OUTCOME_UNKNOWN when the server does not come back in time to be asked
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import RootTransaction
from sqlalchemy.exc import DBAPIError
from uuid6 import uuid7

from workstation.database.store_faults import is_lost
from workstation.database.writers import last_mark
from workstation.domain.refused import Reason, Refused

T = TypeVar("T")

# Of this program alone in its database: any number serves, as long as all stations mean the same.
TURN = 465_608_567_140
_AGAIN = ("40001", "40P01")
_ATTEMPTS = 6
_PAUSE = 0.2


class ServerVerbs:
    """Runs verbs on `engine` for the writer of that id; `patience` (s) for what became of a commit."""

    def __init__(self, engine: Engine, writer_id: str, patience: float) -> None:
        self._engine = engine
        self._writer_id = writer_id
        self._patience = patience
        self._chance = random.Random()

    def run(self, verb: Callable[[Connection], T], *, alone: bool) -> T:
        """The verb's result once it is committed. Raises Refused SERVER_AWAY, OUTCOME_UNKNOWN, and what the verb
        raises."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._once(verb, alone)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in _AGAIN or attempt == _ATTEMPTS:
                    raise
            time.sleep(self._chance.uniform(0, 0.02 * attempt))
        raise AssertionError("the last attempt returns or raises")

    def _once(self, verb: Callable[[Connection], T], alone: bool) -> T:
        mark = str(uuid7())
        connection, transaction = self._begun(mark, alone)
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        try:
            try:
                result = verb(connection)
            except BaseException as error:
                if driver.closed:
                    raise Refused(Reason.SERVER_AWAY) from error
                transaction.rollback()
                raise
            try:
                transaction.commit()
            except DBAPIError as error:
                if not is_lost(error):
                    raise
                connection.close()
                if self._committed(mark):
                    return result
                raise Refused(Reason.SERVER_AWAY) from error
            return result
        finally:
            if driver.closed and not connection.closed and not connection.invalidated:
                connection.invalidate()
            connection.close()

    def _begun(self, mark: str, alone: bool) -> tuple[Connection, RootTransaction]:
        """A transaction that has the turn. A connection that died while it rested is replaced once."""
        for _time in range(2):
            connection = self._engine.connect()
            try:
                transaction = connection.begin()
                turn = f"SELECT pg_advisory_xact_lock({TURN}); " if alone else ""
                # One way there and back for both; the ids are ours and hold no quote.
                connection.exec_driver_sql(
                    f"{turn}UPDATE writers SET mark = '{mark}' WHERE id = '{self._writer_id}'"
                )
                return connection, transaction
            except DBAPIError as error:
                with suppress(DBAPIError):
                    connection.close()
                if not is_lost(error):
                    raise
                self._engine.dispose()
        raise Refused(Reason.SERVER_AWAY)

    def _committed(self, mark: str) -> bool:
        """Whether the verb that left `mark` was committed, as soon as the server can tell."""
        deadline = time.monotonic() + self._patience
        while time.monotonic() < deadline:
            self._engine.dispose()
            try:
                with self._engine.begin() as tx:
                    # Waits until the lost transaction itself has ended on the server.
                    held = last_mark(tx, self._writer_id)
            except DBAPIError:
                time.sleep(_PAUSE)
                continue
            if held is not None:
                return held == mark
            break
        raise Refused(Reason.OUTCOME_UNKNOWN)
