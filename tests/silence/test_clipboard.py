"""What the program put into the clipboards does not stay there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ui.clipboard import ClipboardCare

NUMBER = "12-0457"
CLIPBOARD, SELECTION = QClipboard.Mode.Clipboard, QClipboard.Mode.Selection


@pytest.fixture
def owner() -> Iterator[QObject]:
    made = QObject()
    yield made
    made.deleteLater()
    QGuiApplication.clipboard().clear(CLIPBOARD)
    QGuiApplication.clipboard().clear(SELECTION)


def _copied(qtbot: QtBot) -> QLineEdit:
    field = QLineEdit(NUMBER)
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    return field


def _held() -> list[str]:
    clipboard = QGuiApplication.clipboard()
    return [clipboard.text(mode) for mode in (CLIPBOARD, SELECTION)]


def test_it_goes_after_a_while(qtbot: QtBot, owner: QObject) -> None:
    ClipboardCare(owner, seconds=0.3)
    _copied(qtbot)
    assert NUMBER in _held()
    qtbot.waitUntil(lambda: _held() == ["", ""], timeout=10_000)


def test_it_goes_at_once_when_the_window_locks(qtbot: QtBot, owner: QObject) -> None:
    care = ClipboardCare(owner)
    _copied(qtbot)
    care.clear()
    assert _held() == ["", ""]


# It keeps what it put there until it is told to end.
OTHER = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
application = QApplication([])
QApplication.clipboard().setText("theirs")
QTimer.singleShot(0, lambda: print("ready", flush=True))
QTimer.singleShot(60000, application.quit)
application.exec()
"""


def test_what_another_program_put_there_stays(qtbot: QtBot, owner: QObject) -> None:
    care = ClipboardCare(owner)
    _copied(qtbot)
    with subprocess.Popen([sys.executable, "-c", OTHER], stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == "ready\n"
            qtbot.waitUntil(lambda: _held()[0] == "theirs", timeout=10_000)
            care.clear()
            qtbot.wait(200)
            assert _held()[0] == "theirs"
        finally:
            other.kill()
