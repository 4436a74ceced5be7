"""The lock: after idleness, with nothing in sight behind it, and back to the same caret."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget

from tests.offices import CLERK, PASSWORD, SUPERVISOR
from tests.ui.shell import Shell
from ui.sign_in.page import SignInPage
from ui.workplace import Workplace
from workstation import clock

CTRL = Qt.KeyboardModifier.ControlModifier


def focused() -> str:
    widget = QApplication.focusWidget()
    return "" if widget is None else widget.objectName()


def line(shell: Shell, name: str) -> QLineEdit:
    field = shell.find(name)
    assert isinstance(field, QLineEdit)
    return field


def unlock(shell: Shell) -> None:
    shell.write("sign_in.password", PASSWORD)
    shell.press(Qt.Key.Key_Return)
    shell.until(lambda: shell.at(Workplace))


@pytest.fixture
def at_the_form(at_work: Shell) -> Shell:
    """A clerk types in the middle of a field of a new application."""
    for _ in range(2):
        at_work.press(Qt.Key.Key_N, CTRL)
    at_work.until(lambda: focused().startswith("intake."))
    at_work.type_into("intake.given_name_latin", "Somchai")
    at_work.until(lambda: focused() == "intake.given_name_latin")
    line(at_work, "intake.given_name_latin").setCursorPosition(3)
    return at_work


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds by which the computer has been running longer than it has."""
    more = [0.0]
    before = clock.running
    monkeypatch.setattr(clock, "running", lambda: before() + more[0])
    return more


def test_back_to_the_same_field_and_caret(at_the_form: Shell) -> None:
    at_the_form.press(Qt.Key.Key_L, CTRL)
    assert at_the_form.at(SignInPage)
    unlock(at_the_form)
    at_the_form.until(lambda: focused() == "intake.given_name_latin")
    at_the_form.until(lambda: line(at_the_form, "intake.given_name_latin").isEnabled())
    field = line(at_the_form, "intake.given_name_latin")
    at_the_form.until(lambda: (field.text(), field.cursorPosition()) == ("Somchai", 3))
    at_the_form.qtbot.wait(300)
    assert (focused(), field.cursorPosition()) == ("intake.given_name_latin", 3)
    at_the_form.press(Qt.Key.Key_Tab)
    at_the_form.qtbot.wait(200)
    assert focused() != "intake.given_name_latin", "whoever goes on is not brought back"


def test_what_was_searched_is_searched_again(at_work: Shell) -> None:
    at_work.press(Qt.Key.Key_F3)
    at_work.type_into("search.field", "Somchai")
    line(at_work, "search.field").setCursorPosition(2)
    at_work.press(Qt.Key.Key_L, CTRL)
    assert not at_work.app.window.findChildren(QLineEdit, "search.field")[0].text()
    unlock(at_work)
    assert line(at_work, "search.field").text() == "Somchai"
    at_work.until(lambda: focused() == "search.field")
    at_work.until(lambda: line(at_work, "search.field").cursorPosition() == 2)


def test_the_window_locks_when_nobody_attends_it(at_the_form: Shell, later: list[float]) -> None:
    shell = at_the_form
    later[0] += 590
    # A touch before the time is over begins it anew.
    QApplication.sendEvent(
        shell.app.window, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier)
    )
    later[0] += 590
    shell.qtbot.wait(1200)
    assert shell.at(Workplace)
    later[0] += 20
    shell.until(lambda: shell.at(SignInPage))
    unlock(shell)
    shell.until(lambda: line(shell, "intake.given_name_latin").text() == "Somchai")


def test_the_first_touch_after_a_sleep_opens_nothing(at_work: Shell, later: list[float]) -> None:
    later[0] += 3600
    at_work.press(Qt.Key.Key_F3)
    assert at_work.at(SignInPage)


def test_nothing_of_a_person_is_in_sight_behind_the_lock(at_the_form: Shell) -> None:
    shell = at_the_form
    window = shell.app.window
    dialog = QDialog(window)
    dialog.setWindowTitle("Somchai")
    dialog.open()
    shell.app._lock()
    assert not dialog.isVisible()
    texts = [
        str(part.property("text"))
        for top in QApplication.topLevelWidgets()
        if top.isVisible()
        for part in top.findChildren(QWidget)
        if part.isVisible() and isinstance(part, QLabel | QLineEdit)
    ]
    assert texts
    assert not [text for text in texts if "Somchai" in text]
    assert [top.windowTitle() for top in QApplication.topLevelWidgets() if _in_sight(top)] == [
        "Lao ID Workstation"
    ]


def _in_sight(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isWindow()


def test_another_operator_signs_in_over_the_lock(at_the_form: Shell) -> None:
    shell = at_the_form
    header = shell.workplace.application.header
    assert header is not None
    first = shell.workplace
    shell.press(Qt.Key.Key_L, CTRL)
    assert shell.find("sign_in.submit").property("text") == "Unlock"
    shell.write("sign_in.username", SUPERVISOR)
    assert shell.find("sign_in.submit").property("text") == "Sign in"
    shell.write("sign_in.password", PASSWORD)
    shell.press(Qt.Key.Key_Return)
    shell.until(lambda: shell.at(Workplace))
    assert shell.app.who is not None
    assert shell.app.who.operator.username == SUPERVISOR
    assert shell.workplace is not first
    office = shell.app.office
    assert office is not None
    # What the first one typed was kept and her application is free.
    shell.workplace.open(header.application_id)
    shell.until(lambda: shell.workplace.application.header is not None)
    shell.until(lambda: line(shell, "intake.given_name_latin").text() == "Somchai")


def test_a_wrong_password_of_another_ends_nothing(at_the_form: Shell) -> None:
    shell = at_the_form
    shell.press(Qt.Key.Key_L, CTRL)
    shell.write("sign_in.username", SUPERVISOR)
    shell.write("sign_in.password", "not the password")
    shell.press(Qt.Key.Key_Return)
    shell.until(lambda: shell.find("sign_in.strip").isVisible())
    assert shell.app.who is not None
    assert shell.app.who.operator.username == CLERK
    shell.write("sign_in.username", CLERK)
    unlock(shell)
    shell.until(lambda: line(shell, "intake.given_name_latin").text() == "Somchai")


def test_signed_out_nobody_is_watched(at_work: Shell, later: list[float]) -> None:
    at_work.click("navigation.sign_out")
    later[0] += 3600
    at_work.qtbot.wait(1200)
    assert at_work.at(SignInPage)
    at_work.sign_in(CLERK)
    at_work.until(lambda: at_work.at(Workplace))
