"""The pre-flight at the window: warnings stop nothing; what stops opens the list by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton

from tests.offices import CLERK, OTHER_CLERK, PASSWORD, SUPERVISOR
from tests.ui.shell import Shell
from ui.preflight.clock_dialog import typed_moment
from ui.preflight.gate import device_states
from ui.widgets.strip import Strip
from ui.workplace import Workplace
from workstation import clock
from workstation.startup import KEY
from workstation.workflow.preflight.checks import Severity, Subject
from workstation.workflow.queue import queue

CTRL = Qt.KeyboardModifier.ControlModifier


def _looked(shell: Shell) -> None:
    shell.until(lambda: len(shell.workplace.preflight.gate.found) > 0)


def _subjects(shell: Shell, severity: Severity) -> list[Subject]:
    return [f.subject for f in shell.workplace.preflight.gate.found if f.severity is severity]


def _at_list(shell: Shell) -> bool:
    return shell.workplace.room is shell.workplace.preflight.page


def _ask_for_one(shell: Shell) -> None:
    """The search asks who it is first; the same key once more starts the application."""
    for _ in range(2):
        shell.press(Qt.Key.Key_N, CTRL)


def _applications(shell: Shell) -> int:
    assert shell.app.office is not None
    return len(queue(shell.app.office))


def test_a_desk_with_nothing_plugged_in_is_told_of_and_works(at_work: Shell) -> None:
    _looked(at_work)
    strip = at_work.workplace.preflight.strip
    at_work.until(strip.isVisible)
    assert "Camera" in strip.text
    assert "(5)" in strip.text
    at_work.click("preflight.strip.close")
    assert not strip.isVisible()

    at_work.press(Qt.Key.Key_F10)
    assert _at_list(at_work)
    row = at_work.find("preflight.printer")
    assert "None is set up at this desk." in row.accessibleName()
    assert at_work.find("preflight.database").accessibleName() == "Database In order"
    at_work.press(Qt.Key.Key_Escape)
    assert at_work.workplace.room is at_work.workplace.queue
    at_work.until(lambda: not at_work.workplace.preflight.gate._job)
    assert not strip.isVisible(), "what was put away stays away"

    at_work.press(Qt.Key.Key_F10)
    _ask_for_one(at_work)
    at_work.until(lambda: at_work.workplace.room is at_work.workplace.application)


def test_a_lost_key_stops_until_it_is_back(at_work: Shell) -> None:
    _looked(at_work)
    assert at_work.app.office is not None
    key = at_work.app.office.data / KEY
    away = key.with_suffix(".away")
    key.rename(away)
    before = _applications(at_work)
    _ask_for_one(at_work)
    at_work.until(lambda: _at_list(at_work))
    assert _subjects(at_work, Severity.STOPS) == [Subject.KEY]
    _ask_for_one(at_work)
    assert "Must be mended" in at_work.find("preflight.key").accessibleName()
    assert _applications(at_work) == before

    away.rename(key)
    at_work.press(Qt.Key.Key_F5)
    at_work.until(lambda: _subjects(at_work, Severity.STOPS) == [])
    _ask_for_one(at_work)
    at_work.until(lambda: at_work.workplace.room is at_work.workplace.application)
    assert _applications(at_work) == before + 1


def test_a_reset_clock_is_put_right_by_two_people(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    truth, began = datetime.now(UTC), clock.running()
    lost = datetime(2000, 1, 1, 8, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "computer_clock", lambda: lost + timedelta(seconds=clock.running() - began))
    shell.sign_in(CLERK)
    shell.until(lambda: shell.at(Workplace))
    shell.until(lambda: _at_list(shell))
    assert _subjects(shell, Severity.STOPS) == [Subject.CLOCK]
    assert "01/01/2000" in shell.find("preflight.clock").accessibleName()

    shell.press(Qt.Key.Key_F6)
    dialog = shell.app.window.findChild(QDialog, "clock.dialog")
    assert dialog is not None
    shell.until(dialog.isVisible)

    def write(**texts: str) -> None:
        for name, text in texts.items():
            field = dialog.findChild(QLineEdit, f"clock.{name}")
            assert field is not None
            field.setText(text)
        button = dialog.findChild(QPushButton, "clock.confirm")
        assert button is not None
        button.click()

    def said() -> str:
        strip = dialog.findChild(Strip, "clock.strip")
        assert strip is not None
        return strip.text

    here = truth.astimezone(clock.OFFICE_ZONE)
    write(date="31/2/2026", time="25:00")
    assert dialog.findChild(QLineEdit, "clock.date") is dialog.focusWidget()
    write(date=f"{here:%d/%m/%Y}", time=f"{here:%H:%M}", username=OTHER_CLERK, password=PASSWORD)
    shell.until(lambda: "supervisor" in said())
    assert not clock.is_declared()
    write(username=SUPERVISOR, password=PASSWORD)
    shell.until(clock.is_declared)
    shell.until(lambda: _subjects(shell, Severity.STOPS) == [])
    assert Subject.CLOCK in _subjects(shell, Severity.WARNS)
    assert abs(clock.now() - truth) < timedelta(minutes=2)


def test_what_was_typed_as_a_time() -> None:
    moment, faults = typed_moment("໒໒/໑໑/໒໐໒໖", "໑໔:໐໕")
    assert faults == {}
    assert moment == datetime(2026, 11, 22, 7, 5, tzinfo=UTC)
    for day, hour, wrong in (
        ("22/11/26", "14:05", {"date": "not-a-date"}),
        ("22/11/2026", "1405", {"time": "not-a-time"}),
        ("11/2026", "24:00", {"date": "not-a-date", "time": "not-a-time"}),
        ("", " ", {"date": "missing", "time": "missing"}),
    ):
        assert typed_moment(day, hour) == (None, wrong)


def test_the_list_speaks_both_languages_and_is_reached_by_keys(at_work: Shell) -> None:
    _looked(at_work)
    at_work.press(Qt.Key.Key_F10)
    at_work.app.window.speak("lo")
    assert at_work.find("preflight.title").property("text") == "ພ້ອມເຮັດວຽກບໍ?"
    assert "ໂຕະນີ້" in at_work.find("preflight.camera").accessibleName()
    at_work.app.window.speak("en")
    desk = at_work.app.desk
    assert desk is not None
    assert set(device_states(desk).values()) == {"not-set-up"}
