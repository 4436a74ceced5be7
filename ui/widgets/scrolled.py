"""A page that scrolls where the window is smaller than it; what takes the focus comes into sight with its label."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

# A field's label stands over it, its fault below.
_ABOVE, _BELOW, _ASIDE = 40, 36, 24


class Scrolled(QScrollArea):
    """Gives `page` all the room there is, and never less than it asks for."""

    def __init__(self, page: QWidget | None = None) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if page is not None:
            self.setWidget(page)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        page = self.widget()
        if now is None or page is None or not page.isAncestorOf(now) or not self.isVisible():
            return
        # What scrolls by itself (a table, a list) is brought into sight by its upper edge.
        at = now.mapTo(page, QPoint(0, 0))
        high = min(now.height() + _BELOW, self.viewport().height() - _ABOVE)
        self.ensureVisible(at.x() + min(now.width(), 120), at.y() + high, _ASIDE, 0)
        self.ensureVisible(at.x(), at.y(), _ASIDE, _ABOVE)
