"""The earlier picture beside the new photo, for the clerk's eye: side by side, one over the other, flickering.

The program does not say whether it is the same person.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from ui import theme
from ui.language import _
from ui.widgets.picture import Picture
from ui.widgets.text import Text
from workstation.clock import office_day
from workstation.lao.dates import format_date
from workstation.workflow.photo.earlier import Comparison

_SIZE = (264, 338)
_FLICKER_MS = 400


class ComparePanel(QWidget):
    """The slider goes from the earlier picture (left) to the new one (right) by the arrow keys."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("photo.compare")
        self._comparison: Comparison | None = None
        self._new, self._earlier = QImage(), QImage()
        self._flickered = False
        self._beside = Picture(_SIZE), Picture(_SIZE)
        self._both = Picture(_SIZE)
        self._both.setObjectName("photo.compare.both")
        self._titles = tuple(Text("", "strong", wrap=True) for _index in range(3))
        self._hint = Text("", wrap=True)
        self._hint.setObjectName("photo.compare.hint")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("photo.compare.slider")
        self.slider.setRange(0, 100)
        self.slider.setSingleStep(10)
        self.slider.setFixedWidth(_SIZE[0])
        self.slider.valueChanged.connect(self._blend)
        self._flicker = QTimer(self)
        self._flicker.setInterval(_FLICKER_MS)
        self._flicker.timeout.connect(self._turn)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(24)
        for title, picture in zip(self._titles, (*self._beside, self._both), strict=True):
            column = QVBoxLayout()
            column.setSpacing(6)
            title.setFixedWidth(_SIZE[0])
            title.setFixedHeight(2 * theme.line_height(theme.BODY))
            title.setAlignment(Qt.AlignmentFlag.AlignBottom)
            column.addWidget(title)
            column.addWidget(picture)
            if picture is self._both:
                column.addWidget(self.slider)
            column.addStretch(1)
            across.addLayout(column)
        across.addWidget(self._hint, 1, Qt.AlignmentFlag.AlignTop)
        self.retranslate()

    @property
    def flickering(self) -> bool:
        return self._flicker.isActive()

    @property
    def earlier_shown(self) -> bool:
        """Whether there is an earlier picture to compare with."""
        return not self._earlier.isNull()

    def show_comparison(self, comparison: Comparison, new: QImage, earlier: QImage) -> None:
        """`earlier`: a null image where there is none."""
        self.stop()
        self._comparison, self._new, self._earlier = comparison, new, earlier
        for picture, image in zip(self._beside, (earlier, new), strict=True):
            picture.set_picture(None if image.isNull() else image)
        self.slider.setEnabled(self.earlier_shown)
        self.slider.setValue(50)
        self._blend()
        self.retranslate()

    def toggle_flicker(self) -> None:
        """Shows the two in turn, at the same place, until asked again."""
        if self.flickering or not self.earlier_shown:
            self.stop()
        else:
            self._flicker.start()

    def stop(self) -> None:
        self._flicker.stop()
        self._blend()

    def forget(self) -> None:
        """Nothing of this person stays."""
        self._comparison = None
        self._new = self._earlier = QImage()
        for picture in (*self._beside, self._both):
            picture.set_picture(None)
        self._flicker.stop()

    def retranslate(self) -> None:
        held = self._comparison
        source = ""
        if held is not None and held.at is not None:
            source = _("Picture from a file") if held.source == "file" else _("Photo of the earlier card")
            source = f"{source}\n{format_date(office_day(held.at).isoformat())}"
        for title, text in zip(
            self._titles,
            (source or _("Earlier picture"), _("New photo"), _("One over the other")),
            strict=True,
        ):
            title.set(text)
        self._beside[0].set_texts("", _("No earlier picture"))
        self.slider.setAccessibleName(_("From the earlier picture to the new photo"))
        if held is not None and not self.earlier_shown:
            self._hint.set(
                _("There is no earlier picture of this person here. Bring in a picture from a file with F7.")
            )
        else:
            self._hint.set(
                _(
                    "The eyes lie at the same place in both. Look at the eyes, the nose, the ears and scars; "
                    "hair and age change. F2 shows the two in turn, the arrow keys fade from one to the other. "
                    "The program does not compare: you do."
                )
            )

    def _turn(self) -> None:
        self._flickered = not self._flickered
        self._both.set_picture(self._new if self._flickered else self._earlier)

    def _blend(self) -> None:
        if not self.earlier_shown:
            self._both.set_picture(None)
            return
        blended = QImage(self._new.size(), QImage.Format.Format_RGB32)
        blended.fill(QColor(theme.EDGE))
        painter = QPainter(blended)
        painter.drawImage(blended.rect(), self._earlier)
        painter.setOpacity(self.slider.value() / 100)
        painter.drawImage(blended.rect(), self._new)
        painter.end()
        self._both.set_picture(blended)
