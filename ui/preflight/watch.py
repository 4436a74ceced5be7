"""The pre-flight as the workplace has it: the gate, its list, and a quiet strip while only warnings are there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ui.language import _
from ui.preflight.gate import PreflightGate
from ui.preflight.page import PreflightPage
from ui.preflight.texts import subject_name
from ui.stages.page import PageContext
from ui.widgets.strip import Strip
from workstation.domain.permissions import Verb, may
from workstation.workflow.preflight.checks import Finding, stopping, warnings

KEY = "F10"


class PreflightWatch(QObject):
    """wanted(): the list must be shown, because something stops or the strip's action was used. failed(Exception)."""

    wanted = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self.gate = PreflightGate(context, self)
        self.page = PreflightPage(context, self.gate)
        self.strip = Strip("preflight.strip")
        self._put_away: frozenset[tuple[str, str]] = frozenset()
        self._first = False
        self._at_queue = False
        self._begins = may(context.who.operator.role, Verb.START)
        self.strip.put_away.connect(self._put_strip_away)
        self.gate.looked.connect(self._looked)
        self.gate.stopped.connect(self.wanted)
        self.gate.failed.connect(self.failed)

    @property
    def stops(self) -> bool:
        """Whether something stopped a new application when it was last looked at."""
        return bool(stopping(self.gate.found))

    def begin(self) -> None:
        """At the start of a clerk's work: opens the list by itself if something stops."""
        if self._begins:
            self._first = self._at_queue = True
            self.gate.look()

    def before(self, then: Callable[[], None]) -> None:
        """Calls `then` if nothing stops a new application, else opens the list."""
        self._first = False
        self.gate.before(then)

    def entered(self, room: QObject | None, queue: QObject) -> None:
        """Another room is shown: the strip belongs to the queue, the list looks by itself only while it is shown."""
        # Who begins no application has nothing to be ready for.
        self._at_queue = room is queue and self._begins
        if room is not self.page:
            self.page.leave()
        if self._at_queue:
            self.gate.look()
        self._say()

    def leave(self) -> None:
        """Behind the lock nothing looks and nobody waits."""
        self._first = False
        self.page.leave()
        self.gate.leave()

    def retranslate(self) -> None:
        """Every word again."""
        self.page.retranslate()
        self._say()

    def _looked(self, found: tuple[Finding, ...]) -> None:
        first, self._first = self._first, False
        if first and stopping(found):
            self.wanted.emit()
        self._say()

    def _warned(self) -> frozenset[tuple[str, str]]:
        return frozenset((finding.subject.value, finding.code) for finding in warnings(self.gate.found))

    def _put_strip_away(self) -> None:
        self._put_away = self._warned()

    def _say(self) -> None:
        found = self.gate.found
        stops, warned = stopping(found), warnings(found)
        if not self._at_queue or not (stops or warned) or (not stops and self._warned() <= self._put_away):
            self.strip.clear()
            return
        if stops:
            kind = "stopped"
            text = _("No new application can be started: {names}").format(
                names=", ".join(subject_name(finding.subject) for finding in stops)
            )
        else:
            kind = "attention"
            text = _("Not ready, the work can begin ({count}): {names}").format(
                count=len(warned), names=", ".join(subject_name(finding.subject) for finding in warned)
            )
        self.strip.say(
            kind,
            text,
            action=_("Show all") + f"  {KEY}",
            run=self.wanted.emit,
            close="" if stops else _("Close"),
        )
