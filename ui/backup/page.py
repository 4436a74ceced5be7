"""The page about backups: the last one, the last tested restore, the schedule, and one made now."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.backup.words import detail_words, standing_words
from ui.language import _
from ui.messages import explain
from ui.stages.page import PageAction, PageContext
from ui.widgets.badge import Badge
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from workstation.clock import OFFICE_ZONE
from workstation.domain.permissions import Verb, may
from workstation.workflow.backup.make import MadeBackup
from workstation.workflow.backup.schedule import backup_now
from workstation.workflow.backup.view import BackupView, backup_view

MAKE = "Ctrl+B"
_ROWS = ("made", "tested", "schedule", "key")
_LANE = "backup"


class BackupRow(QFrame):
    """One line: a badge, what it is about, what is known of it, and a second line in small."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"backup.{name}")
        self.setProperty("surface", "card")
        self.badge = Badge("plain", "", "")
        self.name, self.what, self.then = (
            Text("", "strong"),
            Text("", wrap=True),
            Text("", "secondary", wrap=True),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(16)
        left = QWidget()
        left.setFixedWidth(250)
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.name)
        inside.addWidget(self.badge)
        inside.addStretch(1)
        words = QVBoxLayout()
        words.addWidget(self.what)
        words.addWidget(self.then)
        words.addStretch(1)
        row.addWidget(left)
        row.addLayout(words, 1)

    def show_state(self, good: bool, name: str, what: str, then: str) -> None:
        self.badge.set("good" if good else "attention", "", _("In order") if good else _("To do"))
        self.name.set(name)
        self.what.set(what)
        self.then.set(then)
        self.then.setVisible(bool(then))
        self.setAccessibleName(" ".join(part for part in (name, what, then) if part))


class BackupPage(QWidget):
    """failed(Exception), done(str), actions_changed(): as a stage page's."""

    failed = Signal(object)
    done = Signal(str)
    actions_changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._seen: BackupView | None = None
        self._busy = False
        self._may_make = may(context.who.operator.role, Verb.MAKE_BACKUP)
        self._title = Text("", "title")
        self._sentence = Text("", "secondary", wrap=True)
        self.strip = Strip("backup.strip")
        self.rows = {name: BackupRow(name) for name in _ROWS}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(10)
        for widget in (self._title, self._sentence, self.strip, *self.rows.values()):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.retranslate()

    def enter(self) -> None:
        """Looks anew."""
        self.setFocus()
        office, who = self._context.office, self._context.who
        self._context.background.run(
            "database", lambda: backup_view(office, who), done=self._show, failed=self.failed.emit
        )

    def page_actions(self) -> tuple[PageAction, ...]:
        """Make a backup now, for whom that is allowed."""
        if not self._may_make:
            return ()
        seen = self._seen
        ready = not self._busy and seen is not None and seen.key is not None and seen.plan is not None
        return (PageAction("backup", _("Back up now"), MAKE, ready, True, self._make),)

    def retranslate(self) -> None:
        """Every word again."""
        self._title.set(_("Backups"))
        self._sentence.set(
            _(
                "A backup is sealed to the supervisor's key; this computer cannot open it. Keep it in another place."
            )
        )
        self.strip.clear()
        if self._seen is not None:
            self._show(self._seen)
        for row in self.rows.values():
            row.setVisible(self._seen is not None)

    def _make(self) -> None:
        if self._busy:
            return
        self._set_busy(True)
        self.strip.say("waiting", _("A backup is being made; the work can go on."))
        office, who = self._context.office, self._context.who
        # A lane of its own: what is copied for minutes must hold up no verb.
        self._context.background.run(
            _LANE, lambda: backup_now(office, who), done=self._made, failed=self._not_made
        )

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.actions_changed.emit()

    def _made(self, made: MadeBackup | None) -> None:
        self.strip.clear()
        self._set_busy(False)
        if made is not None:
            self.done.emit(_("The backup is made: {name}").format(name=made.folder.name))
        self.enter()

    def _not_made(self, error: Exception) -> None:
        self._set_busy(False)
        self.strip.say("stopped", explain(error).text)
        self.enter()

    def _show(self, seen: BackupView) -> None:
        self._seen = seen
        made, tested, failed, plan = seen.made, seen.tested, seen.failed, seen.plan
        self.rows["made"].show_state(
            made is not None and seen.standing != "overdue" and failed is None,
            _("Last backup"),
            _("None yet") if made is None else f"{_moment(made.at)} · {_size(made.detail)} · {made.folder}",
            detail_words(failed.detail, _moment(failed.at)) if failed is not None else standing_words(seen),
        )
        self.rows["tested"].show_state(
            not seen.test_due,
            _("Last tested restore"),
            _("None yet") if tested is None else _moment(tested.at),
            _("Test one with: workstation backup test DIR") if seen.test_due else "",
        )
        self.rows["schedule"].show_state(
            plan is not None,
            _("Every day"),
            _("Not set up")
            if plan is None
            else _("at {time} into {folder}").format(time=plan.at.strftime("%H:%M"), folder=plan.folder),
            _("The administrator sets backup_folder and backup_daily_at in the settings.")
            if plan is None
            else "",
        )
        self.rows["key"].show_state(
            seen.key is not None,
            _("Supervisor's key"),
            _("None yet") if seen.key is None else seen.key,
            _("A supervisor makes it with: workstation backup keys.") if seen.key is None else "",
        )
        for row in self.rows.values():
            row.setVisible(True)
        self.actions_changed.emit()


def _moment(at: datetime) -> str:
    return at.astimezone(OFFICE_ZONE).strftime("%d/%m/%Y %H:%M")


def _size(detail: str) -> str:
    return f"{max(1, int(detail or 0) >> 20)} MiB"
