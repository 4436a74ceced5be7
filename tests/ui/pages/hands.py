"""What hands can do with a window by keyboard alone: where Tab leads, and whether the eye sees where they are."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from tests.ui.pages.sight import told

MOST = 90
# Through so many things inside one widget, such as the elements of a card, Tab may go before it leaves it.
MOST_INSIDE = 60
_USABLE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)


def within_reach(root: QWidget) -> list[QWidget]:
    """Everything that can be used now and that Tab should lead to."""
    found: list[QWidget] = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root) or not widget.isEnabled() or not isinstance(widget, _USABLE):
            continue
        if isinstance(widget, QHeaderView | QScrollBar) or isinstance(widget.parent(), QComboBox | QLineEdit):
            continue
        # Of several that exclude one another Tab leads to the one that is chosen; arrows lead to the others.
        if isinstance(widget, QRadioButton) or (
            isinstance(widget, QAbstractButton) and widget.autoExclusive()
        ):
            continue
        found.append(widget)
    return found


def tab_round(root: QWidget, first: QWidget) -> list[QWidget]:
    """The widgets that Tab leads to, from `first` until it comes to one for the second time."""
    first.setFocus(Qt.FocusReason.TabFocusReason)
    at = QApplication.focusWidget()
    seen: list[QWidget] = []
    while at is not None and at not in seen and len(seen) < MOST:
        seen.append(at)
        for _step in range(MOST_INSIDE):
            QTest.keyClick(at, Qt.Key.Key_Tab)
            if QApplication.focusWidget() is not at:
                break
        at = QApplication.focusWidget()
    return seen


def place(root: QWidget, widget: QWidget) -> QRect:
    """Where a widget lies in the window."""
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def out_of_order(root: QWidget, seen: list[QWidget]) -> list[str]:
    """Steps of Tab that go up, or back to the left, between neighbours that lie in one row or one column."""
    found = []
    for before, after in pairwise(seen):
        if before.parentWidget() is not after.parentWidget():
            continue
        one, other = place(root, before), place(root, after)
        same_row = min(one.bottom(), other.bottom()) - max(one.top(), other.top()) > 10
        if same_row and other.left() < one.left():
            found.append(f"{told(before)}, then to the left {told(after)}")
        elif not same_row and other.bottom() < one.top() and other.left() <= one.right():
            found.append(f"{told(before)}, then up {told(after)}")
    return found


def unseen_focus(root: QWidget, seen: list[QWidget]) -> list[str]:
    """Widgets that look the same with the keyboard's focus as without it."""
    flash = QApplication.cursorFlashTime()
    # A cursor that blinks would make every two pictures differ.
    QApplication.setCursorFlashTime(0)
    found = []
    try:
        for widget, elsewhere in pairwise([*seen, seen[0]]):
            if widget is elsewhere:
                continue
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            # What scrolls into sight has moved: the place is taken while it has the focus and again after.
            with_focus = widget.grab().toImage()
            elsewhere.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            if widget.grab().toImage() == with_focus:
                found.append(told(widget))
    finally:
        QApplication.setCursorFlashTime(flash)
    return found
