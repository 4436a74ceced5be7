"""The portrait as large as the window allows, for a closer look."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.language import _
from ui.widgets.picture import Picture


class ZoomDialog(QDialog):
    """Space, Enter or Esc closes it; it deletes itself."""

    def __init__(self, parent: QWidget, portrait: bytes) -> None:
        super().__init__(parent)
        self.setObjectName("review.zoom")
        self.setWindowTitle(_("Photo"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        height = max(400, parent.height() - 80)
        picture = Picture((height * 25 // 32, height))
        picture.set_picture(portrait)
        picture.setAccessibleName(_("Photo"))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(picture)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Closes on the key that opened it as well; a key held down does not flicker."""
        if event.isAutoRepeat():
            return
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.accept()
