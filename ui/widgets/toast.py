"""A success, said for a moment over the lower edge of the window. Failures never go here."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from ui.widgets.badge import Badge

SECONDS = 4


class Toast(Badge):
    """Floats over `parent`, takes no clicks and no focus."""

    def __init__(self, parent: QWidget, above: int = 56) -> None:
        super().__init__("good", "", "")
        self.setParent(parent)
        self._over = parent
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumHeight(44)
        self._above = above
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(self, text: str) -> None:
        """Shows `text` for some seconds."""
        self.set("good", "", text)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start(SECONDS * 1000)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        x = (self._over.width() - self.width()) // 2
        self.move(x, self._over.height() - self.height() - self._above - 16)
