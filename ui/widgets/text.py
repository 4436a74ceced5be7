"""Text with room for Lao marks, broken at words, or shortened with the whole of it in a tooltip."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from workstation.lao.break_words import with_breaks


class Text(QLabel):
    """A label; `role` is "body", "secondary", "label", "strong", "title", "name", "big", "error", and for dense pages
    "compact" or "compact_strong".

    With `wrap` the text breaks at Lao words and its lines stand far enough apart for marks above and below.
    """

    def __init__(self, text: str = "", role: str = "body", *, wrap: bool = False) -> None:
        super().__init__()
        self._wrap = wrap
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.RichText if wrap else Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.set(text)

    def set(self, text: str) -> None:
        """Shows another text."""
        self.setAccessibleName(text)
        if self._wrap and text:
            lines = escape(with_breaks(text)).replace("\n", "<br>")
            text = f'<div style="line-height:108%">{lines}</div>'
        self.setText(text)


class ElidedText(QLabel):
    """One line that is shortened at its end where it must be; the tooltip then holds all of it."""

    def __init__(self, text: str = "", role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.set(text)

    def set(self, text: str) -> None:
        """Shows another text."""
        self.setText(text)
        self.setAccessibleName(text)
        self._tell()

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
        self.setToolTip("" if fits else self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)
