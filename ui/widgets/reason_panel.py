"""A panel that asks for a reason before a command that needs one: a list to choose from, a line to type, or both."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ui.language import _
from ui.widgets.text import Text

_LONGEST = 200


class ReasonPanel(QFrame):
    """Hidden until ask(). confirmed(text): "code", "code: note" or the note alone; dismissed(): Esc or Cancel.

    Without choices a note is needed; with choices it is free, save for those that ask() says need one.
    """

    confirmed = Signal(str)
    dismissed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("surface", "card")
        self._title = Text("", "strong", wrap=True)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(0)
        self._group = QButtonGroup(self)
        self._codes: tuple[str, ...] = ()
        self._needs_note: frozenset[str] = frozenset()
        self._group.idToggled.connect(lambda _index, _on: self._judge())
        self._note = QLineEdit()
        self._note.setObjectName(f"{name}.note")
        self._note.setMaxLength(_LONGEST)
        self._note.textChanged.connect(self._judge)
        self._note.returnPressed.connect(self._confirm)
        self._cancel = QPushButton()
        self._cancel.setObjectName(f"{name}.cancel")
        self._cancel.clicked.connect(self.dismiss)
        self._accept = QPushButton()
        self._accept.setObjectName(f"{name}.confirm")
        self._accept.setProperty("role", "primary")
        self._accept.clicked.connect(self._confirm)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._accept)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        inside.addWidget(self._title)
        inside.addLayout(self._choices)
        inside.addWidget(self._note)
        inside.addLayout(buttons)
        self.hide()

    def ask(
        self,
        title: str,
        note_hint: str,
        confirm: str,
        choices: Sequence[tuple[str, str]] = (),
        *,
        needs_note: Collection[str] = (),
    ) -> None:
        """Shows the panel with the focus in it. `choices`: code and words, the first one chosen; `needs_note`: codes
        that say nothing without a note."""
        self._needs_note = frozenset(needs_note)
        self._title.set(title)
        self._note.clear()
        self._note.setPlaceholderText(note_hint)
        self._note.setAccessibleName(note_hint)
        self._cancel.setText(_("Cancel") + "  Esc")
        self._accept.setText(confirm)
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._choices.removeWidget(button)
            # Off the page at once: until it is deleted it would answer to the name of its successor.
            button.setParent(None)
            button.deleteLater()
        self._codes = tuple(code for code, _words in choices)
        for index, (code, words) in enumerate(choices):
            button = QRadioButton(words)
            button.setObjectName(f"{self.objectName()}.{code}")
            self._group.addButton(button, index)
            self._choices.addWidget(button)
        if choices:
            self._group.button(0).setChecked(True)
        self._judge()
        self.show()
        first = self._group.button(0) if choices else self._note
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._confirm()
        else:
            super().keyPressEvent(event)

    def _judge(self) -> None:
        chosen = self._codes[self._group.checkedId()] if self._codes and self._group.checkedId() >= 0 else ""
        free = bool(chosen) and chosen not in self._needs_note
        self._accept.setEnabled(free or bool(self._note.text().strip()))

    def dismiss(self) -> None:
        """Puts the question away without an answer."""
        if not self.isHidden():
            self.hide()
            self.dismissed.emit()

    def _confirm(self) -> None:
        if self.isHidden() or not self._accept.isEnabled():
            return
        note = self._note.text().strip()
        code = self._codes[self._group.checkedId()] if self._codes else ""
        self.hide()
        self.confirmed.emit(f"{code}: {note}" if code and note else code or note)
