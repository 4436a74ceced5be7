"""Intake without widgets: keeps drafts as they are typed and asks the workflow in the background."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from ui.background import Job
from ui.stages.intake.left_behind import PAUSE, LeftBehind, may_pass
from ui.stages.intake.look_alikes import LookAlikes
from ui.stages.page import PageContext
from ui.widgets.slip import slip_name
from workstation.domain.refused import Reason, Refused
from workstation.workflow import households
from workstation.workflow.intake import steps
from workstation.workflow.intake import view as views
from workstation.workflow.intake.slip import application_slip
from workstation.workflow.intake.view import IntakeView, Receipt

T = TypeVar("T")
TYPING_PAUSE = 250  # milliseconds; with the write itself an accepted keystroke is safe within half a second
PATIENCE = 10.0  # seconds a verb waits for the draft before it
LANE = "database"
# Both name the fields at fault.
_AT_FIELDS = (Reason.FIELDS_INCOMPLETE, Reason.NAME_DOES_NOT_FIT)


class IntakePresenter(QObject):
    """One application at a time. Everything is told by signals in the window's thread.

    opened(IntakeView): fill the form. checked(IntakeView): faults and seat after a draft was kept; the typed text
    stays. saved(bool): whether everything typed is in the store. lost(): a draft was not kept.
    incomplete(dict): faults after the complete command.
    other_office(): the command found the household outside this office. slip(name, pdf): the referral slip.
    completed(receipt or None); application_slip(name, pdf, receipt or None): completed with its slip.
    refilled(IntakeView): the store holds other answers now: another kind, or values carried or confirmed.
    offered(fields): an address that this household is known to have and the draft lacks; empty for none.
    """

    opened = Signal(object)
    refilled = Signal(object)
    offered = Signal(object)
    checked = Signal(object)
    saved = Signal(bool)
    lost = Signal()
    incomplete = Signal(object)
    other_office = Signal()
    slip = Signal(str, bytes)
    application_slip = Signal(str, bytes, object)
    completed = Signal(object)
    withdrawn = Signal()
    failed = Signal(object)
    busy = Signal(bool)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.application_id = ""
        self._number = ""
        self._fields: dict[str, str] = {}
        self._kept: dict[str, str] = {}
        self._judged: dict[str, str] = {}
        self._pending: Future[Any] | None = None
        self._jobs: list[Job] = []
        self._timer = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._timer.timeout.connect(self.flush)
        self._again = QTimer(self, singleShot=True, interval=PAUSE)
        self._again.timeout.connect(self.flush)
        self.left = LeftBehind(context, self)
        self.look_alikes = LookAlikes(context, self)

    def open(self, application_id: str, number: str) -> None:
        """Reads the application; `opened` follows."""
        self._drop_callbacks()
        self.application_id, self._number = application_id, number
        self._pending = None
        office = self._context.office
        self._run(lambda: views.view(office, application_id), self._opened)

    def _opened(self, view: IntakeView) -> None:
        self._fields = self._kept = self._judged = dict(view.fields)
        left = self.left.take(self.application_id)
        self.look_alikes.open(self.application_id, view.fields if left is None else left)
        if left is None or not view.editable:
            self.opened.emit(view)
            return
        # The store did not take these words when the page was left; they are typed anew.
        self.opened.emit(replace(view, fields=left))
        self.type(left)

    def type(self, fields: Mapping[str, str]) -> None:
        """What the form holds now; kept after a short pause in typing."""
        self._fields = dict(fields)
        self.look_alikes.type(self._fields)
        if self._fields != self._kept:
            self.saved.emit(False)
            # Started once and not restarted, so that steady typing cannot put the writing off.
            if not self._timer.isActive():
                self._timer.start()

    @property
    def judged(self) -> bool:
        """Whether the newest faults are about exactly what the form holds now."""
        return self._fields == self._judged

    def flush(self) -> None:
        """Gives what was typed to the store now. Never waits."""
        self._timer.stop()
        if not self.application_id or self._fields == self._kept:
            return
        fields, application_id, office = dict(self._fields), self.application_id, self._context.office
        self._kept = fields
        future = self._pending = steps.save_draft(office, self._context.who, application_id, fields)

        def kept() -> tuple[IntakeView, dict[str, str]]:
            try:
                future.result(PATIENCE)
            except TimeoutError as error:
                raise Refused(Reason.DATABASE_BUSY) from error
            view = views.view(office, application_id)
            return view, households.offered(office, application_id) if view.editable else {}

        def checked(found: tuple[IntakeView, dict[str, str]]) -> None:
            if self.application_id == application_id and self._fields == fields:
                self._judged = fields
                self.saved.emit(True)
                self.checked.emit(found[0])
                self.offered.emit(found[1])

        number = self._number

        def lost(error: Exception) -> None:
            if self.application_id != application_id:
                self.left.keep(application_id, number, fields, error)
                return
            self._kept = {}
            self.lost.emit()
            self.failed.emit(error)
            if may_pass(error):
                self._again.start()

        # Not among the jobs that leave() drops: a draft that was not kept must be told, wherever the clerk is then.
        self._context.background.run(LANE, kept, done=checked, failed=lost)

    def choose_kind(self, kind: str) -> None:
        """Makes it another kind of application; `kind_changed` follows."""
        office, who, application_id = self._context.office, self._context.who, self.application_id

        self._refill(lambda: steps.choose_kind(office, who, application_id, kind))

    def carry_address(self) -> None:
        """Takes over the address of the known household, to be confirmed; `refilled` follows."""
        office, who, application_id = self._context.office, self._context.who, self.application_id
        self._refill(lambda: households.carry_address(office, who, application_id))

    def confirm(self, fields: Collection[str]) -> None:
        """The applicant said that these carried values are right; `refilled` follows."""
        office, who, application_id = self._context.office, self._context.who, self.application_id
        self._refill(lambda: households.confirm(office, who, application_id, fields))

    def _refill(self, verb: Callable[[], object]) -> None:
        office, application_id = self._context.office, self.application_id

        def work() -> IntakeView:
            verb()
            return views.view(office, application_id)

        def refilled(view: IntakeView) -> None:
            self._fields = self._kept = self._judged = dict(view.fields)
            self.offered.emit({})
            self.refilled.emit(view)

        self._verb(work, refilled)

    def complete(self) -> None:
        """Completes the stage after the last draft is safe."""
        office, who, application_id = self._context.office, self._context.who, self.application_id

        def work() -> Receipt | None:
            steps.complete(office, who, application_id)
            return views.receipt(office, application_id)

        self._verb(work, self.completed.emit, self._not_completed)

    def complete_with_slip(self) -> None:
        """Completes the stage and makes the application slip for the person."""
        office, who, application_id = self._context.office, self._context.who, self.application_id
        name = slip_name(self._number, "application")

        def work() -> tuple[bytes, Receipt | None]:
            steps.complete(office, who, application_id)
            return application_slip(office, application_id), views.receipt(office, application_id)

        self._verb(work, lambda made: self.application_slip.emit(name, *made), self._not_completed)

    def _not_completed(self, error: Exception) -> None:
        if isinstance(error, Refused) and error.reason in _AT_FIELDS:
            self.incomplete.emit({name: str(code) for name, code in error.facts.items()})
        elif isinstance(error, Refused) and error.reason == Reason.OTHER_OFFICE:
            self.other_office.emit()
        else:
            self.failed.emit(error)

    def refer(self) -> None:
        """Ends the application with a slip to the office that keeps the household book."""
        office, who, application_id = self._context.office, self._context.who, self.application_id
        name = slip_name(self._number)
        self._verb(lambda: steps.refer(office, who, application_id), lambda pdf: self.slip.emit(name, pdf))

    def withdraw(self, reason: str) -> None:
        """Ends the application because the applicant wants it so."""
        office, who, application_id = self._context.office, self._context.who, self.application_id
        self._verb(
            lambda: steps.withdraw(office, who, application_id, reason), lambda _none: self.withdrawn.emit()
        )

    def leave(self) -> None:
        """Keeps what was typed and lets go of the application; answers still under way are dropped."""
        self.flush()
        self._drop_callbacks()
        self.look_alikes.leave()
        self.application_id = ""

    def _verb(
        self,
        verb: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        self.flush()
        pending = self._pending

        def work() -> T:
            # A draft that could not be kept stops the verb: it would act on older answers.
            if pending is not None:
                pending.result(PATIENCE)
            return verb()

        self.busy.emit(True)
        self._run(work, done, failed)

    def _run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        def finished(result: T) -> None:
            self.busy.emit(False)
            done(result)

        def stopped(error: Exception) -> None:
            self.busy.emit(False)
            (failed or self.failed.emit)(error)

        self._jobs.append(self._context.background.run(LANE, work, done=finished, failed=stopped))

    def _drop_callbacks(self) -> None:
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()
