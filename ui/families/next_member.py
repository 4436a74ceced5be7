"""The command "next family member": an application for somebody of the same household, one after the other."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ui.language import _
from ui.stages.page import PageAction, PageContext
from ui.widgets.strip import Strip
from workstation.domain.stages import ENDS, Stage
from workstation.workflow.header import Header
from workstation.workflow.households import start_next_member

KEY = "Ctrl+Shift+N"


class NextMember(QObject):
    """started(application id): a new application with household and address carried. failed(Exception).

    wanted(application id): asked in the strip for another member of that application's household.
    """

    started = Signal(str)
    failed = Signal(object)
    wanted = Signal(str)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._busy = False
        self.strip = Strip("family.strip")

    def action(self, application_id: str | None) -> PageAction:
        """The command for the household of that application."""
        return PageAction(
            "next_member",
            _("Next family member"),
            KEY,
            application_id is not None,
            False,
            lambda: None if application_id is None else self.wanted.emit(application_id),
        )

    def moved(self, before: Stage | None, found: Header) -> None:
        """After a stage was completed: once the personal data is in, the rest of the family may be waiting."""
        if before is Stage.INTAKE and found.stage is not Stage.INTAKE and found.stage not in ENDS:
            self.strip.say(
                "action",
                _("Is somebody else of this household here? Number and address are carried over."),
                action=_("Next family member") + f"  {KEY}",
                run=lambda: self.wanted.emit(found.application_id),
                close=_("Close"),
            )
        else:
            self.clear()

    def clear(self) -> None:
        """Another application, or none, is before the clerk."""
        self.strip.clear()

    def begin(self, application_id: str) -> None:
        """Starts the application; `started` follows. One at a time."""
        if self._busy:
            return
        self._busy = True
        office, who = self._context.office, self._context.who
        self._context.background.run(
            "database",
            lambda: start_next_member(office, who, application_id),
            done=self._started,
            failed=self._not_started,
        )

    def _started(self, application_id: str) -> None:
        self._busy = False
        self.clear()
        self.started.emit(application_id)

    def _not_started(self, error: Exception) -> None:
        self._busy = False
        self.failed.emit(error)
