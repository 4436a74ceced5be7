"""A state as icon, word and colour, never one of them alone."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from ui import theme
from ui.widgets.icons import Icon, has_icon
from ui.widgets.text import ElidedText


class Badge(QFrame):
    """kind: "good", "attention", "stopped", "waiting", "plain" or "action"; icon: a name in resources/icons, or ""
    for the kind's own."""

    def __init__(self, kind: str = "plain", icon: str = "", text: str = "") -> None:
        super().__init__()
        self.setProperty("role", "badge")
        self._icon = Icon("plain", theme.SECONDARY, 18)
        # Shortened where there is no room, instead of pushing the page wider than its window.
        self._text = ElidedText()
        self._text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        layout = self._layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 1, 10, 1)
        layout.setSpacing(6)
        layout.addWidget(self._icon)
        layout.addWidget(self._text)
        self.setMinimumHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.set(kind, icon, text)

    def set_slim(self) -> None:
        """As high as one line of its text, for a place beside a label."""
        self._layout.setContentsMargins(8, 0, 10, 0)
        self.setFixedHeight(theme.line_height(theme.SMALL))

    def set(self, kind: str, icon: str, text: str) -> None:
        """Shows another state."""
        self._icon.set(icon if has_icon(icon) else kind, theme.STATES[kind][0])
        self._text.set(text)
        self.setAccessibleName(text)
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            self._text.setProperty("kind", kind)
            for part in (self, self._text):
                part.style().polish(part)

    @property
    def kind(self) -> str:
        """The kind shown now."""
        return str(self.property("kind"))

    @property
    def text(self) -> str:
        """The word shown now."""
        return self._text.text()
