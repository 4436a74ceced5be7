"""Words typed on a page that was left before the store took them: kept here and given to it again until it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ui.language import _
from ui.stages.page import PageContext
from workstation.domain.refused import Reason, Refused
from workstation.workflow.intake import steps

LANE = "database"
PAUSE = 2000  # milliseconds between two attempts
_PASSING = (
    Reason.DATABASE_BUSY,
    Reason.DISK_FULL,
    Reason.DISK_FAILING,
    Reason.SERVER_AWAY,
    Reason.OUTCOME_UNKNOWN,
)


def may_pass(error: Exception) -> bool:
    """Whether the store may take it at another time; any other refusal has put the words aside or stays as it is."""
    return not isinstance(error, Refused) or error.reason in _PASSING


class LeftBehind(QObject):
    """unkept(Exception): what is not in the store. kept(text): it is now."""

    unkept = Signal(object)
    kept = Signal(str)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._drafts: dict[str, tuple[str, dict[str, str]]] = {}
        self._trying = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._try)

    def keep(self, application_id: str, number: str, fields: Mapping[str, str], error: Exception) -> None:
        """Takes over what the store did not take because of `error`, and says so."""
        if not may_pass(error):
            self.unkept.emit(error)
            return
        self._drafts[application_id] = (number, dict(fields))
        self.unkept.emit(Refused(Reason.DRAFT_NOT_KEPT, number=number))
        self._timer.start()

    def take(self, application_id: str) -> dict[str, str] | None:
        """Gives back what is kept here of that application, which is before the clerk again; None for nothing."""
        number_and_fields = self._drafts.pop(application_id, None)
        return None if number_and_fields is None else number_and_fields[1]

    def _try(self) -> None:
        if self._trying or not self._drafts or self._context.background.closed:
            return
        self._trying = True
        application_id, (number, fields) = next(iter(self._drafts.items()))
        office, who = self._context.office, self._context.who
        # Given by the lane and not here: an older attempt must not come after newer words of the same application.
        self._context.background.run(
            LANE,
            lambda: steps.save_draft(office, who, application_id, fields).result(),
            done=lambda _none: self._tried(application_id, fields, lambda: self.kept.emit(_kept_now(number))),
            failed=lambda error: self._failed(application_id, fields, error),
        )

    def _failed(self, application_id: str, fields: dict[str, str], error: Exception) -> None:
        if may_pass(error):
            self._trying = False
            self._timer.start()
        else:
            self._tried(application_id, fields, partial(self.unkept.emit, error))

    def _tried(self, application_id: str, fields: dict[str, str], tell: Callable[[], None]) -> None:
        self._trying = False
        held = self._drafts.get(application_id)
        if held is not None and held[1] == fields:
            del self._drafts[application_id]
            tell()
        self._timer.start()


def _kept_now(number: str) -> str:
    return _("What was typed for {number} is kept now").format(number=number)
