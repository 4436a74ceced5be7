"""The page of approvals from elsewhere: ask an approver, apply her answer; sign or refuse what is asked of oneself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.approvals.answer_dialog import AnswerDialog
from ui.approvals.words import state_words, until_words
from ui.language import _
from ui.stages.page import PageAction, PageContext
from ui.widgets.field import Field
from ui.widgets.strip import Strip
from ui.widgets.table import EmptyTable, dress_table
from ui.widgets.text import Text
from workstation.domain.permissions import Verb, may
from workstation.domain.stages import Stage
from workstation.workflow.approvals.letters import apply_answer, ask_elsewhere
from workstation.workflow.approvals.view import (
    ApprovalsView,
    Asked,
    Choice,
    ForMe,
    LetterState,
    approvals_view,
)

_ID = Qt.ItemDataRole.UserRole
_WIDTHS = (190, 260, 270, 170)
_NOTHING = ApprovalsView((), (), (), (), False, False)


class ApprovalsPage(QWidget):
    """failed(Exception), done(str), actions_changed(): as a stage page's."""

    failed = Signal(object)
    done = Signal(str)
    actions_changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._seen = _NOTHING
        self._busy = False
        self._signs = may(context.who.operator.role, Verb.SIGN_APPROVAL)
        self._title = Text("", "title")
        self._ask_title, self._mine_title, self._asked_title = (Text("", "strong") for _place in range(3))
        self.strip = Strip("approvals.strip")
        self.review, self.approver = QComboBox(), QComboBox()
        self.review.setObjectName("approvals.review")
        self.approver.setObjectName("approvals.approver")
        self._review_field, self._approver_field = Field("", self.review), Field("", self.approver)
        self.for_me, self.asked = QTableWidget(0, 4, self), QTableWidget(0, 5, self)
        self.for_me.setObjectName("approvals.for_me")
        self.asked.setObjectName("approvals.asked")
        self._empty: list[EmptyTable] = []
        for table in (self.for_me, self.asked):
            dress_table(table)
            last = table.columnCount() - 1
            table.horizontalHeader().setSectionResizeMode(last, QHeaderView.ResizeMode.Stretch)
            for column, width in enumerate(_WIDTHS[:last]):
                table.setColumnWidth(column, width)
            table.itemSelectionChanged.connect(self.actions_changed)
            self._empty.append(EmptyTable(table))
        choices = QHBoxLayout()
        choices.setSpacing(12)
        choices.addWidget(self._review_field, 2)
        choices.addWidget(self._approver_field, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        for widget in (self._title, self.strip, self._mine_title):
            layout.addWidget(widget)
        layout.addWidget(self.for_me, 1)
        self._mine_title.setVisible(self._signs)
        self.for_me.setVisible(self._signs)
        layout.addWidget(self._ask_title)
        layout.addLayout(choices)
        layout.addWidget(self._asked_title)
        layout.addWidget(self.asked, 1)
        self.retranslate()

    def enter(self) -> None:
        """Reads everything anew."""
        office, who = self._context.office, self._context.who
        (self.for_me if self._signs else self.asked).setFocus()
        self._context.background.run(
            "database", lambda: approvals_view(office, who), done=self._show, failed=self.failed.emit
        )

    def page_actions(self) -> tuple[PageAction, ...]:
        """Ask, apply, and for who may sign: sign, refuse."""
        free = not self._busy
        applied = self._chosen_asked()
        ready = applied is not None and applied.state is LetterState.SIGNED
        can_ask = self.review.currentData() is not None and self.approver.currentData() is not None
        actions = (
            PageAction("refresh", _("Read again"), "F5", True, False, self.enter),
            PageAction("ask", _("Ask for approval"), "F7", free and can_ask, False, self._ask),
            PageAction("apply", _("Apply the approval"), "F8", free and ready, not self._signs, self._apply),
        )
        if not self._signs:
            return actions
        waits = self._chosen_for_me() is not None and free
        return (
            *actions,
            PageAction("refuse", _("Refuse"), "F9", waits, False, lambda: self._answer(approve=False)),
            PageAction("sign", _("Sign"), "Ctrl+Return", waits, True, lambda: self._answer(approve=True)),
        )

    def retranslate(self) -> None:
        """Every word again."""
        self._title.set(_("Approvals from elsewhere"))
        self._mine_title.set(_("Waits for my signature"))
        self._ask_title.set(_("Ask somebody elsewhere"))
        self._asked_title.set(_("Asked for by this station"))
        self._review_field.set_texts(_("Application in review"))
        self._approver_field.set_texts(_("Approver"))
        self.for_me.setAccessibleName(_("Waits for my signature"))
        self.asked.setAccessibleName(_("Asked for by this station"))
        self.for_me.setHorizontalHeaderLabels([_("Application"), _("Name"), _("Office"), _("Good until")])
        self.asked.setHorizontalHeaderLabels(
            [_("Application"), _("Name"), _("Approver"), _("Good until"), _("State")]
        )
        self._empty[0].set_texts(_("Nothing waits for your signature"), _("Requests come with the line."))
        self._empty[1].set_texts(
            _("Nothing was asked for"), _("Choose an application and an approver, then press F7.")
        )
        self._show(self._seen)

    def _show(self, seen: ApprovalsView) -> None:
        self._seen = seen
        mine, asked = self._chosen_id(self.for_me), self._chosen_id(self.asked)
        _fill(self.for_me, [(one.request_id, _mine_row(one)) for one in seen.for_me], mine)
        _fill(self.asked, [(one.request_id, _asked_row(one)) for one in seen.asked], asked)
        _offer(self.review, seen.reviews)
        _offer(self.approver, seen.approvers)
        self.strip.clear()
        if seen is not _NOTHING and not seen.approvers and not seen.for_me:
            self.strip.say(
                "attention", _("Nobody elsewhere is trusted yet: an administrator trusts an approver's card.")
            )
        elif seen.may_sign and not seen.has_key and seen.for_me:
            self.strip.say("attention", _("You have no key for approvals at this station."))
        self.actions_changed.emit()

    def _chosen_id(self, table: QTableWidget) -> str:
        lines = table.selectionModel().selectedRows()
        item = table.item(lines[0].row(), 0) if lines else None
        return "" if item is None else str(item.data(_ID))

    def _chosen_for_me(self) -> ForMe | None:
        chosen = self._chosen_id(self.for_me)
        return next((one for one in self._seen.for_me if one.request_id == chosen), None)

    def _chosen_asked(self) -> Asked | None:
        chosen = self._chosen_id(self.asked)
        return next((one for one in self._seen.asked if one.request_id == chosen), None)

    def _ask(self) -> None:
        office, who = self._context.office, self._context.who
        application_id, approver = str(self.review.currentData()), str(self.approver.currentData())
        said = _("Asked: {name}").format(name=self.approver.currentText())

        def told(_request_id: str) -> str:
            # The newest one stands first, and is the one to look at.
            self.asked.clearSelection()
            return said

        self._run(lambda: ask_elsewhere(office, who, application_id, approver), told)

    def _apply(self) -> None:
        office, who, chosen = self._context.office, self._context.who, self._chosen_asked()
        if chosen is None:
            return
        said = _("Approved by {name}").format(name=chosen.approver)

        def told(_stage: Stage) -> str:
            return said

        self._run(lambda: apply_answer(office, who, chosen.request_id), told)

    def _run(self, verb: Callable[[], Any], said: Callable[[Any], str]) -> None:
        if self._busy:
            return
        self._set_busy(True)

        def done(outcome: Any) -> None:
            self._set_busy(False)
            self._told(said(outcome))

        def refused(error: Exception) -> None:
            self._set_busy(False)
            self.failed.emit(error)

        self._context.background.run("database", verb, done=done, failed=refused)

    def _told(self, text: str) -> None:
        self.done.emit(text)
        if self._context.sync is not None:
            self._context.sync.wake()
        self.enter()

    def _answer(self, *, approve: bool) -> None:
        chosen = self._chosen_for_me()
        if chosen is None or self._busy:
            return
        dialog = AnswerDialog(self, self._context, chosen, approve=approve)
        dialog.answered.connect(self._told)
        dialog.open()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.actions_changed.emit()


def _mine_row(one: ForMe) -> tuple[str, ...]:
    named = (one.fields.get("given_name_lo", ""), one.fields.get("surname_lo", ""))
    return (one.number, " ".join(filter(None, named)), one.office_code, until_words(one.expires_at))


def _asked_row(one: Asked) -> tuple[str, ...]:
    approver = f"{one.approver} ({one.office_code})"
    return (one.number, one.name, approver, until_words(one.expires_at), state_words(one)[1])


def _fill(table: QTableWidget, lines: list[tuple[str, tuple[str, ...]]], chosen: str) -> None:
    table.setRowCount(len(lines))
    for line, (request_id, texts) in enumerate(lines):
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            item.setData(_ID, request_id)
            table.setItem(line, column, item)
        if request_id == chosen or (not chosen and line == 0):
            table.selectRow(line)


def _offer(box: QComboBox, choices: tuple[Choice, ...]) -> None:
    before = box.currentData()
    box.clear()
    for one in choices:
        box.addItem(f"{one.name} ({one.detail})", one.id)
    box.setEnabled(bool(choices))
    found = box.findData(before)
    box.setCurrentIndex(max(found, 0) if choices else -1)
