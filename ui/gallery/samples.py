"""What fills the sheets: texts with the highest and deepest Lao marks, a drawn picture, a widget with the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from ui.language import language

_SHORT = {"lo": "ກູ້ໜີ້ ຊຶ່ງເປັນທີ່ຮູ້ຈັກ", "en": "Ready for the next person"}
_LONG = {
    "lo": "ຄຳຮ້ອງນີ້ຖືກສົ່ງກັບ ຍ້ອນຮູບຖ່າຍບໍ່ຊັດເຈນ ແລະ ຜູ້ຮ້ອງຫຼັບຕາ ກະລຸນາຖ່າຍຮູບໃໝ່ ແລ້ວສົ່ງໃຫ້ຫົວໜ້າກວດຄືນອີກຄັ້ງໜຶ່ງ",
    "en": "This application was returned because the photo is not clear and the eyes are closed. Take the photo again "
    "and send it to the supervisor for another review.",
}


def short() -> str:
    """A few words in the language spoken now."""
    return _SHORT[language()]


def long() -> str:
    """More than one line in the language spoken now."""
    return _LONG[language()]


def wants_focus(widget: QWidget) -> QWidget:
    """Marks a widget that the sheet shows with the keyboard's focus."""
    widget.setProperty("wants_focus", True)
    return widget


def focused(widget: QWidget) -> QLabel:
    """A picture of the widget while it has the focus: only one widget of a window can have it."""
    room = QWidget()
    room.setProperty("surface", "ground")
    layout = QVBoxLayout(room)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
    room.show()
    room.activateWindow()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    picture = QLabel()
    picture.setPixmap(room.grab())
    room.hide()
    room.deleteLater()
    return picture


def drawn_picture(width: int = 240, height: int = 300) -> QImage:
    """A drawing in the place of a portrait or a print: what is on it does not matter to the widget."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#DDE3E9"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor("#7A8794"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(width // 3, height // 5, width // 3, height // 3)
    painter.drawEllipse(width // 6, height * 3 // 5, width * 2 // 3, height * 3 // 5)
    painter.end()
    return image
