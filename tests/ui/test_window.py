"""The window from the first start to the lock: screens, commands by key, faults that do not end the program."""

import shutil
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.offices import ADMINISTRATOR, CLERK, PASSPHRASE, PASSWORD, SUPERVISOR
from tests.ui.shell import NO_DEVICES, Shell
from ui.app import App
from ui.sign_in.first_start import FirstStartPage
from ui.sign_in.page import SignInPage
from ui.sign_in.unlock import UnlockPage
from ui.stages.closed.page import ClosedPage
from ui.workplace import Workplace
from workstation.domain.stages import Stage
from workstation.domain.station import Work
from workstation.startup import FIRST_START_CODE
from workstation.workflow.header import header
from workstation.workflow.intake.steps import save_draft, start

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def shell_room(shell: Shell) -> str:
    workplace = shell.workplace
    rooms = {
        "queue": workplace.queue,
        "search": workplace.search,
        "application": workplace.application,
        "operators": workplace.operators,
    }
    return next(name for name, room in rooms.items() if room is workplace.room)


def focused() -> str:
    widget = QApplication.focusWidget()
    return "" if widget is None else widget.objectName()


def test_first_start_to_the_first_clerk(
    empty_shell: Shell, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = empty_shell
    assert shell.at(FirstStartPage)
    assert focused() == "first_start.code"
    code = (data_folder / FIRST_START_CODE).read_text().strip()
    shell.click("first_start.next")
    assert focused() == "first_start.code"
    for name, text in (
        ("code", "AAAA-BBBB-CCCC"),
        ("office_code", "vte"),
        ("station_code", "s1"),
        ("office_name", "ປກສ ເມືອງຈັນທະບູລີ"),
    ):
        shell.write(f"first_start.{name}", text)
    shell.press(Qt.Key.Key_Return)
    shell.write("first_start.passphrase", PASSPHRASE)
    shell.write("first_start.passphrase_again", PASSPHRASE + "x")
    shell.write("first_start.registry_url", "registry.example")
    shell.press(Qt.Key.Key_Return)
    assert focused() == "first_start.passphrase_again"
    shell.write("first_start.passphrase_again", PASSPHRASE)
    shell.write("first_start.registry_url", "")
    shell.press(Qt.Key.Key_Return)
    for name, text in (
        ("administrator_name", "ນາງ ຄຳຫຼ້າ"),
        ("username", ADMINISTRATOR),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
    ):
        shell.write(f"first_start.{name}", text)
    shell.press(Qt.Key.Key_Return)
    # The wrong code leads back to its field, with everything else kept.
    shell.until(lambda: focused() == "first_start.code")
    assert shell.app.office is None
    shell.write("first_start.code", code)
    for _step in range(3):
        shell.click("first_start.next")
    shell.until(lambda: shell.at(SignInPage))

    shell.sign_in(ADMINISTRATOR)
    shell.until(lambda: shell.at(Workplace))
    assert shell_room(shell) == "operators"
    for name, text in (("display_name", "ທ້າວ ບຸນມີ"), ("username", CLERK)):
        shell.write(f"operators.{name}", text)
    for name in ("password", "password_again"):
        shell.write(f"operators.{name}", PASSWORD)
    shell.press(Qt.Key.Key_Return, CTRL)
    operators = shell.workplace.operators
    assert operators is not None
    shell.until(lambda: operators.table.rowCount() == 2)
    shell.click("navigation.sign_out")
    # What the administrator typed for him opens nothing but its change.
    shell.sign_in(CLERK)
    shell.until(lambda: focused() == "sign_in.new")
    for name in ("new", "again"):
        shell.write(f"sign_in.{name}", "a password of his own")
    shell.press(Qt.Key.Key_Return)
    shell.until(lambda: shell.at(Workplace))
    assert shell_room(shell) == "queue"


@pytest.mark.parametrize("work", [Work.REAL, Work.TRAINING])
def test_the_first_start_asks_for_no_kind_of_work(
    qtbot: QtBot, data_folder: Path, work: Work, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command chose the folder with the kind of work; a training office can never be founded in the real one."""
    app = App(data_folder, work, settings=NO_DEVICES)
    app.start()
    shell = Shell(app, qtbot)
    try:
        screen = app.window.screen_shown
        assert isinstance(screen, FirstStartPage)
        assert not [box for box in screen.findChildren(QComboBox) if box.findData("training") >= 0]
        assert shell.find("training_band").isVisible() is (work is Work.TRAINING)
        code = (data_folder / FIRST_START_CODE).read_text().strip()
        for step in (
            {"code": code, "office_code": "VTE", "station_code": "S1", "office_name": "ປກສ"},
            {"passphrase": PASSPHRASE, "passphrase_again": PASSPHRASE},
            {
                "administrator_name": "ນາງ ຄຳຫຼ້າ",
                "username": ADMINISTRATOR,
                "password": PASSWORD,
                "password_again": PASSWORD,
            },
        ):
            for name, text in step.items():
                shell.write(f"first_start.{name}", text)
            shell.click("first_start.next")
        shell.until(lambda: shell.at(SignInPage))
        assert app.office is not None
        assert app.office.station.work is work
    finally:
        app.close()


def test_real_work_and_training_do_not_open_each_others_folder(
    qtbot: QtBot, data_folder: Path, staffed_folder: Path
) -> None:
    shutil.copytree(staffed_folder, data_folder)
    app = App(data_folder, Work.REAL, settings=NO_DEVICES)
    app.start()
    shell = Shell(app, qtbot)
    try:
        shell.until(app.window.isActiveWindow)
        shell.write("unlock.passphrase", PASSPHRASE)
        shell.press(Qt.Key.Key_Return)
        strip = shell.find("unlock.strip")
        shell.until(strip.isVisible)
        assert any("--training" in label.text() for label in strip.findChildren(QLabel))
        assert app.office is None
        assert app.sync is None
    finally:
        app.close()


def test_a_wrong_passphrase_is_said_and_can_be_mended(closed_shell: Shell) -> None:
    assert closed_shell.at(UnlockPage)
    assert focused() == "unlock.passphrase"
    closed_shell.write("unlock.passphrase", "not this one at all")
    closed_shell.press(Qt.Key.Key_Return)
    closed_shell.until(lambda: closed_shell.find("unlock.strip").isVisible())
    assert closed_shell.app.office is None
    closed_shell.write("unlock.passphrase", PASSPHRASE)
    closed_shell.press(Qt.Key.Key_Return)
    closed_shell.until(lambda: closed_shell.at(SignInPage))


def test_the_passphrase_may_come_from_a_file(
    qtbot: QtBot, data_folder: Path, staffed_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(staffed_folder, data_folder)
    file = tmp_path / "passphrase"
    file.touch(mode=0o600)
    file.write_text(PASSPHRASE + "\n")
    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", str(file))
    app = App(data_folder, Work.TRAINING, settings=NO_DEVICES)
    app.start()
    try:
        shell = Shell(app, qtbot)
        shell.until(lambda: shell.at(SignInPage))
    finally:
        app.close()


def test_closing_while_the_office_opens_leaves_nothing_open(closed_shell: Shell) -> None:
    closed_shell.write("unlock.passphrase", PASSPHRASE)
    closed_shell.press(Qt.Key.Key_Return)
    closed_shell.app.close()
    left = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()]
    assert [name for name in left if not name.startswith("pytest_timeout")] == []


def test_a_wrong_password_is_said_without_saying_which(shell: Shell) -> None:
    shell.sign_in(CLERK, "wrong password")
    shell.until(lambda: shell.find("sign_in.strip").isVisible())
    assert focused() == "sign_in.password"
    assert shell.at(SignInPage)
    shell.sign_in(CLERK)
    shell.until(lambda: shell.at(Workplace))


def begin_application(shell: Shell) -> None:
    """Who is it? Nothing is typed: the application begins at the second Ctrl+N."""
    for _ in range(2):
        shell.press(Qt.Key.Key_N, CTRL)


def test_new_application_opens_at_its_first_field_and_back_again(at_work: Shell) -> None:
    workplace = at_work.workplace
    assert focused() in ("queue.table", "queue.stages")
    at_work.press(Qt.Key.Key_N, CTRL)
    assert shell_room(at_work) == "search"
    assert focused() == "search.field"
    at_work.press(Qt.Key.Key_N, CTRL)
    at_work.until(lambda: shell_room(at_work) == "application")
    at_work.until(lambda: focused().startswith("intake."))
    assert workplace.application.header is not None
    assert workplace.application.header.stage is Stage.INTAKE
    at_work.press(Qt.Key.Key_Left, ALT)
    assert shell_room(at_work) == "queue"
    at_work.until(lambda: workplace.queue.model.rowCount() == 1)
    at_work.until(lambda: focused() == "queue.table")
    at_work.press(Qt.Key.Key_Return)
    at_work.until(lambda: shell_room(at_work) == "application")


def test_a_key_pressed_twice_starts_one_application(at_work: Shell) -> None:
    for _ in range(3):
        at_work.press(Qt.Key.Key_N, CTRL)
    at_work.until(lambda: shell_room(at_work) == "application")
    at_work.press(Qt.Key.Key_Left, ALT)
    at_work.until(lambda: at_work.workplace.queue.model.rowCount() > 0)
    assert at_work.workplace.queue.model.rowCount() == 1


def test_the_lock_keeps_what_was_typed(at_work: Shell) -> None:
    begin_application(at_work)
    at_work.until(lambda: focused().startswith("intake."))
    at_work.type_into("intake.given_name_latin", "Somchai")
    at_work.press(Qt.Key.Key_L, CTRL)
    assert at_work.at(SignInPage)
    assert at_work.find("sign_in.submit").property("text") == "Unlock"
    at_work.press(Qt.Key.Key_N, CTRL)
    at_work.write("sign_in.password", "not the password")
    at_work.press(Qt.Key.Key_Return)
    at_work.until(lambda: at_work.find("sign_in.strip").isVisible())
    at_work.write("sign_in.password", PASSWORD)
    at_work.press(Qt.Key.Key_Return)
    at_work.until(lambda: at_work.at(Workplace))

    def typed() -> str:
        field = at_work.find("intake.given_name_latin")
        assert isinstance(field, QLineEdit)
        return field.text()

    at_work.until(lambda: typed() == "Somchai")


def test_signing_out_from_the_lock(at_work: Shell) -> None:
    at_work.press(Qt.Key.Key_L, CTRL)
    at_work.click("sign_in.sign_out")
    assert at_work.app.who is None
    at_work.sign_in(SUPERVISOR)
    at_work.until(lambda: at_work.at(Workplace))


def test_what_moved_on_is_shown_where_this_role_can_work(at_work: Shell) -> None:
    office, who = at_work.app.office, at_work.app.who
    assert office is not None
    assert who is not None
    application = start(office, who)
    save_draft(office, who, application, {"given_name_lo": "ຄຳ"}).result(10)
    workplace = at_work.workplace
    workplace.open(application)
    at_work.until(lambda: shell_room(at_work) == "application")
    found = header(office, application)

    workplace.opening.moved_to(replace(found, stage=Stage.REVIEW))
    assert shell_room(at_work) == "queue"
    assert workplace.toast.isVisible()
    workplace.opening.moved_to(replace(found, stage=Stage.CLOSED))
    assert shell_room(at_work) == "application"
    assert isinstance(workplace.application.page, ClosedPage)
    assert "action.back" in {button.objectName() for button in workplace.action_bar._buttons}


@pytest.mark.logs_expected("ui.app")
def test_faults_in_slot_and_lane_are_said_and_the_program_goes_on(at_work: Shell) -> None:
    before = sys.excepthook

    def broken() -> None:
        raise KeyError("ສົມຊາຍ")

    QTimer.singleShot(0, broken)
    strip = at_work.workplace.strip
    at_work.until(strip.isVisible)
    assert "KeyError (test_window.py:" in strip.text
    assert "ສົມຊາຍ" not in strip.text
    assert sys.excepthook == before
    begin_application(at_work)
    at_work.until(lambda: shell_room(at_work) == "application")
    assert not strip.isVisible()

    def broken_in_a_lane() -> None:
        raise ZeroDivisionError

    at_work.app.background.run("database", broken_in_a_lane)
    at_work.until(strip.isVisible)
    assert "ZeroDivisionError" in strip.text


def test_words_names_and_the_training_band(at_work: Shell) -> None:
    assert at_work.app.office is not None
    assert at_work.app.office.station.work is Work.TRAINING
    band = at_work.find("training_band")
    assert band.isVisible()
    text = band.findChild(QLabel)
    assert text is not None
    assert "TRAINING" in text.text()

    workplace = at_work.workplace
    for kind in (QLineEdit, QAbstractButton, QAbstractItemView):
        shown = [widget for widget in workplace.findChildren(kind) if widget.isVisible()]
        assert shown
        unnamed = [w for w in shown if w.focusPolicy() & Qt.FocusPolicy.TabFocus and not w.objectName()]
        mute = [w.objectName() for w in shown if w.objectName() and not w.accessibleName()]
        assert (unnamed, [name for name in mute if not name.startswith("qt_")]) == ([], [])

    bar = at_work.find("navigation.queue")
    assert bar.property("text") == "Queue"
    at_work.click("top_bar.language")
    assert bar.property("text") == "ຄິວ"
    assert at_work.find("queue.title").property("text") == "ຄິວມື້ນີ້"
    at_work.click("top_bar.language")
    assert bar.property("text") == "Queue"
