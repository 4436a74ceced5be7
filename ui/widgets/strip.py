"""The strip: one fault or notice that stays until it is over or put away, with at most one action."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from ui import theme
from ui.widgets.icons import Icon, icon
from ui.widgets.text import Text


class Strip(QFrame):
    """Hidden while there is nothing to say. `name` begins the object names. put_away: its close button was used."""

    put_away = Signal()

    def __init__(self, name: str = "strip") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setMinimumHeight(44)
        self._icon = Icon("attention", theme.TEXT)
        self._text = Text("", "strong", wrap=True)
        self._text.setObjectName(f"{name}.text")
        self._action = QPushButton()
        self._action.setObjectName(f"{name}.action")
        self._close = QPushButton()
        self._close.setObjectName(f"{name}.close")
        self._close.setProperty("role", "quiet")
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._run: Callable[[], None] | None = None
        self._action.clicked.connect(self._act)
        self._close.clicked.connect(self._shut)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 2, 8, 2)
        layout.setSpacing(10)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self.hide()

    def say(
        self,
        kind: str,
        text: str,
        *,
        action: str = "",
        run: Callable[[], None] | None = None,
        close: str = "",
    ) -> None:
        """Shows `text` in the colours of `kind`; `action` and `close` are the buttons' words, no button when empty."""
        ink = theme.STATES[kind][0]
        self._icon.set(kind, ink)
        self._text.set(text)
        self._run = run
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action) and run is not None)
        self._close.setVisible(bool(close))
        self._close.setIcon(icon("close", ink))
        self._close.setAccessibleName(close)
        self._close.setToolTip(close)
        for part in (self, self._text):
            part.setProperty("kind", kind)
            part.style().polish(part)
        self.setAccessibleName(text)
        self.show()

    def clear(self) -> None:
        """Nothing to say any more."""
        self._run = None
        self._text.set("")
        self.hide()

    @property
    def text(self) -> str:
        """What it says now; empty when hidden."""
        return self._text.accessibleName()

    def _act(self) -> None:
        if self._run is not None:
            self._run()

    def _shut(self) -> None:
        self.clear()
        self.put_away.emit()
