"""Search without widgets: asks after a short pause in typing, in a lane of its own; only the newest answer is told."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from ui.background import Job
from ui.stages.page import PageContext
from ui.widgets.slip import slip_name
from workstation import clock
from workstation.workflow.search.answer import Answer, answer, return_slip
from workstation.workflow.search.carry import carried_fields
from workstation.workflow.search.duplicates import Duplicate, duplicates
from workstation.workflow.search.find import Hit, search

TYPING_PAUSE = 120  # milliseconds
LANE = "search"


@dataclass(frozen=True)
class Found:
    """The answer to one text; `likely` are those who may be the same person, by application."""

    text: str
    hits: tuple[Hit, ...]
    likely: dict[str, Duplicate]


class SearchPresenter(QObject):
    """found(Found), answered(Answer), slip(path, pdf), failed(Exception), all in the window's thread."""

    found = Signal(object)
    answered = Signal(object)
    slip = Signal(object, bytes)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._text = ""
        self._job: Job | None = None
        self._asked_about = ""
        self._timer = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._timer.timeout.connect(self.ask)

    def type(self, text: str) -> None:
        """What the field holds now."""
        self._text = text
        self._timer.start()

    def ask(self) -> None:
        """Asks now. An answer to an older text is dropped."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
        office, who, text = self._context.office, self._context.who, self._text

        def work() -> Found:
            hits = search(office, who, text)
            likely = duplicates(office, carried_fields(text)) if text.strip() else ()
            return Found(text, hits, {one.hit.application_id: one for one in likely})

        self._job = self._context.background.run(LANE, work, done=self._found, failed=self._failed)

    def _found(self, found: Found) -> None:
        self._job = None
        self.found.emit(found)

    def _failed(self, error: Exception) -> None:
        self._job = None
        self.failed.emit(error)

    def look(self, application_id: str) -> None:
        """Reads whether this application's card is ready; `answered` follows unless another is asked about."""
        self._asked_about = application_id
        office = self._context.office

        def arrived(read: Answer) -> None:
            if read.application_id == self._asked_about:
                self.answered.emit(read)

        self._context.background.run(
            LANE, lambda: answer(office, application_id), done=arrived, failed=self.failed.emit
        )

    def print_slip(self, hit: Hit) -> None:
        """Makes the return slip of an open application."""
        office = self._context.office

        self._context.background.run(
            LANE,
            lambda: return_slip(office, hit.application_id, clock.office_day(clock.now())),
            done=lambda pdf: self.slip.emit(slip_name(hit.number, "return"), pdf),
            failed=self.failed.emit,
        )

    def stop(self) -> None:
        """Asks no more; answers under way are dropped."""
        self._timer.stop()
        self._asked_about = ""
        if self._job is not None:
            self._job.cancel()
            self._job = None
