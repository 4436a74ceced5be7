"""The one writer: a named thread that runs one verb at a time in one transaction, and makes the only commit.

On SQLite it makes it here; on a server, where other stations write too, in server_verbs.py.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from workstation.database.claims import Overtaken
from workstation.database.server_verbs import ServerVerbs
from workstation.database.store_faults import BROKEN, fault_named
from workstation.domain.refused import Refused

T = TypeVar("T")
_Verb = tuple[Callable[[Connection], Any], bool, "Future[Any]"]


class StoreClosed(Exception):
    """The database was closed before this verb could run; nothing of it happened."""


class Writer:
    """Owns the only writing connection. A verb that raises leaves no trace; one that returns is on the disk.

    The one exception: words that came too late are put aside after the verb was undone. When another process holds
    the database for longer than the busy time, the verb is refused DATABASE_BUSY; on a disk that is full or fails,
    DISK_FULL or DISK_FAILING, and the next verb begins on a connection of its own.
    """

    def __init__(self, engine: Engine, server: ServerVerbs | None = None) -> None:
        self._engine = engine
        self._server = server
        self._verbs: queue.Queue[_Verb | None] = queue.Queue()
        self._closed = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._serve, name="database-writer")
        self._thread.start()

    def submit(self, verb: Callable[[Connection], T], *, alone: bool = True) -> Future[T]:
        """Queues `verb`; its future holds the result or the exception. Not `alone`: on a server it may run beside
        verbs of other stations, because it locks each row that it relies on."""
        future: Future[T] = Future()
        with self._lock:
            if self._closed:
                raise StoreClosed
            self._verbs.put((verb, alone, future))
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
            verb, alone, future = item
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(self._run(verb, alone))
            except BaseException as error:
                future.set_exception(error)

    def _run(self, verb: Callable[[Connection], T], alone: bool) -> T:
        try:
            return self._whole(verb, alone)
        except Overtaken as error:
            self._whole(error.keep, alone)
            raise

    def _whole(self, verb: Callable[[Connection], T], alone: bool) -> T:
        try:
            with fault_named():
                if self._server is not None:
                    return self._server.run(verb, alone=alone)
                with self._engine.begin() as tx:
                    return verb(tx)
        except Refused as refused:
            if refused.reason in BROKEN:
                # What the connection holds of a disk that failed it is not trusted for the next verb.
                self._engine.dispose()
            raise
