"""Both sides of the card as they were read, every compared place framed; and one place beside what it should be."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.language import _
from ui.stages.check.words import item_name, row_of, told
from ui.widgets.picture import Picture
from ui.widgets.text import Text
from workstation.card_reading.reading import SideReading
from workstation.workflow.check.view import CheckItem

_SIDE = (222, 140)
_CROP = QSize(300, 56)
_INKS = {True: "good", False: "stopped", None: "attention"}


class Sides(QWidget):
    """Front and back, small; each says in words when it has not been read."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("check.sides")
        self._pictures = {"front": Picture(_SIDE), "back": Picture(_SIDE)}
        for side, picture in self._pictures.items():
            picture.setObjectName(f"check.side.{side}")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        for picture in self._pictures.values():
            across.addWidget(picture)
        across.addStretch(1)

    def retranslate(self) -> None:
        self._pictures["front"].set_texts(_("Front side"), _("Front: not read yet"))
        self._pictures["back"].set_texts(_("Back side"), _("Back: not read yet"))

    def show_readings(self, readings: dict[str, SideReading], items: tuple[CheckItem, ...]) -> None:
        """Those sides that were read in this visit, with the comparisons of the last whole reading."""
        for side, picture in self._pictures.items():
            reading = readings.get(side)
            picture.set_picture(None if reading is None else _framed(reading, items))


class Crop(QFrame):
    """One place of the card above the same place as it should be, with what was found there."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("check.crop")
        self.setProperty("role", "card")
        self._words = Text("", "strong", wrap=True)
        self._words.setObjectName("check.crop.words")
        self._seen, self._wanted = QLabel(), QLabel()
        self._labels = (Text("", "secondary"), Text("", "secondary"))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.setSpacing(4)
        inside.addWidget(self._words)
        pair = QHBoxLayout()
        pair.setSpacing(16)
        for label, picture in zip(self._labels, (self._seen, self._wanted), strict=True):
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(label)
            column.addWidget(picture, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            pair.addLayout(column)
        pair.addStretch(1)
        inside.addLayout(pair)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        for label, text in zip(self._labels, (_("On the card"), _("As it should be")), strict=True):
            label.set(text)

    def show_item(self, item: CheckItem | None, reading: SideReading | None) -> None:
        """Hidden without an item that has a place, or without the picture of its side."""
        self.setVisible(item is not None and item.box is not None and reading is not None)
        if item is None or item.box is None or reading is None:
            return
        self._words.set(f"{item_name(row_of(item))} – {told(item)}")
        left, top, right, bottom = item.box
        for label, picture in ((self._seen, reading.picture), (self._wanted, reading.model.raster)):
            part = QPixmap.fromImage(_image(picture[top:bottom, left:right]))
            scale = self.devicePixelRatioF()
            shown = part.scaled(
                _CROP * scale,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            shown.setDevicePixelRatio(scale)
            label.setPixmap(shown)


def _image(picture: NDArray[np.uint8]) -> QImage:
    whole = np.ascontiguousarray(picture)
    rows, columns = whole.shape[:2]
    return QImage(whole.data, columns, rows, whole.strides[0], QImage.Format.Format_BGR888).copy()


def _framed(reading: SideReading, items: tuple[CheckItem, ...]) -> QImage:
    image = _image(reading.picture)
    painter = QPainter(image)
    for outcome in (True, None, False):
        for item in items:
            if item.side == reading.side and item.box is not None and item.agrees is outcome:
                left, top, right, bottom = item.box
                painter.setPen(QPen(QColor(theme.STATES[_INKS[outcome]][0]), 5 if outcome else 10))
                painter.drawRect(QRect(left, top, right - left, bottom - top))
    painter.end()
    return image
