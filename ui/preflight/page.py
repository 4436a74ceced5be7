"""The list of the pre-flight: what stops, what warns, what is in order, each with its next step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.desk import DEVICES as WATCHED
from ui.desk import GONE, MISSING
from ui.language import _
from ui.preflight.clock_dialog import ClockDialog
from ui.preflight.gate import PreflightGate
from ui.preflight.texts import severity_word, subject_name, told
from ui.stages.page import PageAction, PageContext
from ui.widgets.badge import Badge
from ui.widgets.text import Text
from workstation.workflow.preflight.checks import Finding, Severity, Subject, stopping

LOOK_MILLISECONDS = 3000
_ORDER = (Severity.STOPS, Severity.WARNS, Severity.GOOD)


class FindingRow(QFrame):
    """One subject: a badge with icon and word, its name, what is the matter and what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.setObjectName(f"preflight.{finding.subject.value}")
        self.setProperty("surface", "card")
        kind, word = severity_word(finding.severity)
        what, then = told(finding)
        name = Text(subject_name(finding.subject), "strong", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 12, 3)
        row.setSpacing(12)
        for part, width in ((Badge(kind, "", word), 160), (name, 190)):
            holder = QWidget()
            holder.setFixedWidth(width)
            inside = QHBoxLayout(holder)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(part, 1 if part is name else 0)
            if part is not name:
                inside.addStretch(1)
            row.addWidget(holder, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        for text, role in ((what, "body"), (then, "secondary")):
            if text:
                words.addWidget(Text(text, role, wrap=True))
        row.addLayout(words, 1)
        self.setAccessibleName(
            " ".join(part for part in (subject_name(finding.subject), word, what, then) if part)
        )


class PreflightPage(QWidget):
    """failed(Exception), done(str), actions_changed(): as a stage page's. begin(): a new application is wanted."""

    failed = Signal(object)
    done = Signal(str)
    actions_changed = Signal()
    begin = Signal()

    def __init__(self, context: PageContext, gate: PreflightGate) -> None:
        super().__init__()
        self._context = context
        self._gate = gate
        self._shown: tuple[Finding, ...] | None = None
        self._title = Text("", "title")
        self._title.setObjectName("preflight.title")
        self._lead = Text("", "secondary", wrap=True)
        self._lead.setObjectName("preflight.lead")
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(4)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addLayout(self._list)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("preflight.list")
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(6)
        layout.addWidget(self._title)
        layout.addWidget(self._lead)
        layout.addWidget(self._scroll, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MILLISECONDS)
        self._timer.timeout.connect(gate.look)
        gate.looked.connect(self._show)
        self.retranslate()

    def enter(self) -> None:
        """Looks now and every few seconds, so that what is mended is seen at once."""
        self._timer.start()
        self._gate.look()
        self._scroll.setFocus()

    def leave(self) -> None:
        """Looks no more by itself."""
        self._timer.stop()

    def page_actions(self) -> tuple[PageAction, ...]:
        """Look again; set the clock right where it stops; the new application where nothing stops."""
        found = self._shown or ()
        stops = stopping(found)
        clock = any(finding.subject is Subject.CLOCK for finding in stops)
        actions = [PageAction("look", _("Look again"), "F5", True, False, self.look_again)]
        if clock:
            actions.append(PageAction("clock", _("Set the clock right"), "F6", True, True, self.ask_clock))
        ready = bool(found) and not stops
        actions.append(PageAction("begin", _("New application"), "Ctrl+N", ready, not clock, self.begin.emit))
        return tuple(actions)

    def look_again(self) -> None:
        """Asks the devices that did not answer once more, then looks."""
        desk, background = self._context.desk, self._context.background
        for name in WATCHED:
            if desk.state(name) in (MISSING, GONE):
                background.run(name, lambda name=name: desk.look(name))  # type: ignore[misc]  # bound per device
        self._gate.look()

    def ask_clock(self) -> None:
        """Lets two people declare what time it is."""
        dialog = ClockDialog(self.window(), self._context)
        dialog.accepted.connect(self._clock_right)
        dialog.open()

    def _clock_right(self) -> None:
        self.done.emit(_("Date and time were confirmed by two people"))
        self._gate.look()

    def _show(self, found: Sequence[Finding]) -> None:
        found = tuple(found)
        if found != self._shown:
            self._shown = found
            self._fill()
        self.actions_changed.emit()

    def _fill(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.setParent(None)
                row.deleteLater()
        found = self._shown or ()
        for severity in _ORDER:
            for finding in found:
                if finding.severity is severity:
                    self._list.addWidget(FindingRow(finding))
        if not found:
            self._lead.set(_("Looking"))
        elif stopping(found):
            self._lead.set(
                _("A new application can be started when what is marked red is mended. Open ones are safe.")
            )
        else:
            self._lead.set(_("The work can begin. What is not ready can be mended meanwhile."))

    def retranslate(self) -> None:
        """Every word again."""
        self._title.set(_("Ready to work?"))
        self._scroll.setAccessibleName(_("Ready to work?"))
        self._fill()
