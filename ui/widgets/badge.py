"""A state as icon, word and colour, never one of them alone."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from ui import theme
from ui.widgets.icons import Icon, has_icon


class Badge(QFrame):
    """kind: "good", "attention", "stopped", "waiting", "plain" or "action"; icon: a name in resources/icons, or ""
    for the kind's own."""

    def __init__(self, kind: str = "plain", icon: str = "", text: str = "") -> None:
        super().__init__()
        self.setProperty("role", "badge")
        self._icon = Icon("plain", theme.SECONDARY, 18)
        self._text = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 1, 10, 1)
        layout.setSpacing(6)
        layout.addWidget(self._icon)
        layout.addWidget(self._text)
        self.setMinimumHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.set(kind, icon, text)

    def set(self, kind: str, icon: str, text: str) -> None:
        """Shows another state."""
        self._icon.set(icon if has_icon(icon) else kind, theme.STATES[kind][0])
        self._text.setText(text)
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
