"""A picture from bytes, scaled into its frame, with a caption, or a word in its place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.widgets.icons import pixmap

_CAPTION = 28


class Picture(QWidget):
    """`size` is the frame in px without the caption. Draws JPEG or PNG bytes, or a QImage; keeps proportions."""

    def __init__(
        self, size: tuple[int, int], *, caption: str = "", placeholder: str = "", framed: bool = True
    ) -> None:
        super().__init__()
        self._frame = QSize(*size)
        self._caption = caption
        self._placeholder = placeholder
        self._framed = framed
        self._pixmap: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._say()

    def set_picture(self, data: bytes | QImage | None) -> None:
        """Shows other bytes; None, or bytes that are no picture, show the placeholder."""
        image = QImage.fromData(data) if isinstance(data, bytes) else data
        self._pixmap = None
        if image is not None and not image.isNull():
            scale = self.devicePixelRatioF()
            scaled = image.scaled(
                self._frame * scale,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._pixmap = QPixmap.fromImage(scaled)
            self._pixmap.setDevicePixelRatio(scale)
        self._say()
        self.update()

    def set_frame(self, size: tuple[int, int]) -> None:
        """Another size of the frame; the picture is to be set again."""
        self._frame = QSize(*size)
        self.updateGeometry()

    @property
    def shows(self) -> bool:
        """Whether there is a picture (not the placeholder)."""
        return self._pixmap is not None

    def set_texts(self, caption: str, placeholder: str) -> None:
        """Sets caption and placeholder again, for example in another language."""
        self._caption, self._placeholder = caption, placeholder
        self._say()
        self.updateGeometry()
        self.update()

    def _say(self) -> None:
        self.setAccessibleName(self._caption or self._placeholder)
        self.setAccessibleDescription("" if self.shows else self._placeholder)

    def sizeHint(self) -> QSize:
        return self._frame + QSize(0, _CAPTION if self._caption else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(0.5, 0.5, self._frame.width() - 1, self._frame.height() - 1)
        path = QPainterPath()
        path.addRoundedRect(frame, 6, 6)
        painter.fillPath(path, QColor(theme.GROUND if self._pixmap is None else theme.SURFACE))
        if self._pixmap is not None:
            painter.save()
            painter.setClipPath(path)
            size = self._pixmap.deviceIndependentSize()
            painter.drawPixmap(
                round((self._frame.width() - size.width()) / 2),
                round((self._frame.height() - size.height()) / 2),
                self._pixmap,
            )
            painter.restore()
        elif self._placeholder:
            painter.setPen(QColor(theme.SECONDARY))
            painter.setFont(theme.font(theme.SMALL))
            centred = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(frame.adjusted(8, 0, -8, 0), centred, self._placeholder)
        else:
            side = min(32, self._frame.width() // 2)
            x, y = (self._frame.width() - side) // 2, (self._frame.height() - side) // 2
            painter.drawPixmap(x, y, pixmap("person", theme.BORDER, side, self.devicePixelRatioF()))
        if self._framed:
            painter.setPen(QPen(QColor(theme.LINE), 1))
            painter.drawPath(path)
        if self._caption:
            painter.setPen(QColor(theme.SECONDARY))
            painter.setFont(theme.font(theme.SMALL))
            below = QRectF(0, self._frame.height(), self._frame.width(), _CAPTION)
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), self._caption)
