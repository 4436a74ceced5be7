"""Notices that nobody has touched keyboard or mouse for as long as the policy allows."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from workstation import clock

_LOOK_MILLISECONDS = 1000


class Idle(QObject):
    """idle(): nobody touched anything for the allowed time. Sleep of the computer counts: it wakes up locked."""

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._seconds = 0.0
        self._touched = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self._look)

    def watch(self, seconds: float) -> None:
        """Begins to watch, or goes on under another limit."""
        self._seconds = seconds
        if self._timer.isActive():
            return
        self._touched = clock.running()
        self._timer.start()

    def rest(self) -> None:
        """Watches no more."""
        self._timer.stop()

    def touch(self) -> None:
        """Somebody is there."""
        # After a sleep the first touch must not open what the sleep has locked.
        self._look()
        self._touched = clock.running()

    def _look(self) -> None:
        if self._timer.isActive() and clock.running() - self._touched >= self._seconds:
            self.rest()
            self.idle.emit()
