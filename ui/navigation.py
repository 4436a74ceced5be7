"""The left navigation: the rooms of the program, 64 px, icon over word."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout

from ui import theme
from ui.widgets.icons import icon

_BUTTON, _LOW_BUTTON = 58, 34


class Navigation(QFrame):
    """Rooms from the top, leaving at the foot. Buttons are named "navigation.<name>"."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "side")
        self.setFixedWidth(72)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(4, 8, 4, 8)
        self._layout.setSpacing(4)
        self._layout.addStretch(1)
        self._buttons: dict[str, QToolButton] = {}

    def add(
        self, name: str, drawing: str, run: Callable[[], None], *, foot: bool = False, room: bool = True
    ) -> None:
        """`room`: a place that stays marked while one is in it; else a command."""
        button = QToolButton()
        button.setObjectName(f"navigation.{name}")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIcon(icon(drawing, theme.SECONDARY, 22))
        button.setIconSize(QSize(22, 22))
        button.setCheckable(room)
        button.setFixedSize(64, _BUTTON)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(run)
        at = (
            self._layout.count()
            if foot
            else len([b for b in self._buttons.values() if not b.property("foot")])
        )
        button.setProperty("foot", foot)
        button.setProperty("drawing", drawing)
        self._layout.insertWidget(at, button)
        self._buttons[name] = button

    def set_text(self, name: str, text: str, hint: str) -> None:
        """The word under the icon, and what the tooltip says (the whole name and the key)."""
        button = self._buttons[name]
        button.setText(text)
        button.setToolTip(hint)
        button.setAccessibleName(hint)
        # The appearance may have changed with the words.
        button.setIcon(icon(str(button.property("drawing")), theme.SECONDARY, 22))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # At 200 % on a small screen the words are left to the tooltips.
        room = self.height() - 16 - 4 * len(self._buttons)
        low = room < len(self._buttons) * _BUTTON
        for button in self._buttons.values():
            button.setToolButtonStyle(
                Qt.ToolButtonStyle.ToolButtonIconOnly if low else Qt.ToolButtonStyle.ToolButtonTextUnderIcon
            )
            button.setFixedHeight(min(_LOW_BUTTON, room // len(self._buttons)) if low else _BUTTON)

    def mark(self, name: str) -> None:
        """Shows in which room one is."""
        for key, button in self._buttons.items():
            if button.isCheckable():
                button.setChecked(key == name)
