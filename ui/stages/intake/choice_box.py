"""A drop-down list that typing searches in Lao and in Latin letters alike."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView, QWidget

from ui.words.choices import Choice, find_typed

TYPING_GAP = 1.2  # seconds after which typed letters begin a new search


class _ChoiceList(QListView):
    """The list of a ChoiceBox, open or closed: Qt hands it every letter typed in either state."""

    def __init__(self, box: ChoiceBox) -> None:
        super().__init__(box)
        self._box = box
        self._typed = ""
        self._last = 0.0

    def keyboardSearch(self, search: str) -> None:
        """Qt's hook for type-ahead; its own looks only at the first letters of the whole label."""
        now = time.monotonic()
        fresh = now - self._last > TYPING_GAP
        self._typed = search if fresh else self._typed + search
        self._last = now
        row = self._box.row_of(self._typed, self.currentIndex().row() + (1 if fresh else 0))
        if row is not None:
            self.setCurrentIndex(self.model().index(row, 0))


class ChoiceBox(QComboBox):
    """Shows choices with an empty first line; `code()` is what is stored."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self.setView(_ChoiceList(self))
        self.setMaxVisibleItems(14)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)

    def set_choices(self, choices: Sequence[Choice], language: str) -> None:
        """Replaces the lines and keeps what was chosen, if it is still among them."""
        kept = self.code()
        with QSignalBlocker(self):
            self._choices = tuple(choices)
            self.clear()
            self.addItem("", "")
            for choice in self._choices:
                self.addItem(choice.label(language), choice.code)
        self.set_code(kept)

    def code(self) -> str:
        """The stored code of the chosen line, empty for none."""
        value = self.currentData()
        return value if isinstance(value, str) else ""

    def set_code(self, code: str) -> None:
        """Chooses the line of `code`. One the list does not know is added as it is, never dropped."""
        row = self.findData(code)
        with QSignalBlocker(self):
            if row < 0:
                self.addItem(code, code)
                row = self.count() - 1
            self.setCurrentIndex(row)

    def row_of(self, typed: str, start: int) -> int | None:
        """The line that `typed` means, searched from line `start` on; line 0 is the empty one."""
        found = find_typed(self._choices, typed, max(0, start - 1))
        return None if found is None else found + 1

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page must not change an answer that lies under the pointer."""
        event.ignore()
