"""The photos of this application so far, side by side with their verdicts; one of them counts."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.widgets.icons import pixmap

_THUMB = QSize(52, 66)
_STEP, _MARK, _NUMBER = 88, 20, 24
THUMB_SIZE = _THUMB


@dataclass(frozen=True, eq=False)
class Thumb:
    """`kind`: the state of its verdict; `words`: what a screen reader says of it."""

    id: str
    picture: QImage
    kind: str
    chosen: bool
    words: str


class Attempts(QWidget):
    """picked(shot id): one was clicked. The one that is looked at has a frame, the one that counts a tick."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("photo.attempts")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_THUMB.height() + 8)
        self._thumbs: tuple[Thumb, ...] = ()
        self._looked_at = ""

    def show_attempts(self, thumbs: tuple[Thumb, ...], looked_at: str) -> None:
        """`looked_at`: the id of the photo shown large, empty for none."""
        self._thumbs, self._looked_at = thumbs, looked_at
        self.setAccessibleName("; ".join(thumb.words for thumb in thumbs))
        self.update()

    def _first(self) -> int:
        """Where there are more than fit, the newest are shown and the one looked at."""
        room = max(1, self.width() // _STEP)
        return max(0, len(self._thumbs) - room)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._first() + int(event.position().x()) // _STEP
        if 0 <= index < len(self._thumbs):
            self.picked.emit(self._thumbs[index].id)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.SMALL, strong=True))
        first = self._first()
        for place, thumb in enumerate(self._thumbs[first:]):
            corner = QPoint(place * _STEP + 3, 4)
            frame = QRect(corner, _THUMB)
            size = thumb.picture.size()
            offset = QPoint((_THUMB.width() - size.width()) // 2, (_THUMB.height() - size.height()) // 2)
            painter.fillRect(frame, QColor(theme.EDGE))
            painter.drawImage(QRect(corner + offset, size), thumb.picture)
            looked_at = thumb.id == self._looked_at
            painter.setPen(QPen(QColor(theme.ACTION if looked_at else theme.BORDER), 3 if looked_at else 1))
            painter.drawRect(frame)
            beside = corner + QPoint(_THUMB.width() + 6, 0)
            painter.setPen(QColor(theme.TEXT))
            painter.drawText(
                QRect(beside, QSize(_MARK, _NUMBER)),
                int(Qt.AlignmentFlag.AlignCenter),
                str(first + place + 1),
            )
            scale = self.devicePixelRatioF()
            ink = theme.STATES[thumb.kind][0] if thumb.kind in theme.STATES else theme.BORDER
            painter.drawPixmap(beside + QPoint(0, _NUMBER), pixmap(thumb.kind, ink, _MARK, scale))
            if thumb.chosen:
                below = beside + QPoint(0, _NUMBER + _MARK + 2)
                painter.drawPixmap(below, pixmap("check", theme.ACTION, _MARK, scale))
        painter.end()
