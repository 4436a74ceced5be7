"""A labelled input: label and source above, the editor 40 px high, below it a hint or what is wrong with it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.badge import Badge
from ui.widgets.text import Text


class Field(QWidget):
    """`editor` keeps its own objectName; its accessible name becomes the label."""

    def __init__(self, label: str, editor: QWidget, hint: str = "") -> None:
        super().__init__()
        self.editor = editor
        self._hint = hint
        self._remark = ""
        self._error: str | None = None
        self._label = Text(label, "label")
        self._below = Text(hint, "secondary", wrap=True)
        self._label.setBuddy(editor)
        self.setFocusProxy(editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self._source = Badge()
        self._source.hide()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._label, 1)
        head.addWidget(self._source)
        layout.addLayout(head)
        layout.addWidget(editor)
        layout.addWidget(self._below)
        layout.addStretch(1)
        self.set_texts(label, hint)

    def set_texts(self, label: str, hint: str = "") -> None:
        """Sets label and hint again, for example in another language."""
        self._label.set(label)
        self.editor.setAccessibleName(label)
        self._hint = hint
        self._show()

    def set_error(self, text: str | None) -> None:
        """Shows what is wrong under the editor, or the hint again."""
        if text != self._error:
            self._error = text
            self._show()

    def set_remark(self, text: str) -> None:
        """Says under the editor what somebody asked to be looked at here; a fault comes before it."""
        if text != self._remark:
            self._remark = text
            self._show()

    def set_source(self, text: str, kind: str = "plain", icon: str = "") -> None:
        """Says beside the label where the value came from (a passport, the person before); nothing when empty."""
        self._source.set(kind, icon, text)
        self._source.setVisible(bool(text))

    @property
    def error(self) -> str | None:
        """What is shown as wrong now."""
        return self._error

    def _show(self) -> None:
        faulty = self._error is not None
        if bool(self.editor.property("fault")) != faulty:
            self.editor.setProperty("fault", faulty)
            self.editor.style().polish(self.editor)
        role = "error" if faulty else "remark" if self._remark else "secondary"
        if self._below.property("role") != role:
            self._below.setProperty("role", role)
            self._below.style().polish(self._below)
        below = self._error or self._remark or self._hint
        self._below.set(below)
        self._below.setVisible(bool(below))
        self.editor.setAccessibleDescription(below)
