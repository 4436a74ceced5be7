"""What is painted over the card: its edge, the selection with its handles, lines that are rested on, the focus."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsView

from printing.specification import CARD_HEIGHT, CARD_WIDTH
from ui import theme
from ui.designer.edits import Box
from ui.designer.snap import Line

# ISO/IEC 7810, 5.1.1: the corners are rounded with 2.88 to 3.48 mm.
_CORNER = 3.18
_HANDLE = 9.0
_RESTING = "#C2185B"
CURSORS = {
    "nw": Qt.CursorShape.SizeFDiagCursor,
    "se": Qt.CursorShape.SizeFDiagCursor,
    "ne": Qt.CursorShape.SizeBDiagCursor,
    "sw": Qt.CursorShape.SizeBDiagCursor,
    "n": Qt.CursorShape.SizeVerCursor,
    "s": Qt.CursorShape.SizeVerCursor,
    "e": Qt.CursorShape.SizeHorCursor,
    "w": Qt.CursorShape.SizeHorCursor,
}


def handle_points(box: Box) -> dict[str, QPointF]:
    """The eight handles of a box, mm."""
    middle_x, middle_y = box.x + box.width / 2, box.y + box.height / 2
    xs = {"w": box.x, "e": box.right}
    ys = {"n": box.y, "s": box.bottom}
    names = ("nw", "n", "ne", "e", "se", "s", "sw", "w")
    return {name: QPointF(xs.get(name[-1], middle_x), ys.get(name[0], middle_y)) for name in names}


def paint_edge(painter: QPainter, corner: QPointF, *, active: bool) -> None:
    """The card's cut edge; the side that has the commands stands out where both are seen."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(theme.ACTION if active else theme.BORDER, 2 if active else 1))
    painter.drawRoundedRect(QRectF(corner.x(), corner.y(), CARD_WIDTH, CARD_HEIGHT), _CORNER, _CORNER)


def paint_selection(
    painter: QPainter, corner: QPointF, boxes: tuple[Box, ...], zoom: float, *, handles: bool
) -> None:
    """A frame around each box, and eight handles when there is a single one."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for box in boxes:
        place = QRectF(box.x, box.y, box.width, box.height).translated(corner)
        painter.setPen(_pen("#FFFFFF", 3))
        painter.drawRect(place)
        painter.setPen(_pen(theme.ACTION, 2))
        painter.drawRect(place)
    if not handles or len(boxes) != 1:
        return
    size = _HANDLE / zoom
    painter.setBrush(QColor("#FFFFFF"))
    painter.setPen(_pen(theme.ACTION, 2))
    for point in handle_points(boxes[0]).values():
        painter.drawRect(
            QRectF(corner.x() + point.x() - size / 2, corner.y() + point.y() - size / 2, size, size)
        )


def paint_lines(painter: QPainter, corner: QPointF, lines: tuple[Line, ...]) -> None:
    """Across the whole card, so that what they go through is seen."""
    painter.setPen(_pen(_RESTING, 1))
    for line in lines:
        if line.upright:
            x = corner.x() + line.at
            painter.drawLine(QPointF(x, corner.y() - 2), QPointF(x, corner.y() + CARD_HEIGHT + 2))
        else:
            y = corner.y() + line.at
            painter.drawLine(QPointF(corner.x() - 2, y), QPointF(corner.x() + CARD_WIDTH + 2, y))


def paint_ghosts(
    painter: QPainter, corner: QPointF, ghosts: tuple[tuple[str, Box], ...], now: dict[str, Box]
) -> None:
    """Where each stood before, and a line from its top left corner to that of where it stands now."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(_RESTING, 2, Qt.PenStyle.DashLine))
    for name, box in ghosts:
        place = QRectF(box.x, box.y, box.width, box.height).translated(corner)
        painter.drawRect(place)
        there = now.get(name)
        if there is not None and (there.x, there.y) != (box.x, box.y):
            painter.drawLine(place.topLeft(), QPointF(there.x, there.y) + corner)


def paint_marquee(painter: QPainter, place: QRectF) -> None:
    """What is being drawn around elements."""
    ground = QColor(theme.ACTION)
    ground.setAlpha(28)
    painter.setBrush(ground)
    painter.setPen(_pen(theme.ACTION, 1, Qt.PenStyle.DashLine))
    painter.drawRect(place)


def paint_focus(painter: QPainter, view: QGraphicsView) -> None:
    """The house's frame of what has the focus."""
    painter.save()
    painter.resetTransform()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(theme.ACTION, 3))
    painter.drawRect(QRectF(view.viewport().rect()).adjusted(1.5, 1.5, -1.5, -1.5))
    painter.restore()


def _pen(colour: str, width: int, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(QColor(colour), width, style)
    pen.setCosmetic(True)
    return pen
