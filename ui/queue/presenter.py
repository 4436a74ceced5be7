"""Reads the queue every two seconds in the database's lane, never twice at once."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from ui.background import Job
from ui.stages.page import PageContext
from workstation.domain.stages import Stage
from workstation.workflow.queue import QueueRow, queue, stage_counts

REFRESH_MILLISECONDS = 2000


@dataclass(frozen=True)
class QueueSight:
    """What was read at one moment: counts of all stages, rows of the stage asked for (None: all)."""

    stage: Stage | None
    counts: dict[Stage, int]
    rows: tuple[QueueRow, ...]


class QueuePresenter(QObject):
    """seen(QueueSight) after each reading; failed(Exception) when the store could not be read."""

    seen = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._stage: Stage | None = None
        self._job: Job | None = None
        self._again = False
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MILLISECONDS)
        self._timer.timeout.connect(self.refresh)

    def start(self) -> None:
        """Reads now and from now on."""
        self._timer.start()
        self.refresh()

    def stop(self) -> None:
        """Reads no more."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def choose(self, stage: Stage | None) -> None:
        """Shows that stage from now on."""
        if stage != self._stage:
            self._stage = stage
            self.refresh()

    def refresh(self) -> None:
        """Reads anew; asked while a reading is under way, it reads once more after it."""
        if self._job is not None:
            self._again = True
            return
        office, stage = self._context.office, self._stage
        self._job = self._context.background.run(
            "database",
            lambda: QueueSight(stage, stage_counts(office), queue(office, stage)),
            done=self._done,
            failed=self._failed,
        )

    def _done(self, sight: QueueSight) -> None:
        self._job = None
        if sight.stage == self._stage:
            self.seen.emit(sight)
        self._next()

    def _failed(self, error: Exception) -> None:
        self._job = None
        self.failed.emit(error)
        self._next()

    def _next(self) -> None:
        if self._again:
            self._again = False
            self.refresh()
