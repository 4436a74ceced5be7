"""The live picture on the page: the newest camera picture, drawings of the page on it, or words in its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.text import Text

_GROUND = QColor(theme.TEXT)
_NOTICE_STYLE = "#notice {{ background: {ground}; border: 1px solid {ink}; border-radius: 6px; }}"


class LivePicture(QWidget):
    """Draws what show_picture brings; never enlarges beyond its room, never waits.

    shoot: Space was pressed while the picture has the focus. resized(QSize): the room for pictures, device pixels.
    """

    shoot = Signal()
    resized = Signal(QSize)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 200)
        self.painted = 0
        self._picture: QImage | None = None
        self._draw_over: Callable[[QPainter, QRectF], None] | None = None
        self._notice = QFrame(self)
        self._notice.setObjectName("notice")
        self._what = Text("", "strong", wrap=True)
        self._what.setObjectName(f"{name}.notice")
        self._next = Text("", wrap=True)
        self._inside = inside = QVBoxLayout(self._notice)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(4)
        inside.addWidget(self._what)
        inside.addWidget(self._next)
        self._notice.hide()

    @property
    def notice(self) -> str:
        """The words shown in the picture's place, or an empty text."""
        return self._what.accessibleName() if not self._notice.isHidden() else ""

    def show_picture(self, picture: QImage) -> None:
        self._picture = picture
        self._notice.hide()
        self.update()

    def draw_over(self, draw: Callable[[QPainter, QRectF], None]) -> None:
        """`draw` is called after each picture with the place of the picture; not while words stand over it."""
        self._draw_over = draw

    def show_notice(self, what: str, next_step: str, kind: str) -> None:
        """Words over the last picture, which is old now and therefore darkened."""
        ink, ground = theme.STATES[kind]
        self._notice.setStyleSheet(_NOTICE_STYLE.format(ground=ground, ink=ink))
        self._what.setStyleSheet(f"color: {ink};")
        self._what.set(what)
        self._next.set(next_step)
        self._next.setVisible(bool(next_step))
        self._notice.show()
        self._place_notice()
        self.update()

    def clear(self) -> None:
        self._picture = None
        self._notice.hide()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, 360)

    def picture_room(self) -> QSize:
        """The room for pictures in device pixels."""
        return (self.size() - QSize(6, 6)) * self.devicePixelRatioF()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_notice()
        self.resized.emit(self.picture_room())

    def _place_notice(self) -> None:
        width = min(self.width() - 32, 460)
        height = self._inside.totalHeightForWidth(width)
        self._notice.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.shoot.emit()
        else:
            super().keyPressEvent(event)

    def _picture_place(self, picture: QImage) -> QRectF:
        room = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        factor = min(room.width() / picture.width(), room.height() / picture.height())
        width, height = picture.width() * factor, picture.height() * factor
        return (
            QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)
            .toAlignedRect()
            .toRectF()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_GROUND)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        if self._picture is not None:
            place = self._picture_place(self._picture)
            painter.setRenderHint(
                QPainter.RenderHint.SmoothPixmapTransform, self._picture.width() < place.width()
            )
            painter.drawImage(place, self._picture)
            if not self._notice.isHidden():
                painter.fillRect(place, QColor(23, 33, 43, 150))
            elif self._draw_over is not None:
                painter.save()
                self._draw_over(painter, place)
                painter.restore()
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.ACTION), 3))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)
        painter.end()
