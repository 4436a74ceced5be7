"""The picture of two hands, backs up as they lie on the counter, each asked-for finger marked with its state."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.language import _


class FingerMark(StrEnum):
    """What the picture says of one finger."""

    NOT_ASKED = "not-asked"
    OPEN = "open"
    GOOD = "good"
    LOW = "low"
    MISSING = "missing"


# Ink of the disc on a fingertip and the strokes in it, in shares of the disc's side from its middle.
_DISCS: dict[FingerMark, tuple[str, tuple[tuple[tuple[float, float], ...], ...]]] = {
    FingerMark.GOOD: (theme.STATES["good"][0], (((-0.2, 0.02), (-0.06, 0.16), (0.2, -0.15)),)),
    FingerMark.LOW: (
        theme.STATES["attention"][0],
        (((0.0, -0.24), (0.0, 0.06)), ((0.0, 0.22), (0.0, 0.225))),
    ),
    FingerMark.MISSING: (theme.SECONDARY, (((-0.18, 0.0), (0.18, 0.0)),)),
}

# One right hand, back up, in a field of 100 x 120: per finger from the thumb (ISO/IEC 19794-2 positions 1..5) the
# middle of its base, its length and width, and its lean in degrees from upright. The left hand is its mirror image.
_FINGERS = {
    1: (QPointF(26, 84), 38.0, 16.0, -42.0),
    2: (QPointF(33, 58), 44.0, 14.5, -9.0),
    3: (QPointF(49, 54), 50.0, 14.5, -1.0),
    4: (QPointF(64.5, 56), 45.0, 14.0, 6.0),
    5: (QPointF(78, 63), 34.0, 12.5, 15.0),
}
_FIELD = QRectF(0, 0, 232, 126)
_PALMS = (QRectF(18, 74, 66, 20), QRectF(148, 74, 66, 20))
_RADIUS = 7.0
_SKIN = QColor("#EEF1F4")
_OUTLINE = QColor(theme.BORDER)


def _finger(position: int) -> tuple[QPainterPath, QPointF]:
    """Outline and fingertip of a right-hand finger."""
    base, length, width, lean = _FINGERS[position]
    turn = QTransform().translate(base.x(), base.y()).rotate(lean)
    path = QPainterPath()
    path.addRoundedRect(QRectF(-width / 2, -length, width, length + width / 2), width / 2, width / 2)
    return turn.map(path), turn.map(QPointF(0, -length + width / 2))


def _palm() -> QPainterPath:
    path = QPainterPath(QPointF(25, 60))
    path.cubicTo(QPointF(38, 48), QPointF(72, 46), QPointF(85, 60))
    path.cubicTo(QPointF(90, 80), QPointF(82, 104), QPointF(74, 122))
    path.lineTo(QPointF(40, 122))
    path.cubicTo(QPointF(34, 108), QPointF(22, 98), QPointF(18, 84))
    path.cubicTo(QPointF(18, 74), QPointF(22, 66), QPointF(25, 60))
    return path


def _right_hand() -> tuple[QPainterPath, dict[int, QPointF]]:
    outline = _palm()
    tips: dict[int, QPointF] = {}
    for position in _FINGERS:
        finger, tips[position] = _finger(position)
        outline = outline.united(finger)
    return outline, tips


def _draw_disc(painter: QPainter, centre: QPointF, mark: FingerMark) -> None:
    """An empty ring for a finger that is still open, else a filled disc with its sign."""
    if mark is FingerMark.OPEN:
        painter.setPen(QPen(_OUTLINE, 1.2))
        painter.setBrush(QColor(theme.SURFACE))
        painter.drawEllipse(centre, _RADIUS, _RADIUS)
        return
    ink, strokes = _DISCS[mark]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink))
    painter.drawEllipse(centre, _RADIUS, _RADIUS)
    pen = QPen(QColor(theme.SURFACE), _RADIUS * 0.24)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    side = _RADIUS * 2.15
    for stroke in strokes:
        painter.drawPolyline([QPointF(centre.x() + x * side, centre.y() + y * side) for x, y in stroke])


class HandsPicture(QWidget):
    """Shows the state of each finger; a click on an asked-for fingertip chooses it."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("fingerprints.hands")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._marks: Mapping[int, FingerMark] = {}
        self._current: int | None = None
        outline, tips = _right_hand()
        to_right = QTransform().translate(130, 2)
        to_left = QTransform().translate(102, 2).scale(-1, 1)
        self._outlines = (to_left.map(outline), to_right.map(outline))
        self._tips = {position: to_right.map(tip) for position, tip in tips.items()}
        self._tips |= {position + 5: to_left.map(tip) for position, tip in tips.items()}

    def show_fingers(self, marks: Mapping[int, FingerMark], current: int | None) -> None:
        """Keys are ISO/IEC 19794-2 finger positions 1..10; a position left out is not asked for."""
        self._marks = dict(marks)
        self._current = current
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(448, 252)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 158)

    def _frame(self) -> QTransform:
        factor = min(self.width() / _FIELD.width(), self.height() / _FIELD.height())
        left = (self.width() - _FIELD.width() * factor) / 2
        top = (self.height() - _FIELD.height() * factor) / 2
        return QTransform().translate(left, top).scale(factor, factor)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(self._frame())
        painter.setPen(QPen(_OUTLINE, 0.9))
        painter.setBrush(_SKIN)
        for outline in self._outlines:
            painter.drawPath(outline)
        self._write_names(painter)
        for position, tip in self._tips.items():
            mark = self._marks.get(position, FingerMark.NOT_ASKED)
            if mark is FingerMark.NOT_ASKED:
                continue
            if position == self._current:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(theme.ACTION), 1.6))
                painter.drawEllipse(tip, 10.2, 10.2)
            _draw_disc(painter, tip, mark)
        painter.end()

    def _write_names(self, painter: QPainter) -> None:
        # Written in the widget's own pixels, so that the size of the type does not follow the drawing.
        frame = painter.transform()
        painter.resetTransform()
        painter.setPen(QColor(theme.SECONDARY))
        painter.setFont(theme.font(theme.SMALL))
        for text, palm in zip((_("Left hand"), _("Right hand")), _PALMS, strict=True):
            painter.drawText(frame.mapRect(palm), int(Qt.AlignmentFlag.AlignCenter), text)
        painter.setTransform(frame)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        inverse, _ = self._frame().inverted()
        place = inverse.map(event.position())
        for position, tip in self._tips.items():
            away = place - tip
            asked = self._marks.get(position, FingerMark.NOT_ASKED) is not FingerMark.NOT_ASKED
            if asked and away.x() ** 2 + away.y() ** 2 <= 11.0**2:
                self.chosen.emit(position)
                return
        super().mousePressEvent(event)
