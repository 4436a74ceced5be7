"""One key of the on-screen keyboard: its letter, and small in the corner the letter that Shift gives."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui import theme
from ui.widgets.icons import pixmap
from workstation.lao.script import AM, MARK_ORDER

HEIGHT, LOW = 40, 32
_LETTER, _CORNER = 20, 14


def shown(letter: str) -> str:
    """A mark stands on a dotted circle, so that it can be seen and read."""
    return f"\u25cc{letter}" if letter and letter in MARK_ORDER + AM else letter


class KeyCap(QAbstractButton):
    """Never takes the focus. `strong`: the letter alone; `corner`: the other layer's; or a drawing instead."""

    def __init__(self, letter: str = "", corner: str = "", drawing: str = "") -> None:
        super().__init__()
        self._drawing = drawing
        self._corner = corner
        self.setText(letter)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(30)

    def set_letters(self, letter: str, corner: str) -> None:
        """Shows another layer; a key without a letter in it is switched off by its owner."""
        self.setText(letter)
        self._corner = corner
        self.update()

    def set_low(self, low: bool) -> None:
        """A lower key where the window has little room."""
        self.setFixedHeight(LOW if low else HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(52, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        down = self.isDown() or self.isChecked()
        ground = theme.SELECTION if down else theme.SURFACE if self.isEnabled() else theme.GROUND
        border = theme.ACTION if down or (self.underMouse() and self.isEnabled()) else theme.BORDER
        painter.setPen(QPen(QColor(border if self.isEnabled() else theme.LINE), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        ink = theme.TEXT if self.isEnabled() else theme.SECONDARY
        if self._drawing:
            picture = pixmap(self._drawing, ink, 20, self.devicePixelRatioF())
            painter.drawPixmap((self.width() - 20) // 2, (self.height() - 20) // 2, picture)
            return
        word = len(self.text()) > 2
        painter.setPen(QColor(ink))
        painter.setFont(theme.font(theme.SMALL if word else min(_LETTER, self.height() // 2), strong=word))
        # The corner takes its part of the key, so the letter moves to the left of the middle.
        corner = shown(self._corner)
        wide = QFontMetrics(theme.font(_CORNER)).horizontalAdvance(corner) + 5 if corner else 2
        if painter.fontMetrics().horizontalAdvance(shown(self.text())) + wide > self.width():
            corner, wide = "", 2
        room = self.rect().adjusted(2, 0, -wide, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown(self.text()))
        if corner:
            painter.setPen(QColor(theme.SECONDARY))
            painter.setFont(theme.font(_CORNER))
            place = self.rect().adjusted(0, -1, -5, -15)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, corner)
