"""The review without widgets: reads the whole application and carries the second person's word to the workflow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.background import Job
from ui.lock.confirm import run_confirmed
from ui.stages.page import PageContext
from workstation.domain.defects import NamedDefect
from workstation.workflow.review import steps
from workstation.workflow.review import view as views
from workstation.workflow.review.recall import next_to_review


class ReviewPresenter(QObject):
    """opened(ReviewView); decided() after any of the three verbs; failed(Exception); busy(bool) while one runs;
    next_found(NextReview): the application to review after this one, if one is free."""

    opened = Signal(object)
    next_found = Signal(object)
    decided = Signal()
    failed = Signal(object)
    busy = Signal(bool)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.application_id = ""
        self._seen_version = 0
        self._jobs: list[Job] = []

    def open(self, application_id: str) -> None:
        """Reads the application as it is now; the verbs speak of exactly this version."""
        self.leave()
        self.application_id = application_id
        office, who = self._context.office, self._context.who
        self._jobs.append(
            self._context.background.run(
                "database",
                lambda: views.view(office, who, application_id),
                done=self._opened,
                failed=self.failed.emit,
            )
        )

    def _opened(self, view: views.ReviewView) -> None:
        self._seen_version = view.header.version
        self.opened.emit(view)

    def approve(self, visited: frozenset[str]) -> None:
        """Sends the application to the centre; `visited` are the points that were looked at."""
        self._decide(steps.approve, visited)

    def find_next(self) -> None:
        """Asks which application is reviewed next."""
        office, who, here = self._context.office, self._context.who, self.application_id
        self._jobs.append(
            self._context.background.run(
                "database",
                lambda: next_to_review(office, who, here),
                done=self.next_found.emit,
                failed=self.failed.emit,
            )
        )

    def return_for(self, named: Sequence[NamedDefect]) -> None:
        """Sends it back with everything that is wrong."""
        self._decide(steps.return_for, named)

    def reject(self, reason: str) -> None:
        """Ends it; `reason` is typed."""
        self._decide(steps.reject, reason)

    def leave(self) -> None:
        """Lets go of the application; answers still under way are dropped."""
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()
        self.application_id = ""

    def _decide(self, verb: Callable[..., Any], *words: Any) -> None:
        office, who, application_id = self._context.office, self._context.who, self.application_id
        version = self._seen_version

        def done(_result: Any) -> None:
            self.busy.emit(False)
            self.decided.emit()

        def refused(error: Exception) -> None:
            self.busy.emit(False)
            self.failed.emit(error)

        self.busy.emit(True)
        self._jobs.append(
            run_confirmed(
                self._context,
                "database",
                lambda: verb(office, who, application_id, version, *words),
                done=done,
                failed=refused,
            )
        )
