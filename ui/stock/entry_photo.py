"""The picture that was kept of a spoiled blank, as large as the window lets it be."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from ui.language import _
from ui.widgets.picture import Picture
from ui.widgets.text import Text

_LARGEST, _AROUND = QSize(880, 560), QSize(96, 180)
_LEAST = QSize(200, 120)


def photo_room(window: QWidget) -> QSize:
    """The room for the picture in that window."""
    return (window.size() - _AROUND).boundedTo(_LARGEST).expandedTo(_LEAST)


class EntryPhoto(QDialog):
    """`picture` is scaled for `photo_room`, a null one where it is not kept any more."""

    def __init__(self, parent: QWidget, picture: QImage) -> None:
        super().__init__(parent)
        self.setObjectName("stock.entry_photo")
        title = _("Picture of the blank card")
        self.setWindowTitle(title)
        room = photo_room(parent)
        self.picture = Picture((room.width(), room.height()))
        self.picture.set_texts("", _("The picture is not kept any more"))
        self.picture.set_picture(picture)
        close = QPushButton(_("Close") + "  Esc")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(Text(title, "title"))
        layout.addWidget(self.picture)
        layout.addWidget(close)
