"""Reads the queue every two seconds in a lane of its own, never twice at once: only the pages that are looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from ui.background import Job
from ui.stages.page import PageContext
from workstation.domain.queue import Contact, QueueFilter
from workstation.workflow import queue as work

T = TypeVar("T")
# With the reading itself an update is on the screen within two seconds.
REFRESH_MILLISECONDS = 1500
# A lane of its own: a verb that waits for the database must not stop the view of it.
LANE = "queue"


class QueuePresenter(QObject):
    """seen(QueueSight): all anew. more(QueueSight): pages asked for. told(): the applicant's answer is kept.

    saved(names and filters), villages(names): what can be chosen. failed(Exception).
    """

    seen = Signal(object)
    more = Signal(object)
    told = Signal()
    saved = Signal(object)
    villages = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        context: PageContext,
        looked_at: Callable[[], tuple[tuple[int, ...], str | None]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._looked_at = looked_at
        self.chosen = QueueFilter()
        self._job: Job | None = None
        self._again = False
        self._wanted: set[int] = set()
        self._asked = QTimer(self, singleShot=True, interval=0)
        self._asked.timeout.connect(self._read_wanted)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MILLISECONDS)
        self._timer.timeout.connect(self.refresh)

    def start(self) -> None:
        """Reads now and from now on."""
        self._timer.start()
        self.refresh()
        self.read_choices()

    def stop(self) -> None:
        """Reads no more."""
        self._timer.stop()
        self._asked.stop()
        self._wanted.clear()
        self._again = False
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def choose(self, chosen: QueueFilter) -> None:
        """Shows that queue from now on."""
        if chosen != self.chosen:
            self.chosen = chosen
            self._wanted.clear()
            self.refresh()

    def refresh(self) -> None:
        """Reads anew; asked while a reading is under way, it reads once more after it."""
        if self._job is not None:
            self._again = True
            return
        pages, wanted = self._looked_at()
        self._read(pages, wanted, self.seen.emit)

    def want(self, page: int) -> None:
        """That page is looked at; it is read as soon as no other reading is under way."""
        self._wanted.add(page)
        self._asked.start()

    def _read_wanted(self) -> None:
        if self._job is not None or not self._wanted:
            return
        # The newest wish is where the person is now; a page scrolled past need not be read.
        pages = tuple(sorted(self._wanted)[-4:])
        self._wanted.clear()
        self._read(pages, None, self.more.emit)

    def _read(
        self, pages: tuple[int, ...], wanted: str | None, tell: Callable[[work.QueueSight], None]
    ) -> None:
        office, who, chosen = self._context.office, self._context.who, self.chosen

        def seen(sight: work.QueueSight) -> None:
            self._job = None
            if sight.chosen == self.chosen:
                tell(sight)
            self._next()

        def failed(error: Exception) -> None:
            self._job = None
            self.failed.emit(error)
            self._next()

        self._job = self._context.background.run(
            LANE, lambda: work.look(office, who, chosen, pages, wanted), done=seen, failed=failed
        )

    def _next(self) -> None:
        if self._again:
            self._again = False
            self.refresh()
        elif self._wanted:
            self._asked.start()

    # What is done from the queue

    def read_choices(self) -> None:
        """The saved queues and the villages that can be chosen now."""
        office, who = self._context.office, self._context.who
        self._do(lambda: work.saved_queues(office, who), self.saved.emit)
        self._do(lambda: work.villages(office), self.villages.emit)

    def tell(self, application_id: str, outcome: Contact) -> None:
        """The applicant was informed of the return, or was not reached."""
        office, who = self._context.office, self._context.who

        def kept(_nothing: None) -> None:
            self.told.emit()
            self.refresh()

        self._do(lambda: work.tell(office, who, application_id, outcome), kept, "database")

    def save(self, name: str) -> None:
        """Saves what is shown under a name."""
        office, who, chosen = self._context.office, self._context.who, self.chosen
        self._do(
            lambda: work.save_queue(office, who, name, chosen), lambda _none: self.read_choices(), "database"
        )

    def forget(self, name: str) -> None:
        """Forgets a saved queue."""
        office, who = self._context.office, self._context.who
        self._do(lambda: work.forget_queue(office, who, name), lambda _none: self.read_choices(), "database")

    def _do(self, verb: Callable[[], T], done: Callable[[T], None], lane: str = LANE) -> None:
        self._context.background.run(lane, verb, done=done, failed=self.failed.emit)
