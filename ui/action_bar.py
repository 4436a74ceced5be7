"""The action bar: what can be done now, each command with its key, the primary one at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ui.stages.page import PageAction
from ui.widgets.text import ElidedText
from ui.words import key_name

# Px beside the word; the least width of a command whose word is shortened.
_ASIDE, _TIGHT, _LEAST = 15, 7, 56


class ActionButton(QPushButton):
    """A command's word and its key."""

    def __init__(self, action: PageAction) -> None:
        super().__init__()
        self._short = False
        self._caption = ElidedText()
        self._caption.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._caption.setProperty("role", "caption")
        self._key = QLabel()
        self._key.setProperty("role", "key")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_ASIDE, 0, _ASIDE, 0)
        layout.setSpacing(10)
        for part in (self._caption, self._key):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(part)
        self.setObjectName(f"action.{action.name}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if action.primary:
            self.setProperty("role", "primary")
        self.clicked.connect(self._act)
        self.show_action(action)

    def show_action(self, action: PageAction) -> None:
        """Takes over text, key and state of the same command."""
        self._action = action
        self._caption.set(action.text)
        self._key.setText(key_name(action.key))
        self.setAccessibleName(action.text)
        self.setAccessibleDescription(key_name(action.key))
        self.setEnabled(action.enabled)
        self.updateGeometry()

    def show_key(self, shown: bool) -> None:
        """The key is left out where there is no room; it still works, and the tooltip has it."""
        self._key.setVisible(shown)
        self.setToolTip("" if shown else self.accessibleDescription())
        self.updateGeometry()

    def tighten(self, tight: bool) -> None:
        """Less ground around the word, and a plain command's word may be shortened: its tooltip has all of it."""
        self._short = tight and not self._action.primary
        if self._short:
            self.setToolTip(f"{self._action.text}  {key_name(self._action.key)}")
        layout = self.layout()
        assert layout is not None
        aside = _TIGHT if tight else _ASIDE
        layout.setContentsMargins(aside, 0, aside, 0)
        self.updateGeometry()

    def _act(self) -> None:
        self._action.run()

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return QSize(layout.sizeHint().width(), 40)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, 40) if self._short else self.sizeHint()


class ActionBar(QFrame):
    """56 px; buttons are kept while the commands are the same ones, so that focus stays."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("action_bar")
        self.setProperty("surface", "foot")
        self.setFixedHeight(56)
        self._buttons: list[ActionButton] = []
        self._named: list[tuple[str, bool]] = []
        self._bar = QHBoxLayout(self)
        self._bar.setContentsMargins(16, 8, 16, 8)
        self._bar.setSpacing(8)

    def show_actions(self, actions: Sequence[PageAction]) -> None:
        """Left to right as given; what is primary stands after the gap."""
        ordered = sorted(actions, key=lambda action: action.primary)
        named = [(action.name, action.primary) for action in ordered]
        if named == self._named:
            for button, action in zip(self._buttons, ordered, strict=True):
                button.show_action(action)
            self._fit()
            return
        while (item := self._bar.takeAt(0)) is not None:
            widget: QWidget | None = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._named = named
        self._buttons = [ActionButton(action) for action in ordered]
        plain = [b for b, a in zip(self._buttons, ordered, strict=True) if not a.primary]
        for button in plain:
            self._bar.addWidget(button)
        self._bar.addStretch(1)
        for button in self._buttons[len(plain) :]:
            self._bar.addWidget(button)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for button in self._buttons:
            button.show_key(True)
            button.tighten(False)
        if self._too_wide():
            for button in self._buttons:
                button.show_key(False)
        if self._too_wide():
            for button in self._buttons:
                button.tighten(True)

    def _too_wide(self) -> bool:
        gaps = self._bar.spacing() * (len(self._buttons) + 1) + 32
        return sum(button.sizeHint().width() for button in self._buttons) + gaps > self.width()
