"""One sentence at a time under the live picture, large enough to be read from the clerk's chair."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui import theme
from ui.widgets.icons import Icon
from ui.widgets.text import Text

_SIZE = 22
_STYLE = "#advice {{ background: {ground}; border-radius: 6px; }}"


class AdviceLine(QFrame):
    """Keeps its height when there is nothing to say, so that the picture above keeps its size."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("advice")
        self._icon = Icon("todo", theme.BORDER, 28)
        self._text = Text("", "body", wrap=True)
        self._text.setObjectName(name)
        self._said = ("", "")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(12)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._text, 1)
        self.setFixedHeight(2 * theme.line_height(_SIZE) + 2)

    @property
    def text(self) -> str:
        return self._text.accessibleName()

    @property
    def kind(self) -> str:
        return self._said[0]

    def say(self, kind: str, text: str) -> None:
        """An empty text says nothing."""
        if (kind, text) == self._said:
            return
        self._said = (kind, text)
        ink, ground = theme.STATES[kind]
        self._icon.set(kind, ink)
        self._icon.setVisible(bool(text))
        self._text.set(text)
        self._text.setStyleSheet(f"color: {ink}; font-size: {_SIZE}px; font-weight: 600;")
        self.setStyleSheet(_STYLE.format(ground=ground if text else "transparent"))
