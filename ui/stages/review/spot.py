"""A place on the review page that holds points to visit: marked while one is open, framed while one is looked at."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui import theme
from ui.language import _

_BAR = 4
_EDGE = 3


class Spot(QFrame):
    """clicked(): looked at by mouse. Without a mark it is only a frame of nothing around its content."""

    clicked = Signal()

    def __init__(self, content: QWidget | None = None) -> None:
        super().__init__()
        self._mark = ""
        self._current = False
        self.room = QVBoxLayout(self)
        self.room.setContentsMargins(_EDGE + _BAR, 0, _EDGE, 0)
        self.room.setSpacing(0)
        if content is not None:
            self.room.addWidget(content)

    @property
    def mark(self) -> str:
        """ "open", "seen" or ""; what the clerk has still to look at here."""
        return self._mark

    @property
    def current(self) -> bool:
        """Whether it is looked at now."""
        return self._current

    def set_mark(self, mark: str, *, current: bool) -> None:
        """Shows the state of its points; the words are for who does not see colours."""
        self._mark, self._current = mark, current
        words = {"open": _("To look at"), "seen": _("Looked at")}
        self.setAccessibleDescription(words.get(mark, ""))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._mark and event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A wrapped text needs its height from its width; without this the page would rather cut it than scroll.
        self.setMinimumHeight(max(0, self.room.heightForWidth(self.width())))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._mark:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground = theme.STATES["attention" if self._mark == "open" else "good"]
        whole = QRectF(self.rect())
        if self._mark == "open" or self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.SELECTION if self._current else ground))
            painter.drawRoundedRect(whole, 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink))
        painter.drawRect(QRectF(0, 2, _BAR, whole.height() - 4))
        if self._current:
            pen = QPen(QColor(theme.ACTION), 3)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
