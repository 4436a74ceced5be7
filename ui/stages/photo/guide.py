"""What is drawn on the live picture: where the head shall be, where it is, and an arrow for the next step."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ui import theme
from workstation.biometrics.portrait.examine import PortraitReport, Requirement
from workstation.biometrics.portrait.limits import PortraitLimits

# The eyes' place that the requirement of centring measures from, as shares of the picture.
_EYES_AT = (0.5, 0.45)
# A head seen from the front is so much narrower than high.
_NARROW = 0.74
_SHORTEST_ARROW = 44.0


class Guide:
    """Drawn in the window's thread, from the newest report; nothing is measured here."""

    def __init__(self) -> None:
        self._report: PortraitReport | None = None
        self._size = (1, 1)
        self._limits = PortraitLimits()
        self._step: Requirement | None = None
        self._kind = "plain"

    def set_limits(self, limits: PortraitLimits) -> None:
        """Between which sizes the head shall be."""
        self._limits = limits

    def show(
        self, report: PortraitReport | None, size: tuple[int, int], step: Requirement | None, kind: str
    ) -> None:
        """`size`: width and height of the picture judged; `step`: the requirement spoken about; `kind`: the
        state whose colours the outline of the face takes."""
        self._report, self._size, self._step, self._kind = report, size, step, kind

    def draw(self, painter: QPainter, place: QRectF) -> None:
        """`place`: where the picture lies on the widget."""
        painter.setClipRect(place)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        target = self._target(place)
        _double(painter, lambda: painter.drawEllipse(target), "#17212B", "#FFFFFF", Qt.PenStyle.DashLine)
        head = self._head(place)
        if head is None:
            return
        middle, length, degrees = head
        ink, ground = theme.STATES[self._kind]
        painter.save()
        painter.translate(middle)
        painter.rotate(degrees)
        oval = QRectF(-length * _NARROW / 2, -length / 2, length * _NARROW, length)
        _double(painter, lambda: painter.drawEllipse(oval), ink, ground, Qt.PenStyle.SolidLine)
        painter.restore()
        if self._step is not None:
            self._draw_step(painter, self._step, middle, length, target)

    def _target(self, place: QRectF) -> QRectF:
        band = self._limits.head_size
        low = band.low if math.isfinite(band.low) else 0.35
        high = band.high if math.isfinite(band.high) else 0.72
        height = (low + high) / 2 * place.height()
        centre = QPointF(
            place.x() + _EYES_AT[0] * place.width(),
            place.y() + _EYES_AT[1] * place.height(),
        )
        return QRectF(centre.x() - height * _NARROW / 2, centre.y() - height / 2, height * _NARROW, height)

    def _head(self, place: QRectF) -> tuple[QPointF, float, float] | None:
        """Middle, length and roll in degrees of the head found, on the widget; its box where the eyes were not."""
        report = self._report
        if report is None or report.face is None:
            return None
        scale = place.width() / self._size[0]
        if report.eyes is None or report.chin is None:
            box = report.face
            centre = QPointF(
                place.x() + (box.x + box.width / 2) * scale, place.y() + (box.y + box.height / 2) * scale
            )
            return centre, box.height * scale, 0.0
        (x1, y1), (x2, y2) = report.eyes
        middle = QPointF(place.x() + (x1 + x2) / 2 * scale, place.y() + (y1 + y2) / 2 * scale)
        chin = QPointF(place.x() + report.chin[0] * scale, place.y() + report.chin[1] * scale)
        down = chin - middle
        length = 2 * math.hypot(down.x(), down.y())
        return middle, length, math.degrees(math.atan2(y2 - y1, x2 - x1))

    def _draw_step(
        self, painter: QPainter, step: Requirement, head: QPointF, length: float, target: QRectF
    ) -> None:
        value = step.value or 0.0
        side = QPointF(length * _NARROW / 2, 0)
        above = QPointF(0, length / 2)
        match step.name:
            case "centring":
                _arrow(painter, head, target.center() - head)
            case "head_size" | "eye_distance":
                away = step.high is not None and value > step.high
                least = -_SHORTEST_ARROW if away else _SHORTEST_ARROW
                reach = (target.width() - length * _NARROW) / 2
                reach = min(reach, least) if away else max(reach, least)
                for direction in (-1, 1):
                    _arrow(painter, head + side * direction, QPointF(reach * direction, 0))
            case "roll":
                top = head - above * 1.1
                _arrow(painter, top, QPointF(-math.copysign(length * 0.3, value), length * 0.04))
            case "yaw":
                # The person's own left is the picture's right.
                _arrow(painter, head, QPointF(-math.copysign(length * 0.5, value), 0))
            case "pitch":
                _arrow(painter, head, QPointF(0, math.copysign(length * 0.4, value)))


def _double(painter: QPainter, draw: object, ink: str, ground: str, style: Qt.PenStyle) -> None:
    """Two strokes, light on dark, stay visible before any background."""
    for colour, width in ((ink, 5.0), (ground, 2.0)):
        pen = QPen(QColor(colour), width)
        if width < 3:
            pen.setStyle(style)
        painter.setPen(pen)
        if callable(draw):
            draw()


def _arrow(painter: QPainter, start: QPointF, way: QPointF) -> None:
    """From `start` along `way`, thick enough to be seen from the applicant's side of the desk."""
    reach = math.hypot(way.x(), way.y())
    if reach < 12:
        return
    along = way / reach
    across = QPointF(-along.y(), along.x())
    shaft, tip = min(14.0, reach * 0.25), min(34.0, reach * 0.6)
    end = start + way
    neck = end - along * tip
    path = QPainterPath(start + across * (shaft / 2))
    for point in (
        neck + across * (shaft / 2),
        neck + across * (tip * 0.6),
        end,
        neck - across * (tip * 0.6),
        neck - across * (shaft / 2),
        start - across * (shaft / 2),
    ):
        path.lineTo(point)
    path.closeSubpath()
    painter.setPen(QPen(QColor("#17212B"), 2.0))
    painter.setBrush(QColor("#FFC400"))
    painter.drawPath(path)
    painter.setBrush(Qt.BrushStyle.NoBrush)
