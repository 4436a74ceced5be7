"""What a list shows when it is empty: that it is, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.widgets.icons import Icon
from ui.widgets.text import Text


class Empty(QWidget):
    """An icon, one sentence, and a second one that says what can be done."""

    def __init__(self, title: str = "", hint: str = "") -> None:
        super().__init__()
        self._title = Text(title, "strong")
        self._hint = Text(hint, "secondary")
        layout = QVBoxLayout(self)
        layout.setSpacing(4)
        layout.addStretch(2)
        layout.addWidget(Icon("empty", theme.BORDER, 48), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(8)
        for text in (self._title, self._hint):
            layout.addWidget(text, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def set_texts(self, title: str, hint: str) -> None:
        """Sets both sentences again."""
        self._title.set(title)
        self._hint.set(hint)
