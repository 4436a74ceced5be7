"""The decision without widgets: looks every second how far the centre is, and asks for another try."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from ui.background import Job
from ui.stages.page import PageContext
from workstation.domain.stages import Stage
from workstation.workflow.decision import view as views
from workstation.workflow.decision.view import DecisionView
from workstation.workflow.header import header
from workstation.workflow.review import steps
from workstation.workflow.review.recall import Held, held, next_to_review

EVERY = 1000  # milliseconds


class DecisionPresenter(QObject):
    """seen(DecisionView, Held or None) each second; left(Stage) once the application has moved on; failed(Exception)
    once; recalled() after the approval was taken back; next_found(NextReview): what to review next."""

    seen = Signal(object, object)
    recalled = Signal()
    next_found = Signal(object)
    left = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.application_id = ""
        self._job: Job | None = None
        self._verbs: list[Job] = []
        self._told_failure = False
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self._look)

    def open(self, application_id: str) -> None:
        """Begins to look."""
        self.leave()
        self.application_id = application_id
        self._told_failure = False
        self._timer.start()
        self._look()

    def try_now(self) -> None:
        """Wakes the synchronisation and looks again."""
        if self._context.sync is not None:
            self._context.sync.wake()
        self._look()

    def recall(self) -> None:
        """Takes the approval back, when its sending has not begun yet."""
        office, who, application_id = self._context.office, self._context.who, self.application_id
        # What the look finds meanwhile is told by the recall itself.
        self._timer.stop()
        self._verbs.append(
            self._context.background.run(
                "database",
                lambda: steps.recall(office, who, application_id),
                done=lambda _stage: self.recalled.emit(),
                failed=self._not_recalled,
            )
        )

    def _not_recalled(self, error: Exception) -> None:
        self.failed.emit(error)
        if self.application_id:
            self._timer.start()
            self._look()

    def find_next(self) -> None:
        """Asks which application is reviewed next."""
        office, who, here = self._context.office, self._context.who, self.application_id
        self._verbs.append(
            self._context.background.run(
                "database",
                lambda: next_to_review(office, who, here),
                done=self.next_found.emit,
                failed=self.failed.emit,
            )
        )

    @property
    def can_try(self) -> bool:
        """Whether there is a synchronisation to wake."""
        return self._context.sync is not None

    def leave(self) -> None:
        """Looks no more."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        for verb in self._verbs:
            verb.cancel()
        self._verbs.clear()
        self.application_id = ""

    def _look(self) -> None:
        if self._job is not None or not self.application_id:
            return
        office, who, application_id = self._context.office, self._context.who, self.application_id

        def work() -> tuple[DecisionView, Held | None, Stage]:
            return (
                views.view(office, application_id),
                held(office, who, application_id),
                header(office, application_id).stage,
            )

        self._job = self._context.background.run("database", work, done=self._seen, failed=self._failed)

    def _seen(self, found: tuple[DecisionView, Held | None, Stage]) -> None:
        self._job = None
        self._told_failure = False
        view, still_held, stage = found
        if not self._timer.isActive():
            return
        self.seen.emit(view, still_held)
        if stage != Stage.DECISION:
            self._timer.stop()
            self.left.emit(stage)

    def _failed(self, error: Exception) -> None:
        self._job = None
        # Asked again each second, but told once: the same sentence sixty times a minute helps nobody.
        if not self._told_failure:
            self._told_failure = True
            self.failed.emit(error)
