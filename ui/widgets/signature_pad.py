"""A field to sign in by pen, finger or mouse: what is written is kept as points and as a picture."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from workstation.domain.hand_over import SHORTEST_SIGNATURE, Signature, Strokes, drawn_length

# Width against height: as the field on the receipt (printing.slip_parts.SIGNATURE_SHAPE).
SHAPE = 3
_WIDE = 348  # of the pad in a dialog of questions
_PICTURE = QSize(900, 900 // SHAPE)
_INK = 2.0  # as wide as this on a pad of _WIDE
# Paper is white whatever the appearance: the picture is what the receipt shows.
_PAPER, _PEN = QColor("#FFFFFF"), QColor("#10161E")


class SignaturePad(QWidget):
    """changed(): a stroke was ended, or all of them wiped away. drawn(): something moved. A tablet's pen and a touch
    that Qt makes a mouse's are alike."""

    changed = Signal()
    drawn = Signal()

    def __init__(self, name: str, wide: int = _WIDE) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFixedSize(wide, wide // SHAPE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._strokes: list[list[tuple[float, float]]] = []
        self._writing = False

    @property
    def signature(self) -> Signature | None:
        """What was written; None while there is nothing, or no more than a dot."""
        return Signature(self.strokes, self._png()) if self.written else None

    @property
    def written(self) -> bool:
        """Whether there is more than a dot."""
        return drawn_length(self.strokes) >= SHORTEST_SIGNATURE

    @property
    def strokes(self) -> Strokes:
        """Everything that was drawn, stroke by stroke."""
        return tuple(tuple(stroke) for stroke in self._strokes)

    def show_strokes(self, strokes: Strokes) -> None:
        """Shows what is drawn elsewhere in place of its own."""
        self._strokes = [list(stroke) for stroke in strokes]
        self._writing = False
        self.update()

    def clear(self) -> None:
        """Wipes everything away."""
        self._strokes.clear()
        self._writing = False
        self.update()
        self.drawn.emit()
        self.changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._writing:
            self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        kind = event.type()
        if kind == QTabletEvent.Type.TabletPress:
            self._begin(event.position())
        elif kind == QTabletEvent.Type.TabletMove and self._writing:
            self._go_on(event.position())
        elif kind == QTabletEvent.Type.TabletRelease:
            self._end()
        # Not accepted, Qt would send the same movement again as a mouse's.
        event.accept()

    def _begin(self, at: QPointF) -> None:
        self._writing = True
        self._strokes.append([])
        self._go_on(at)

    def _go_on(self, at: QPointF) -> None:
        across = min(1.0, max(0.0, at.x() / self.width()))
        down = min(1.0, max(0.0, at.y() / self.height()))
        self._strokes[-1].append((round(across, 4), round(down, 4)))
        self.update()
        self.drawn.emit()

    def _end(self) -> None:
        if self._writing:
            self._writing = False
            self.changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _PAPER)
        painter.setPen(QPen(QColor(theme.BORDER), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        below = round(self.height() * 0.78)
        painter.drawLine(16, below, self.width() - 16, below)
        self._draw(painter, self.size())

    def _draw(self, painter: QPainter, size: QSize) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(_PEN, _INK * size.width() / _WIDE)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for stroke in self._strokes:
            points = [QPointF(across * size.width(), down * size.height()) for across, down in stroke]
            painter.drawPoint(points[0])
            for before, after in pairwise(points):
                painter.drawLine(before, after)

    def _png(self) -> bytes:
        picture = QImage(_PICTURE, QImage.Format.Format_Grayscale8)
        picture.fill(_PAPER)
        painter = QPainter(picture)
        self._draw(painter, _PICTURE)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        # PySide6's stubs want bytes where Qt wants the format's name as text.
        picture.save(buffer, "PNG")  # type: ignore[call-overload]  # stubs only
        return bytes(buffer.data().data())
