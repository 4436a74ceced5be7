"""Who else has this name and this date of birth: asked while the clerk types, after a pause, never in the way."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from ui.background import Job
from ui.stages.page import PageContext
from workstation.domain.applicant import PartialDate
from workstation.workflow.search.duplicates import Duplicate, duplicates

LANE = "database"
PAUSE = 600  # milliseconds without a change of name or birth date
_NAMES = ("given_name_lo", "surname_lo", "given_name_latin", "surname_latin")
_ASKED = (*_NAMES, "birth_date", "sex", "telephone", "household_number", "village")


class LookAlikes(QObject):
    """found(duplicates): others of whom a name and the birth date agree, the likeliest first; empty for nobody."""

    found = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._application_id = ""
        self._fields: dict[str, str] = {}
        self._job: Job | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._ask)

    def open(self, application_id: str, fields: Mapping[str, str]) -> None:
        """Another application is before the clerk; it is looked at at once."""
        self.leave()
        self._application_id = application_id
        self._fields = _asked(fields)
        self._ask()

    def type(self, fields: Mapping[str, str]) -> None:
        """What the form holds now."""
        asked = _asked(fields)
        if self._application_id and asked != self._fields:
            self._fields = asked
            self._timer.start()

    def leave(self) -> None:
        """Nothing is asked and nothing is told any more."""
        self._timer.stop()
        self._application_id = ""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _ask(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if self._context.background.closed:
            return
        if not _is_somebody(self._fields):
            self.found.emit(())
            return
        office, fields, application_id = self._context.office, self._fields, self._application_id
        self._job = self._context.background.run(
            LANE,
            lambda: tuple(filter(_agrees, duplicates(office, fields, without=application_id))),
            done=self.found.emit,
            # A notice that cannot be had is no fault of what the clerk does.
            failed=lambda _error: self.found.emit(()),
        )


def _asked(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: fields[name] for name in _ASKED if fields.get(name, "").strip()}


def _is_somebody(fields: Mapping[str, str]) -> bool:
    try:
        PartialDate.parse(fields.get("birth_date", ""))
    except ValueError:
        return False
    return any(name in fields for name in _NAMES)


def _agrees(one: Duplicate) -> bool:
    named = {"name_lo", "name_latin"} & {*one.agrees, *one.alike}
    return bool(named) and "birth_date" in one.agrees
