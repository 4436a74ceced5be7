"""Progress of what takes longer than a second: a bar, and in words how long it will still take."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ui.language import _
from ui.widgets.text import Text

# A share of less than this says nothing about the rest.
_EARLY_SHARE, _EARLY_SECONDS = 0.08, 0.8
_TICK_MILLISECONDS = 250
# How long each kind of work took the last time, for work that does not tell how far it is.
_lasted: dict[str, float] = {}


def seconds_left(elapsed: float, done: int, total: int) -> float | None:
    """The time left in seconds at the pace so far; None while it is too early to say."""
    if total <= 0 or done <= 0 or done / total < _EARLY_SHARE or elapsed < _EARLY_SECONDS:
        return None
    return elapsed * max(0, total - done) / done


class Progress(QWidget):
    """Hidden until begin(). `name` is the object name and the kind of work whose last duration is remembered.

    Work that counts calls advance(); other work is measured against the last time, and the first time only the
    seconds so far are shown.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._left = Text("", "secondary")
        self._left.setObjectName(f"{name}.left")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.bar)
        layout.addWidget(self._left)
        self._began = 0.0
        self._counted: tuple[int, int] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MILLISECONDS)
        self._timer.timeout.connect(self._tell)
        kept = self.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.setSizePolicy(kept)
        self.hide()

    def begin(self) -> None:
        """The work begins now."""
        self._began = time.monotonic()
        self._counted = None
        self._timer.start()
        self.show()
        self._tell()

    def advance(self, done: int, total: int) -> None:
        """`done` of `total` parts are there."""
        self._counted = (done, total)
        self._tell()

    def judge(self) -> None:
        """What counted is over; what is left cannot be counted."""
        self._counted = None
        self.bar.setRange(0, 0)
        self._left.set("")
        self._timer.stop()

    def end(self, *, whole: bool = True) -> None:
        """The work is over; `whole`: its duration is a measure for the next time."""
        if self._began and whole:
            _lasted[self.objectName()] = time.monotonic() - self._began
        self._began = 0.0
        self._timer.stop()
        self.hide()

    @property
    def words(self) -> str:
        """What is said about the time now."""
        return self._left.text()

    def setAccessibleName(self, name: str) -> None:
        """The bar is what a screen reader finds."""
        super().setAccessibleName(name)
        self.bar.setAccessibleName(name)

    def _tell(self) -> None:
        elapsed = time.monotonic() - self._began
        left: float | None
        if self._counted is not None:
            done, total = self._counted
            self.bar.setRange(0, 100)
            self.bar.setValue(done * 100 // max(total, 1))
            left = seconds_left(elapsed, done, total)
        elif (before := _lasted.get(self.objectName(), 0.0)) > elapsed:
            self.bar.setRange(0, 100)
            self.bar.setValue(round(elapsed * 100 / before))
            left = before - elapsed
        else:
            self.bar.setRange(0, 0)
            left = None
        if left is not None:
            self._left.set(_("About {seconds} s left").format(seconds=max(1, round(left))))
        elif elapsed >= 1:
            self._left.set(_("{seconds} s so far").format(seconds=int(elapsed)))
        else:
            self._left.set("")
        self.bar.setAccessibleDescription(self._left.text())
