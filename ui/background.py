"""Lanes: one named thread for each kind of waiting, so that the window's thread never waits.

`run` puts work into a lane; within a lane work is done in order. Callbacks arrive in the window's thread. Work that
was put in is done even when the window closes meanwhile (a clerk's verb is never dropped); only its callbacks are.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")
_log = logging.getLogger(__name__)

CLOSING_SECONDS = 20.0


class Job:
    """One piece of work in a lane. `cancel()` drops its callbacks; the work itself has its own way to stop."""

    def __init__(
        self, done: Callable[[Any], None] | None, failed: Callable[[Exception], None] | None
    ) -> None:
        self.cancelled = False
        self._done = done
        self._failed = failed

    def cancel(self) -> None:
        self.cancelled = True

    def deliver(self, result: Any, error: Exception | None) -> bool:
        """Calls back, in the window's thread. False when an error had nobody to go to."""
        if self.cancelled:
            return True
        if error is None:
            if self._done is not None:
                self._done(result)
            return True
        if self._failed is None:
            return False
        self._failed(error)
        return True


class _Lane:
    def __init__(
        self,
        name: str,
        finished: Callable[[Job, Any, Exception | None], None],
        note: Callable[[Exception], object],
    ) -> None:
        self.name = name
        self._note = note
        self._finished = finished
        self._work: queue.SimpleQueue[tuple[Job, Callable[[], Any]] | None] = queue.SimpleQueue()
        self.thread = threading.Thread(target=self._run, name=f"lane-{name}", daemon=True)
        self.thread.start()

    def put(self, job: Job, work: Callable[[], Any]) -> None:
        self._work.put((job, work))

    def end(self) -> None:
        self._work.put(None)

    def _run(self) -> None:
        while (item := self._work.get()) is not None:
            job, work = item
            try:
                result, error = work(), None
            except Exception as caught:  # goes to the caller's callback
                result, error = None, caught
                self._note(caught)
            self._finished(job, result, error)
            del item, job, work, result, error


class Background(QObject):
    """The lanes of one window. `unanswered` carries an error that nobody asked to hear of."""

    unanswered = Signal(object)
    _finished = Signal(object, object, object)

    def __init__(
        self, parent: QObject | None = None, *, note: Callable[[Exception], object] = lambda _error: None
    ) -> None:
        """`note` is told of every error in a lane, in the lane's thread, before anybody else is."""
        super().__init__(parent)
        self._note = note
        self._lanes: dict[str, _Lane] = {}
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def closed(self) -> bool:
        """Whether no work is taken any more."""
        return self._closed

    def run(
        self,
        lane: str,
        work: Callable[[], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Does `work` in the lane of that name; `done(result)` or `failed(error)` follow in the window's thread.

        RuntimeError after close().
        """
        if self._closed:
            raise RuntimeError("the background is closed")
        job = Job(done, failed)
        if lane not in self._lanes:
            self._lanes[lane] = _Lane(lane, self._finished.emit, self._note)
        self._lanes[lane].put(job, work)
        return job

    @Slot(object, object, object)
    def _deliver(self, job: Job, result: Any, error: Exception | None) -> None:
        if self._closed:
            return
        if not job.deliver(result, error) and error is not None:
            self.unanswered.emit(error)

    def close(self) -> None:
        """Lets every lane finish what it was given, then ends and joins it. Callbacks are dropped."""
        self._closed = True
        for lane in self._lanes.values():
            lane.end()
        deadline = time.monotonic() + CLOSING_SECONDS
        for lane in self._lanes.values():
            lane.thread.join(max(0.0, deadline - time.monotonic()))
            if lane.thread.is_alive():
                _log.error("lane %s did not end", lane.name)
        self._lanes.clear()
