"""Closes whatever lies over the window, so that nothing of a person stays in sight when it locks."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog, QToolTip

_DEEPEST = 8


def put_away_dialogs() -> None:
    """Dismisses dialogs, opened lists and hints of the program, as Esc would."""
    QToolTip.hideText()
    for _ in range(_DEEPEST):
        popup = QApplication.activePopupWidget()
        if popup is None:
            break
        popup.close()
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()
