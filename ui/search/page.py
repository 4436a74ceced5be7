"""The search page: one field, what answers to it, and beside each other what was typed and what is held."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from ui.language import _
from ui.pre_registrations.panel import PreRegistrationPanel
from ui.pre_registrations.wedge import Wedge
from ui.search.model import HitModel
from ui.search.presenter import Found, SearchPresenter
from ui.search.sides import sides
from ui.search.table import HitTable
from ui.search.words import ready_sentence
from ui.stages.page import PageAction, PageContext
from ui.widgets.empty import Empty
from ui.widgets.facts import FactCard
from ui.widgets.slip import SlipDialog
from ui.widgets.text import Text
from workstation.domain.permissions import Verb, may
from workstation.domain.stages import ENDS
from workstation.workflow.pre_registrations.view import State, is_slip
from workstation.workflow.search.answer import Answer
from workstation.workflow.search.carry import carried_fields
from workstation.workflow.search.find import Hit

_LONGEST = 200
_LABEL_WIDTH = 130


class SearchPage(QWidget):
    """open_application(id); start_application(dict of carried fields); failed(Exception); actions_changed()."""

    open_application = Signal(str)
    start_application = Signal(object)
    failed = Signal(object)
    actions_changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._may_capture = may(context.who.operator.role, Verb.START)
        self.asking = False
        self._found = Found("", (), {})
        self._answer: Answer | None = None
        # Enter was pressed before the answer to what was typed had come.
        self._entered = False
        self._title = Text("", "title")
        self._title.setObjectName("search.title")
        self.field = QLineEdit()
        self.field.setObjectName("search.field")
        self.field.setMaxLength(_LONGEST)
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self.wedge = Wedge(self.field)
        self.slips = PreRegistrationPanel(context)
        self.field.returnPressed.connect(self._enter_pressed)
        self.model = HitModel()
        self.table = HitTable(self.model)
        self.table.opened.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(self._selected)
        self._empty = Empty()
        self._empty.setObjectName("search.empty")
        self._sentence = Text("", "strong", wrap=True)
        self._sentence.setObjectName("search.answer")
        self._typed = FactCard(label_width=_LABEL_WIDTH)
        self._typed.setObjectName("search.typed")
        self._held = FactCard(label_width=_LABEL_WIDTH)
        self._held.setObjectName("search.held")
        self._presenter = SearchPresenter(context, self)
        self._presenter.found.connect(self._show)
        self._presenter.answered.connect(self._show_answer)
        self._presenter.slip.connect(self._show_slip)
        self._presenter.failed.connect(self.failed)
        self.field.textChanged.connect(self._typed_text)
        self.wedge.scanned.connect(self.slips.look_up)
        self.slips.open_application.connect(self.open_application)
        self.slips.begin_plain.connect(self.start)
        self.slips.failed.connect(self.failed)
        self.slips.changed.connect(self._choose_part)
        self._arrange()
        self.retranslate()

    def _arrange(self) -> None:
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.slips)
        cards = QHBoxLayout()
        cards.setSpacing(12)
        cards.addWidget(self._typed, 1)
        cards.addWidget(self._held, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self.field)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self._sentence)
        layout.addLayout(cards)
        QWidget.setTabOrder(self.field, self.table)

    def enter(self, *, asking: bool, text: str = "") -> None:
        """Begins anew; `asking` before a new application: who is it?"""
        self.asking = asking and self._may_capture
        self._show(Found("", (), {}))
        self.slips.enter(asking=self.asking)
        self.wedge.forget()
        scanned = is_slip(text)
        self.field.setText("" if scanned else text)
        self.field.setFocus()
        self.retranslate()
        if scanned:
            self.slips.look_up(text)

    def leave(self) -> None:
        """Asks no more, and keeps nothing of a person on the screen."""
        self._presenter.stop()
        self.slips.leave()
        self._entered = False
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self._show(Found("", (), {}))

    def page_actions(self) -> tuple[PageAction, ...]:
        """Return slip, open, and a new application with what was typed."""
        if self.slips.found is not None:
            return self.slips.page_actions()
        hit = self._hit()
        may_slip = hit is not None and hit.stage not in ENDS
        new = PageAction("new", _("New application"), "Ctrl+N", True, self.asking, self.start)
        return (
            *self.slips.page_actions(),
            PageAction("return_slip", _("Return slip"), "F7", may_slip, False, self._slip),
            PageAction("open", _("Open"), "Return", hit is not None, not self.asking, self._open),
            *((new,) if self._may_capture else ()),
        )

    def start(self) -> None:
        """Begins an application that carries what was typed."""
        if self.slips.found is not None and self.slips.found.state is not State.WITHDRAWN:
            self.slips.start()
        elif self._may_capture:
            self.start_application.emit(carried_fields(self.field.text()))

    def retranslate(self) -> None:
        """Every word again."""
        self._title.set(_("Who is it?") if self.asking else _("Search"))
        hint = _("Name, date of birth, number, telephone or village")
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.table.setAccessibleName(_("What was found"))
        self.model.retranslate()
        self.slips.retranslate()
        self._say_empty()
        self._show_sides()
        if self._answer is not None:
            self._sentence.set(ready_sentence(self._answer))
        self.actions_changed.emit()

    # What was found

    def _typed_text(self, text: str) -> None:
        self._entered = False
        if text.strip() and self.slips.shown:
            self.slips.clear()
        self._presenter.type(text)
        self._choose_part()

    def _choose_part(self) -> None:
        """Pre-registrations while nothing is typed and there are any; else what was found, or that nothing was."""
        found = self._found.hits and self.slips.found is None
        if self.slips.shown and not self.field.text().strip():
            self._stack.setCurrentIndex(2)
        else:
            self._stack.setCurrentIndex(0 if found else 1)
        self.actions_changed.emit()

    def _show(self, found: Found) -> None:
        self._found = found
        self._answer = None
        self._sentence.set("")
        self.model.show(found)
        self._choose_part()
        self._say_empty()
        if found.hits:
            self.table.selectRow(0)
        self._show_sides()
        self.actions_changed.emit()
        if self._entered:
            self._entered = False
            # Somebody was found meanwhile: the person looks first, nothing opens by itself.
            if self.asking and not found.hits:
                self.start()

    def _say_empty(self) -> None:
        if not self._found.text.strip():
            self._empty.set_texts(
                _("Search before a new application begins") if self.asking else _("Search every application"),
                _("Lao or Latin letters, words in any order; Ctrl+N begins without searching.")
                if self.asking
                else _("Lao or Latin letters, words in any order."),
            )
        else:
            self._empty.set_texts(
                _("Nobody was found"),
                _("Enter begins a new application with what was typed.") if self.asking else "",
            )

    def _hit(self) -> Hit | None:
        lines = self.table.selectionModel().selectedRows()
        return self.model.hit_at(lines[0].row()) if lines else None

    def _selected(self) -> None:
        hit = self._hit()
        self._answer = None
        self._sentence.set("")
        self._show_sides()
        if hit is not None:
            self._presenter.look(hit.application_id)
        self.actions_changed.emit()

    def _show_answer(self, answer: Answer) -> None:
        hit = self._hit()
        if hit is not None and hit.application_id == answer.application_id:
            self._answer = answer
            self._sentence.set(ready_sentence(answer))

    def _show_sides(self) -> None:
        hit = self._hit()
        for card in (self._typed, self._held):
            card.setVisible(hit is not None)
        if hit is None:
            return
        left, right = sides(self._found, hit)
        self._typed.set_title(_("What was typed"))
        self._typed.set_facts(left)
        self._held.set_title(f"{hit.number}")
        self._held.set_facts(right)

    # Commands

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The arrows move in the list while the field keeps the focus.
        if (
            watched is self.field
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up)
            and (self.model.rowCount() or self._stack.currentWidget() is self.slips)
        ):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            if self._stack.currentWidget() is self.slips:
                self.slips.choose_next(step)
                return True
            lines = self.table.selectionModel().selectedRows()
            line = lines[0].row() if lines else -1
            self.table.selectRow(min(max(line + step, 0), self.model.rowCount() - 1))
            return True
        return super().eventFilter(watched, event)

    def _enter_pressed(self) -> None:
        text = self.field.text()
        if not text.strip():
            self.slips.run_entered()
            self.slips.choose_expected()
            return
        if text != self._found.text:
            self._entered = True
            self._presenter.ask()
        elif self._hit() is not None:
            self._open()
        elif self.asking:
            self.start()

    def _open(self) -> None:
        hit = self._hit()
        if hit is not None:
            self.open_application.emit(hit.application_id)

    def _slip(self) -> None:
        hit = self._hit()
        if hit is not None:
            self._presenter.print_slip(hit)

    def _show_slip(self, name: str, pdf: bytes) -> None:
        SlipDialog(self.window(), _("Return slip"), name, pdf, self._context.background).open()
