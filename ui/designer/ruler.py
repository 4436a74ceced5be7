"""A ruler in millimetres along the canvas, and where the selection begins and ends on it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from printing.specification import CARD_HEIGHT, CARD_WIDTH
from ui import theme
from ui.designer.canvas import Canvas

THICK = 26
_STEPS = (1, 5, 10, 20)
_LEAST_PX = 34.0


class Ruler(QWidget):
    """Along the top of `canvas`, or `upright` at its left."""

    def __init__(self, canvas: Canvas, *, upright: bool) -> None:
        super().__init__()
        self._canvas = canvas
        self._upright = upright
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored
        self.setSizePolicy(fixed if upright else free, free if upright else fixed)
        for signal in (canvas.looked, canvas.chosen, canvas.turned, canvas.shifted):
            signal.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(THICK, THICK)

    def paintEvent(self, _event: QPaintEvent) -> None:
        canvas, painter = self._canvas, QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.SURFACE))
        corner = canvas.corner
        length = CARD_HEIGHT if self._upright else CARD_WIDTH
        marked = QColor(theme.SELECTION)
        for box in canvas.boxes():
            start, size = (box.y, box.height) if self._upright else (box.x, box.width)
            begin, end = self._place(corner, start), self._place(corner, start + size)
            painter.fillRect(self._across(begin, end - begin), marked)
        painter.setPen(QColor(theme.SECONDARY))
        painter.setFont(theme.font(11))
        numbered = next((step for step in _STEPS if step * canvas.zoom >= _LEAST_PX), _STEPS[-1])
        for mm in range(int(length) + 1):
            at = self._place(corner, mm)
            tick = 10 if mm % 10 == 0 else 7 if mm % 5 == 0 else 4
            if canvas.zoom < 4 and mm % 5:
                continue
            self._tick(painter, at, tick)
            if mm % numbered == 0:
                self._number(painter, at, mm)

    def _place(self, corner: QPointF, mm: float) -> float:
        point = self._canvas.mapFromScene(corner + QPointF(mm, mm))
        return float(self._shifted(point))

    def _shifted(self, point: QPoint) -> int:
        return point.y() if self._upright else point.x()

    def _across(self, at: float, size: float) -> QRectF:
        return QRectF(0, at, THICK, size) if self._upright else QRectF(at, 0, size, THICK)

    def _tick(self, painter: QPainter, at: float, long: int) -> None:
        if self._upright:
            painter.drawLine(QPointF(THICK - long, at), QPointF(THICK, at))
        else:
            painter.drawLine(QPointF(at, THICK - long), QPointF(at, THICK))

    def _number(self, painter: QPainter, at: float, mm: int) -> None:
        place = QRectF(0, at + 1, THICK - 8, 14) if self._upright else QRectF(at + 3, 0, 30, 15)
        side = Qt.AlignmentFlag.AlignRight if self._upright else Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter), str(mm))
