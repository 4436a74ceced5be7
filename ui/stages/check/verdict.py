"""The verdict on the finished card, large enough to be seen from where the cards lie."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui import theme
from ui.widgets.icons import Icon
from ui.widgets.text import Text


class Verdict(QFrame):
    """One sentence in the colours of its kind ("good", "stopped", "waiting", "plain")."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("check.verdict")
        self.setProperty("role", "badge")
        self._icon = Icon("plain", theme.SECONDARY, 28)
        self._text = Text("", "body", wrap=True)
        self._text.setObjectName("check.verdict.text")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(16, 8, 16, 8)
        inside.setSpacing(12)
        inside.addWidget(self._icon)
        inside.addWidget(self._text, 1)

    @property
    def kind(self) -> str:
        return str(self.property("kind"))

    @property
    def text(self) -> str:
        return self._text.accessibleName()

    def say(self, kind: str, text: str) -> None:
        """Shows another verdict."""
        ink = theme.STATES[kind][0]
        self._icon.set(kind, ink)
        self._text.set(text)
        self._text.setStyleSheet(f"color: {ink}; font-size: {theme.TITLE}px; font-weight: 600;")
        self.setAccessibleName(text)
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            self.style().polish(self)
