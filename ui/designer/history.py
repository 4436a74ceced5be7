"""The changes of one sitting, to be taken back and made again; small steps in a row count as one."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from printing.specification import CardLayout

_MERGED_SECONDS = 1.0
_MERGING = 1


class _Change(QUndoCommand):
    def __init__(self, history: History, before: CardLayout, after: CardLayout, merge: str) -> None:
        super().__init__()
        self._history = history
        self.before = before
        self.after = after
        self.merge = merge
        self.at = time.monotonic()

    def id(self) -> int:
        return _MERGING if self.merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Change) or other.merge != self.merge:
            return False
        if other.at - self.at > _MERGED_SECONDS:
            return False
        self.after, self.at = other.after, other.at
        return True

    def redo(self) -> None:
        self._history.put(self.after)

    def undo(self) -> None:
        self._history.put(self.before)


class History(QObject):
    """changed(): another layout is shown now, whichever way it came."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(500)
        self._layout: CardLayout | None = None

    @property
    def layout(self) -> CardLayout | None:
        """What is shown now."""
        return self._layout

    def begin(self, layout: CardLayout) -> None:
        """Another document, with nothing to take back."""
        self.stack.clear()
        self._layout = layout

    def make(self, after: CardLayout, merge: str = "") -> None:
        """One more change; those of the same `merge` that follow within a second are one with it."""
        before = self._layout
        if before is not None and after != before:
            self.stack.push(_Change(self, before, after, merge))

    def put(self, layout: CardLayout) -> None:
        """Shows it."""
        self._layout = layout
        self.changed.emit()
