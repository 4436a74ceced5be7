"""Everything that is wrong: ticked in one list by arrow keys and Space, each line with a note of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListWidget, QPushButton, QVBoxLayout

from ui.language import _
from ui.stages.review.defect_lines import DefectLine, show_lines
from ui.widgets.field import Field
from ui.widgets.text import Text
from ui.words import stage_name
from ui.words.defects import defect_told
from workstation.domain.defects import LONGEST_NOTE, OTHER, NamedDefect, earliest

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ReturnPanel(QFrame):
    """confirmed(tuple of NamedDefect); dismissed(): the Cancel button."""

    confirmed = Signal(object)
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("review.return")
        self.setProperty("surface", "card")
        self._lines: tuple[DefectLine, ...] = ()
        self.list = QListWidget()
        self.list.setObjectName("review.defects")
        self.list.setAccessibleName(_("What is wrong"))
        self.list.setStyleSheet("QListView { padding: 3px; } QListView::item { min-height: 30px; }")
        self.list.currentRowChanged.connect(lambda _row: self._show_note())
        self.list.itemChanged.connect(lambda _item: self._ticked())
        self.list.installEventFilter(self)
        self.note = QLineEdit()
        self.note.setObjectName("review.note")
        self.note.setMaxLength(LONGEST_NOTE)
        self.note.textEdited.connect(self._noted)
        self.note.returnPressed.connect(self._note_done)
        self._note_field = Field(_("Note for the clerk"), self.note)
        self._summary = Text("", "secondary", wrap=True)
        self._summary.setObjectName("review.return.summary")
        cancel = QPushButton(_("Cancel") + "  Esc")
        cancel.setObjectName("review.return.cancel")
        cancel.clicked.connect(self.dismissed)
        accept = QPushButton(_("Return it"))
        accept.setObjectName("review.return.confirm")
        accept.setProperty("role", "primary")
        accept.clicked.connect(self.confirm)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(6)
        column.addWidget(Text(_("Return: tick everything that is wrong"), "strong"))
        column.addWidget(self.list, 1)
        column.addWidget(self._note_field)
        column.addWidget(self._summary)
        column.addLayout(buttons)

    def ask(self, fingers: Sequence[int] = ()) -> None:
        """Begins anew: nothing ticked, the focus on the first defect. `fingers`: the positions that were asked for."""
        self._lines = show_lines(self.list, fingers)
        self.list.setCurrentItem(self._lines[0].item)
        self._ticked()
        self._show_note()
        self.list.setFocus()

    @property
    def named(self) -> tuple[NamedDefect, ...]:
        """What is ticked now; a defect with ticked places is named at each of these."""
        return tuple(
            NamedDefect(line.stage, line.code, line.place, line.note.strip())
            for line in self._lines
            if line.ticked and not any(part.ticked for part in line.parts)
        )

    def confirm(self) -> None:
        """Tells what is ticked; "something else" needs a note."""
        named = self.named
        if not named:
            self._note_field.set_error(_("Space ticks what is wrong"))
            self.list.setFocus()
            return
        for line in self._lines:
            if line.ticked and line.code == OTHER and not line.note.strip():
                self.list.setCurrentItem(line.item)
                self._note_field.set_error(_("Write what is wrong"))
                self.note.setFocus()
                return
        self.confirmed.emit(named)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on a defect ticks it and goes on to its note."""
        if not (event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)):
            return False
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() not in _ENTER or control or event.isAutoRepeat():
            return False
        line = self._current()
        if line is not None:
            line.tick()
            self.note.setFocus()
        return True

    def _current(self) -> DefectLine | None:
        item = self.list.currentItem()
        return next((line for line in self._lines if line.item is item), None)

    def _show_note(self) -> None:
        line = self._current()
        self._note_field.set_error(None)
        if line is not None:
            of = defect_told(line.stage, line.code, line.place, "")
            self._note_field.set_texts(_("Note for the clerk: {defect}").format(defect=of))
            self.note.setText(line.note)

    def _noted(self, text: str) -> None:
        line = self._current()
        if line is not None:
            line.note = text
            if text.strip():
                line.tick()
            line.say()
        self._note_field.set_error(None)

    def _note_done(self) -> None:
        """Back to the list: the next defect is an arrow key away."""
        self.list.setFocus()

    def _ticked(self) -> None:
        for line in self._lines:
            line.unfold()
        named = self.named
        if named:
            self._note_field.set_error(None)
            self._summary.set(
                _("{count} ticked. It goes back to: {stage}").format(
                    count=len(named), stage=stage_name(earliest(named))
                )
            )
        else:
            self._summary.set(_("Arrow keys choose, Space ticks, Enter leads to the note."))
