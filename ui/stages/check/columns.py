"""The check page's two columns; one below the other, with the verdict over both, where there is no room for two."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

_ROOMY = 940
_LEAST = 592


class Columns(QWidget):
    """`left` the card, `picture` in it the live one; `right` what was read of it, under `verdict`."""

    def __init__(self, verdict: QWidget, left: QVBoxLayout, right: QVBoxLayout, picture: QWidget) -> None:
        super().__init__()
        self._verdict, self._right, self._picture = verdict, right, picture
        self._roomy = True
        right.insertWidget(0, verdict)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(24)
        self._across.addLayout(left, 8)
        self._across.addLayout(right, 14)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(16, 12, 16, 12)
        self._whole.setSpacing(12)
        self._whole.addLayout(self._across, 1)
        self._share()

    def minimumSizeHint(self) -> QSize:
        # Of the columns beside each other it is wider, and the page would never be given less.
        return QSize(_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = event.size().width() >= _ROOMY
        if roomy == self._roomy:
            return
        self._roomy = roomy
        upper, other = (self._right, self._whole) if roomy else (self._whole, self._right)
        other.removeWidget(self._verdict)
        upper.insertWidget(0, self._verdict)
        self._share()

    def _share(self) -> None:
        """Beside each other the live picture takes what the rest of its column leaves, and asks for no more."""
        direction = QBoxLayout.Direction
        self._across.setDirection(direction.LeftToRight if self._roomy else direction.TopToBottom)
        for at, share in enumerate((8, 14)):
            self._across.setStretch(at, share if self._roomy else 0)
        policy = QSizePolicy.Policy
        self._picture.setSizePolicy(policy.Expanding, policy.Ignored if self._roomy else policy.Preferred)

    def show_verdict(self) -> None:
        """Scrolls to the verdict where it may be out of sight."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if not self._roomy and isinstance(area, QScrollArea):
            area.verticalScrollBar().setValue(0)
