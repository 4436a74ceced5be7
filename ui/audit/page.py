"""The auditor's page: what happened in the office, newest first, and whether the trail is whole."""

from __future__ import annotations

import threading

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QVBoxLayout, QWidget

from ui.audit.filters import TrailFilters
from ui.audit.model import ABOUT, DETAILS, NUMBER, STATION, WHAT, WHEN, WHO, TrailModel
from ui.audit.words import break_words, turn_words
from ui.background import Job
from ui.language import _
from ui.stages.page import PageAction, PageContext
from ui.widgets.progress import Progress
from ui.widgets.strip import Strip
from ui.widgets.table import EmptyTable, dress_table
from ui.widgets.text import Text
from workstation.workflow.audit.look import (
    AuditEntry,
    AuditFilter,
    AuditList,
    Choices,
    choices,
    find_entries,
    read_page,
    verify,
)
from workstation.workflow.audit.verify import Verdict

VERIFY = "F8"
_WIDTHS = {NUMBER: 84, WHEN: 190, WHAT: 260, WHO: 150, STATION: 112, ABOUT: 230}


class TrailPage(QWidget):
    """failed(Exception), done(str), actions_changed(): as a stage page's."""

    failed = Signal(object)
    done = Signal(str)
    actions_changed = Signal()
    _advanced = Signal(int, int)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._listed = AuditList(AuditFilter(), 0, ())
        self._choices = Choices({}, ())
        self._reading: Job | None = None
        self._stop: threading.Event | None = None
        self._verdict: Verdict | None = None
        self._title = Text("", "title")
        self._count = Text("", "secondary")
        self._count.setObjectName("audit.count")
        self.filters = TrailFilters()
        self.filters.changed.connect(self._ask)
        station = context.office.station
        self.model = TrailModel(station.id, station.station_code)
        self.model.wanted.connect(self._want)
        self.table = QTableView()
        self.table.setObjectName("audit.table")
        self.table.setModel(self.model)
        dress_table(self.table)
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, width)
        self.table.horizontalHeader().setSectionResizeMode(DETAILS, QHeaderView.ResizeMode.Stretch)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._empty = EmptyTable(self.table)
        self.strip = Strip("audit.strip")
        self.progress = Progress("audit.progress")
        self._advanced.connect(self.progress.advance)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        for widget in (self._title, self.filters, self.strip, self._count):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.progress)
        self.retranslate()

    def enter(self) -> None:
        """Reads what can be filtered by and the newest entries."""
        office, who = self._context.office, self._context.who
        self._context.background.run(
            "audit", lambda: choices(office, who), done=self._offer, failed=self._fail
        )
        chosen = self.filters.chosen()
        self._ask(chosen if chosen is not None else AuditFilter())
        self.table.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ends a verification; nobody would see what it finds."""
        if self._stop is not None:
            self._stop.set()
        super().hideEvent(event)

    def page_actions(self) -> tuple[PageAction, ...]:
        """Verify the trail; while that goes on, stop it."""
        if self._stop is not None:
            return (PageAction("stop", _("Stop verifying"), VERIFY, True, True, self._stop.set),)
        return (
            PageAction("refresh", _("Read again"), "F5", True, False, self.enter),
            PageAction("verify", _("Verify the trail"), VERIFY, True, True, self._verify),
        )

    def retranslate(self) -> None:
        """Every word again."""
        self._title.set(_("Audit trail"))
        self.table.setAccessibleName(_("Audit trail"))
        self.progress.setAccessibleName(_("Verify the trail"))
        self._empty.set_texts(_("No entry fits"), _("Choose other days, or all."))
        self.filters.retranslate()
        self.model.retranslate()
        self._say_count()
        if self._verdict is not None:
            self._say(self._verdict)

    # Reading

    def _ask(self, chosen: AuditFilter) -> None:
        if self._reading is not None:
            self._reading.cancel()
        office, who = self._context.office, self._context.who
        self._reading = self._context.background.run(
            "audit", lambda: find_entries(office, who, chosen), done=self._show, failed=self._fail
        )

    def _want(self, page: int) -> None:
        office, who, listed = self._context.office, self._context.who, self._listed

        def came(entries: tuple[AuditEntry, ...]) -> None:
            if listed is self._listed:
                self.model.add(page, entries)

        self._context.background.run(
            "audit", lambda: read_page(office, who, listed, page), done=came, failed=self._fail
        )

    def _offer(self, found: Choices) -> None:
        self._choices = found
        self.filters.offer(found, tuple(self.model.station_name(station) for station in found.stations))

    def _show(self, found: tuple[AuditList, tuple[AuditEntry, ...]]) -> None:
        # Fewer lines while scrolled down would freeze the view: it goes to the top first.
        self.table.scrollToTop()
        self._listed, first = found
        self.model.show(self._listed.total, first, self._choices.actors)
        self._say_count()

    def _say_count(self) -> None:
        self._count.set(_("{count} entries, newest first").format(count=f"{self._listed.total:,}"))

    def _fail(self, error: Exception) -> None:
        self.model.forget_asked()
        self.failed.emit(error)

    # Verifying

    def _verify(self) -> None:
        office, who, stop = self._context.office, self._context.who, threading.Event()
        self._stop, self._verdict = stop, None
        self.strip.clear()
        self.progress.begin()
        self.actions_changed.emit()
        self._context.background.run(
            "audit-verify",
            lambda: verify(office, who, progress=self._advanced.emit, stop=stop),
            done=self._verified,
            failed=self._not_verified,
        )

    def _verified(self, verdict: Verdict) -> None:
        self._stop, self._verdict = None, verdict
        self.progress.end(whole=not verdict.stopped)
        self.actions_changed.emit()
        self._say(verdict)

    def _not_verified(self, error: Exception) -> None:
        self._stop = None
        self.progress.end(whole=False)
        self.actions_changed.emit()
        self.failed.emit(error)

    def _say(self, verdict: Verdict) -> None:
        close = _("Close")
        broken = [(trail, trail.broken) for trail in verdict.trails if trail.broken is not None]
        if verdict.stopped:
            self.strip.say("attention", _("The verification was stopped: it says nothing."), close=close)
        elif broken:
            sentences = [
                f"{_('Station')} {self.model.station_name(trail.station_id)}: {break_words(found)}"
                for trail, found in broken
            ]
            sentences.append(_("Leave everything as it is and tell the province."))
            self.strip.say("stopped", " ".join(sentences), close=close)
        else:
            entries = sum(trail.entries for trail in verdict.trails)
            vouched = sum(trail.countersigned for trail in verdict.trails)
            said = _("The trail is whole: {count} entries follow one another.").format(count=f"{entries:,}")
            if vouched:
                seen = _("The centre vouches for the first {count} of them.").format(count=f"{vouched:,}")
            else:
                seen = _("The centre has not vouched for any of them yet.")
            turns = [turn_words(turn) for trail in verdict.trails for turn in trail.turns]
            self.strip.say("attention" if turns else "good", " ".join([said, *turns, seen]), close=close)
