"""The program as a test runs it: an office of invented people, opened, with the window in front."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.offices import CLERK, PASSPHRASE, PASSWORD, staffed_office
from ui.app import App
from ui.language import set_language
from ui.sign_in.page import SignInPage
from ui.theme import apply_theme
from ui.workplace import Workplace
from workstation.domain.station import Work
from workstation.settings import Settings

PATIENCE = 20_000  # milliseconds
NO_DEVICES = Settings(camera="")


class Shell:
    """Finds widgets by name, types, presses keys and waits, as a person at the window would."""

    def __init__(self, app: App, qtbot: QtBot) -> None:
        self.app = app
        self.qtbot = qtbot

    def find(self, name: str) -> QWidget:
        screen = self.app.window.screen_shown
        found = None if screen is None else screen.findChild(QWidget, name)
        assert found is not None, f"no {name} on the screen"
        return found

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE)

    def write(self, name: str, text: str) -> None:
        field = self.find(name)
        assert isinstance(field, QLineEdit)
        field.setFocus()
        field.setText(text)

    def type_into(self, name: str, text: str) -> None:
        """Latin text by keys, into a field that listens to typing."""
        field = self.find(name)
        field.setFocus()
        QTest.keyClicks(field, text)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.app.window, key, modifiers)

    def click(self, name: str) -> None:
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def at(self, kind: type[QWidget]) -> bool:
        return isinstance(self.app.window.screen_shown, kind)

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        self.until(lambda: self.at(SignInPage))
        self.write("sign_in.username", username)
        self.write("sign_in.password", password)
        self.press(Qt.Key.Key_Return)

    @property
    def workplace(self) -> Workplace:
        screen = self.app.window.screen_shown
        assert isinstance(screen, Workplace)
        return screen


@pytest.fixture(scope="session")
def staffed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed office with its operators; made once, because its keys take their time."""
    folder = tmp_path_factory.mktemp("staffed") / "office"
    with staffed_office(folder):
        pass
    return folder


def _program(qtbot: QtBot, data: Path) -> Iterator[Shell]:
    set_language("en")
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_theme(application)
    app = App(data, Work.TRAINING, settings=NO_DEVICES)
    app.start()
    shell = Shell(app, qtbot)
    shell.until(app.window.isActiveWindow)
    yield shell
    app.close()
    set_language("en")


@pytest.fixture
def empty_shell(qtbot: QtBot, data_folder: Path) -> Iterator[Shell]:
    """The program on a folder without an office."""
    yield from _program(qtbot, data_folder)


@pytest.fixture
def closed_shell(qtbot: QtBot, data_folder: Path, staffed_folder: Path) -> Iterator[Shell]:
    """The program on an office that waits for its passphrase."""
    shutil.copytree(staffed_folder, data_folder)
    yield from _program(qtbot, data_folder)


@pytest.fixture
def shell(closed_shell: Shell) -> Shell:
    """The program with an open, staffed office, at the sign-in."""
    closed_shell.write("unlock.passphrase", PASSPHRASE)
    closed_shell.press(Qt.Key.Key_Return)
    closed_shell.until(lambda: closed_shell.at(SignInPage))
    return closed_shell


@pytest.fixture
def at_work(shell: Shell) -> Shell:
    """A clerk is signed in and sees the queue."""
    shell.sign_in(CLERK)
    shell.until(lambda: shell.at(Workplace))
    return shell
