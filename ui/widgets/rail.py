"""The stage rail: where the application is on its path, a segment for each stage. It shows and never acts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from ui import theme
from ui.widgets.icons import Icon

# Width in px with which every segment can show its word.
_ROOMY = 120
# state -> (icon, kind of colour)
_LOOK = {
    "done": ("good", "good"),
    "current": ("action", "action"),
    "returned": ("returned", "attention"),
    "waiting": ("waiting", "waiting"),
    "stopped": ("stopped", "stopped"),
    "skipped": ("skipped", "plain"),
    "todo": ("todo", "plain"),
}


class _Segment(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.in_sight = False
        self._icon = Icon("todo", theme.SECONDARY, 18)
        self._text = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 0, 6, 0)
        layout.setSpacing(6)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)

    def set(self, state: str, text: str, state_word: str) -> None:
        self.in_sight = state in ("current", "returned", "waiting")
        drawing, kind = _LOOK[state]
        ink, ground = theme.STATES[kind]
        quiet = state in ("todo", "skipped", "done")
        self._icon.set(drawing, ink)
        self._text.setText(text)
        self._text.setStyleSheet(
            f"color: {theme.SECONDARY if state in ('todo', 'skipped') else ink};"
            f"font-size: {theme.SMALL}px; font-weight: {400 if quiet else 600};"
        )
        self.setStyleSheet(
            f"_Segment {{ background: {theme.SURFACE if quiet else ground};"
            f"border: none; border-bottom: 3px solid {theme.LINE if state in ('todo', 'skipped') else ink}; }}"
        )
        self.setToolTip(f"{text}: {state_word}")
        self.setAccessibleName(f"{text}: {state_word}")

    def narrow(self, narrow: bool) -> None:
        """Where there is no room, only the stage that matters keeps its word; the others have it as a tooltip."""
        self._text.setVisible(self.in_sight or not narrow)


class StageRail(QFrame):
    """`set_stages` takes (state, name, word for the state) for each stage of the path.

    state: "done", "current", "returned", "waiting" (for the centre), "stopped", "skipped" (by policy) or "todo".
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedHeight(44)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(1)
        self._segments: list[_Segment] = []

    def set_stages(self, stages: Sequence[tuple[str, str, str]]) -> None:
        """Shows the stages from left to right."""
        while len(self._segments) > len(stages):
            gone = self._segments.pop()
            self._layout.removeWidget(gone)
            gone.deleteLater()
        while len(self._segments) < len(stages):
            segment = _Segment()
            self._layout.addWidget(segment, 1)
            self._segments.append(segment)
        for segment, (state, name, word) in zip(self._segments, stages, strict=True):
            segment.set(state, name, word)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < _ROOMY * len(self._segments)
        for place, segment in enumerate(self._segments):
            segment.narrow(narrow)
            self._layout.setStretch(place, 3 if narrow and segment.in_sight else 1)
