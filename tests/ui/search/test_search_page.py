"""The search page: who is it before every application, arrows and Enter, the answer at the counter, side by side."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.offices import FIELDS
from tests.ui.shell import Shell
from ui.search.model import MATCHED, NAME_LO
from ui.search.page import SearchPage
from workstation.domain.stages import Stage
from workstation.workflow.intake.steps import complete, save_draft, start
from workstation.workflow.intake.view import view

CTRL = Qt.KeyboardModifier.ControlModifier
OTHER = {
    **FIELDS,
    "given_name_lo": "ບຸນມີ",
    "given_name_latin": "Bounmy",
    "surname_lo": "ແກ້ວມະນີ",
    "surname_latin": "Keomany",
    "honorific": "ທ້າວ",
    "sex": "M",
    "birth_date": "1980-01-02",
    "household_number": "99-0001",
    "telephone": "020 5555 9999",
}


def capture(shell: Shell, fields: dict[str, str]) -> str:
    office, who = shell.app.office, shell.app.who
    assert office is not None
    assert who is not None
    application_id = start(office, who)
    save_draft(office, who, application_id, fields).result(20)
    complete(office, who, application_id)
    return application_id


@pytest.fixture
def page(at_work: Shell) -> SearchPage:
    """The page with two applications in the office, opened by F3."""
    for fields in (FIELDS, OTHER):
        capture(at_work, fields)
    at_work.press(Qt.Key.Key_F3)
    assert at_work.workplace.room is at_work.workplace.search
    return at_work.workplace.search


def shown(page: SearchPage, column: int = NAME_LO) -> list[str]:
    return [page.model.index(line, column).data() for line in range(page.model.rowCount())]


def test_f3_finds_and_enter_opens(page: SearchPage, at_work: Shell) -> None:
    assert page.field.hasFocus()
    at_work.write("search.field", "keomani")
    at_work.until(lambda: shown(page) == ["ບຸນມີ ແກ້ວມະນີ"])
    at_work.until(lambda: "Still to come" in page._sentence.text())
    at_work.press(Qt.Key.Key_Return)
    at_work.until(lambda: at_work.workplace.room is at_work.workplace.application)
    opened = at_work.workplace.application.header
    assert opened is not None
    assert (opened.name_lo, opened.stage) == ("ບຸນມີ ແກ້ວມະນີ", Stage.PHOTO)
    assert page.field.text() == ""


def test_arrows_choose_while_the_field_keeps_the_focus(page: SearchPage, at_work: Shell) -> None:
    at_work.write("search.field", "ໂພນສະຫວັນ")
    at_work.until(lambda: page.model.rowCount() == 2)
    at_work.press(Qt.Key.Key_Down)
    assert page.field.hasFocus()
    chosen = page._hit()
    assert chosen is not None
    assert chosen.name_lo == shown(page)[1]
    at_work.press(Qt.Key.Key_Down)
    assert page._hit() == chosen


def test_a_new_application_asks_who_it_is_and_carries_what_was_typed(at_work: Shell) -> None:
    at_work.press(Qt.Key.Key_N, CTRL)
    page = at_work.workplace.search
    assert page.asking
    assert page._title.text() == "Who is it?"
    at_work.write("search.field", "ວິໄລ ສີສຸກ 2/11/1988")
    # Enter before the answer has come waits for it; nobody is found, so the application begins.
    at_work.press(Qt.Key.Key_Return)
    at_work.until(lambda: at_work.workplace.room is at_work.workplace.application)
    opened = at_work.workplace.application.header
    office = at_work.app.office
    assert opened is not None
    assert office is not None
    fields = view(office, opened.application_id).fields
    assert fields["given_name_lo"] == "ວິໄລ"
    assert fields["surname_lo"] == "ສີສຸກ"
    assert fields["birth_date"] == "1988-11-02"


def test_enter_opens_nothing_by_itself_when_somebody_is_found(at_work: Shell) -> None:
    capture(at_work, FIELDS)
    at_work.press(Qt.Key.Key_N, CTRL)
    page = at_work.workplace.search
    at_work.write("search.field", "ສຸດາວັນ ພົມມະຈັນ 17/3/1994")
    at_work.press(Qt.Key.Key_Return)
    at_work.until(lambda: page.model.rowCount() == 1)
    assert at_work.workplace.room is page
    assert shown(page, MATCHED) == ["Likely the same person"]
    held = [value.text() for _label, value in page._held._rows]
    assert any("agrees" in text for text in held)
    at_work.press(Qt.Key.Key_N, CTRL)
    at_work.until(lambda: at_work.workplace.room is at_work.workplace.application)
    opened = at_work.workplace.application.header
    assert opened is not None
    assert opened.stage is Stage.INTAKE


def test_nothing_typed_starts_nothing_by_enter(at_work: Shell) -> None:
    at_work.press(Qt.Key.Key_N, CTRL)
    at_work.press(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert at_work.find("search.field").isVisible()
    at_work.press(Qt.Key.Key_Escape)
    assert at_work.workplace.room is at_work.workplace.queue
    assert isinstance(at_work.find("search.field"), QLineEdit)


def test_the_return_slip_is_shown(page: SearchPage, at_work: Shell) -> None:
    office = at_work.app.office
    assert office is not None
    at_work.write("search.field", "ສຸດາວັນ")
    at_work.until(lambda: page.model.rowCount() == 1)
    at_work.press(Qt.Key.Key_F7)
    at_work.until(lambda: QApplication.activeModalWidget() is not None)
    assert not list(office.data.rglob("*.pdf")), "nothing of it lies on the disk"
    at_work.press(Qt.Key.Key_Escape)
    at_work.until(lambda: QApplication.activeModalWidget() is None)


def test_same_name_and_birth_date_are_counted_in_the_header(at_work: Shell) -> None:
    from workstation.workflow.header import header

    one, two = capture(at_work, FIELDS), capture(at_work, FIELDS)
    other = capture(at_work, OTHER)
    office = at_work.app.office
    assert office is not None
    assert [header(office, each).same_name for each in (one, two, other)] == [1, 1, 0]
