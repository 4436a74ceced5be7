"""Passwords at the window: one-time ones are changed at once, own ones when somebody wants it, also at the lock."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.offices import ADMINISTRATOR, CLERK, PASSWORD
from tests.ui.shell import Shell
from ui.administration.operators import OperatorsPage
from ui.sign_in.page import SignInPage
from ui.workplace import Workplace
from workstation.domain.sign_in_rules import SignInRules

CTRL = Qt.KeyboardModifier.ControlModifier
NEW = "several words of her own"


def focused() -> str:
    widget = QApplication.focusWidget()
    return "" if widget is None else widget.objectName()


def _says(field: QWidget, fault: str) -> bool:
    return fault in field.accessibleDescription()


def access_shown(page: OperatorsPage, line: int) -> str:
    """The last column of that line."""
    item = page.table.item(line, 3)
    return "" if item is None else item.text()


def press_action(shell: Shell, name: str) -> None:
    operators = shell.workplace.operators
    assert operators is not None
    action = next(action for action in operators.page_actions() if action.name == name)
    assert action.enabled
    action.run()


def test_a_one_time_password_is_given_and_changed(shell: Shell) -> None:
    shell.sign_in(ADMINISTRATOR)
    shell.until(lambda: shell.at(Workplace))
    operators = shell.workplace.operators
    assert operators is not None
    shell.until(lambda: operators.table.rowCount() == 4)
    assert not any(action.enabled for action in operators.page_actions() if action.name != "add")
    line = next(at for at in range(4) if operators._operators[at].operator.username == CLERK)
    operators.table.selectRow(line)
    press_action(shell, "one_time")
    told = shell.find("operators.told")
    shell.until(told.isVisible)
    code = next(word.rstrip(".") for word in operators._told.text.split() if word.count("-") == 2)
    shell.until(lambda: access_shown(operators, line) == "one-time password")
    shell.click("navigation.sign_out")

    shell.sign_in(CLERK, code)
    shell.until(lambda: focused() == "sign_in.new")
    assert not shell.find("sign_in.strip").isHidden()
    for new, fault in (
        ("short", "This is too short."),
        ("password123", "guessed first"),
        (code, "the old one"),
    ):
        shell.write("sign_in.new", new)
        shell.write("sign_in.again", new)
        shell.press(Qt.Key.Key_Return)
        field = shell.find("sign_in.new")
        shell.until(partial(_says, field, fault))
    shell.write("sign_in.new", NEW)
    shell.write("sign_in.again", NEW + "x")
    shell.press(Qt.Key.Key_Return)
    assert focused() == "sign_in.again"
    assert shell.at(SignInPage)
    shell.write("sign_in.again", NEW)
    shell.press(Qt.Key.Key_Return)
    shell.until(lambda: shell.at(Workplace))


def test_a_locked_user_is_seen_and_unlocked(shell: Shell) -> None:
    for _ in range(SignInRules().attempts):
        shell.sign_in(CLERK, "not the password")
        shell.until(
            lambda: shell.find("sign_in.strip").isVisible() and shell.find("sign_in.submit").isEnabled()
        )
    shell.sign_in(CLERK)
    shell.until(lambda: "5 min" in shell.find("sign_in.strip").accessibleName())
    shell.sign_in(ADMINISTRATOR)
    shell.until(lambda: shell.at(Workplace))
    operators = shell.workplace.operators
    assert operators is not None
    shell.until(lambda: operators.table.rowCount() == 4)
    line = next(at for at in range(4) if operators._operators[at].operator.username == CLERK)
    assert access_shown(operators, line) == "locked for 5 min"
    operators.table.selectRow(line)
    shell.write("operators.access_end", "31/02/2030")
    shell.click("operators.set_access_end")
    assert shell.find("operators.access_end").accessibleDescription().startswith("Write the date")
    shell.write("operators.access_end", "1/1/2020")
    shell.click("operators.set_access_end")
    shell.until(lambda: access_shown(operators, line) == "ended")
    shell.write("operators.access_end", "")
    shell.click("operators.set_access_end")
    shell.until(lambda: access_shown(operators, line) == "locked for 5 min")
    press_action(shell, "unlock")
    shell.until(lambda: access_shown(operators, line) == "open")
    shell.click("navigation.sign_out")
    shell.sign_in(CLERK)
    shell.until(lambda: shell.at(Workplace))


def test_the_own_password_is_changed_at_the_lock(at_work: Shell) -> None:
    at_work.press(Qt.Key.Key_L, CTRL)
    at_work.click("sign_in.change")
    assert focused() == "sign_in.password"
    at_work.write("sign_in.password", PASSWORD)
    at_work.press(Qt.Key.Key_Return)
    assert focused() == "sign_in.new"
    at_work.write("sign_in.new", NEW)
    at_work.press(Qt.Key.Key_Return)
    assert focused() == "sign_in.again"
    at_work.write("sign_in.again", NEW)
    at_work.press(Qt.Key.Key_Return)
    at_work.until(lambda: at_work.at(Workplace))
    at_work.press(Qt.Key.Key_L, CTRL)
    assert not at_work.find("sign_in.new").isVisible()
    at_work.write("sign_in.password", PASSWORD)
    at_work.press(Qt.Key.Key_Return)
    at_work.until(lambda: at_work.find("sign_in.strip").isVisible())
    at_work.write("sign_in.password", NEW)
    at_work.press(Qt.Key.Key_Return)
    at_work.until(lambda: at_work.at(Workplace))


def test_a_long_password_is_not_cut_short(at_work: Shell) -> None:
    at_work.press(Qt.Key.Key_L, CTRL)
    at_work.write("sign_in.password", "x" * 1000)
    assert len(at_work.find("sign_in.password").property("text")) == 1000
