"""The button that goes from one appearance to the next: light, dark, high contrast."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from ui import theme
from ui.language import _
from ui.palettes import PALETTES
from ui.widgets.icons import icon


class AppearanceButton(QPushButton):
    """chosen(name of the palette that is to be shown)."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", "link")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._next)

    def retranslate(self) -> None:
        """Its words and its drawing again."""
        self.setIcon(icon("appearance", theme.ACTION, 18))
        told = _("Appearance: {name}").format(name=_appearance_name(theme.appearance()))
        self.setAccessibleName(told)
        self.setToolTip(told)

    def _next(self) -> None:
        names = list(PALETTES)
        self.chosen.emit(names[(names.index(theme.appearance()) + 1) % len(names)])


def _appearance_name(name: str) -> str:
    return {"light": _("light"), "dark": _("dark"), "contrast": _("high contrast")}[name]
