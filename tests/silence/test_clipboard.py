"""What the program put into the clipboards does not stay there."""

from __future__ import annotations

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


def test_what_another_program_put_there_stays(
    qtbot: QtBot, owner: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    care = ClipboardCare(owner)
    _copied(qtbot)
    monkeypatch.setattr(care, "_ours", lambda _mode: False)
    care.clear()
    assert NUMBER in _held()
