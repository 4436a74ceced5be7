"""The one writer: a named thread that runs one verb at a time in one transaction, and makes the only commit."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from workstation.database.claims import Overtaken
from workstation.domain.refused import Reason, Refused

T = TypeVar("T")
_Verb = tuple[Callable[[Connection], Any], "Future[Any]"]


class StoreClosed(Exception):
    """The database was closed before this verb could run; nothing of it happened."""


class Writer:
    """Owns the only writing connection. A verb that raises leaves no trace; one that returns is on the disk.

    The one exception: words that came too late are put aside after the verb was undone. When another process holds
    the database for longer than the busy time, the verb is refused DATABASE_BUSY.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._verbs: queue.Queue[_Verb | None] = queue.Queue()
        self._closed = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._serve, name="database-writer")
        self._thread.start()

    def submit(self, verb: Callable[[Connection], T]) -> Future[T]:
        """Queues `verb`; its future holds the result or the exception."""
        future: Future[T] = Future()
        with self._lock:
            if self._closed:
                raise StoreClosed
            self._verbs.put((verb, future))
        return future

    def close(self) -> None:
        """Runs what was queued, then ends the thread."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._verbs.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while (item := self._verbs.get()) is not None:
            verb, future = item
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(self._run(verb))
            except BaseException as error:
                future.set_exception(error)

    def _run(self, verb: Callable[[Connection], T]) -> T:
        try:
            with self._engine.begin() as tx:
                return verb(tx)
        except Overtaken as error:
            with self._engine.begin() as tx:
                error.keep(tx)
            raise
        except OperationalError as error:
            if "database is locked" in str(error.orig):
                raise Refused(Reason.DATABASE_BUSY) from error
            raise
