"""The dialog that asks for the password again, as a test finds it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.lock.confirm import ConfirmDialog

_PATIENCE = 20_000  # milliseconds


def dialogs_shown() -> list[ConfirmDialog]:
    """Those in sight now."""
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, ConfirmDialog) and widget.isVisible()
    ]


def confirm_dialog(qtbot: QtBot) -> ConfirmDialog:
    """The one that is shown, once it is."""

    def shown() -> None:
        assert dialogs_shown()

    qtbot.waitUntil(shown, timeout=_PATIENCE)
    return dialogs_shown()[0]
