"""Waiting for one finger at the sensor, in the sensor's lane, until it comes or is called off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from devices.errors import DeviceCancelled
from devices.fingerprint import FingerImage
from ui.background import Background
from ui.desk import Desk

FINGER_SECONDS = 20.0
_LANE = "fingerprint"


class FingerWait(QObject):
    """One finger at a time. changed(): it began or ended to wait."""

    changed = Signal()

    def __init__(self, background: Background, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._desk = desk
        self._stop: threading.Event | None = None

    @property
    def waiting(self) -> bool:
        """Whether the sensor waits for a finger, or the finger is being looked at."""
        return self._stop is not None

    def take(
        self,
        work: Callable[[FingerImage], Any],
        *,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Gives the image of the next finger to `work`. A wait that was called off says nothing to anybody."""
        if self._stop is not None:
            return
        self._stop = stop = threading.Event()
        desk = self._desk
        self.changed.emit()

        def look() -> Any:
            image = desk.fingerprint_sensor().capture(seconds=FINGER_SECONDS, cancelled=stop.is_set)
            if stop.is_set():
                raise DeviceCancelled("fingerprint", "cancelled")
            return work(image)

        def ended(tell: Callable[[Any], None]) -> Callable[[Any], None]:
            def told(outcome: Any) -> None:
                if self._stop is stop:
                    self._stop = None
                    self.changed.emit()
                    tell(outcome)

            return told

        job = self._background.run(_LANE, look, done=ended(done), failed=ended(failed))
        self.destroyed.connect(stop.set)
        self.destroyed.connect(job.cancel)

    def cancel(self) -> None:
        """Waits no more; what comes late is dropped."""
        if self._stop is not None:
            self._stop.set()
            self._stop = None
            self.changed.emit()
