"""Typed at the counter: the wrong keyboard, letters that no card can hold, people of one name, bad input."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.stages.counter_office import (
    APPLICANT,
    PATIENCE,
    Counter,
    child,
    press,
    run_action,
    type_into,
    until,
)
from ui.keyboard.fields import takes_lao
from ui.stages.intake.page import IntakePage
from ui.widgets.badge import Badge
from ui.widgets.field import Field
from ui.widgets.text import ElidedText
from workstation.domain.stages import Stage
from workstation.workflow.header import header
from workstation.workflow.intake import steps
from workstation.workflow.intake.view import view

OTHER = {**APPLICANT, "given_name_lo": "ວັນນະລີ", "given_name_latin": "Vannaly"}


def _open(qtbot: QtBot, counter: Counter, application_id: str) -> IntakePage:
    page = IntakePage(counter.context(counter.clerk))
    qtbot.addWidget(page)
    page.resize(1302, 532)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.show_application(header(counter.office, application_id))
    qtbot.waitUntil(until(lambda: page._view is not None), timeout=PATIENCE)
    return page


def _line(page: IntakePage, name: str) -> QLineEdit:
    editor = child(page, f"intake.{name}")
    assert isinstance(editor, QLineEdit)
    return editor


def _field(page: IntakePage, name: str) -> Field:
    field = next(box.fields[name] for box in page._form._sections if name in box.fields)
    assert isinstance(field, Field)
    return field


def _below(page: IntakePage, name: str) -> str:
    return _line(page, name).accessibleDescription()


def _offers(page: IntakePage) -> set[str]:
    return {action.name for action in page.actions() if action.enabled}


def _said(page: IntakePage) -> str:
    """What the notice beside the form says."""
    notice = page._form._notice
    return notice.text if notice.isVisibleTo(page) else ""


def _paste(page: IntakePage, name: str, text: str) -> QLineEdit:
    line = _line(page, name)
    QApplication.clipboard().setText(text)
    line.setFocus()
    line.selectAll()
    line.paste()
    QApplication.clipboard().clear()
    return line


def _error_after(qtbot: QtBot, page: IntakePage, name: str) -> str:
    """Leaves the field and waits for the fault under it."""
    _line(page, "unit" if name != "unit" else "house_number").setFocus()
    qtbot.waitUntil(until(lambda: _field(page, name).error is not None), timeout=PATIENCE)
    return _field(page, name).error or ""


# The wrong keyboard


@pytest.mark.parametrize(
    ("field", "typed", "turned"),
    [
        ("given_name_lo", "l5fk;ao", "ສຸດາວັນ"),  # ສຸດາວັນ with the US layout active
        ("village", "r3o,lt;aeo", ""),  # no Lao comes of it: nothing is offered
        ("given_name_latin", ";ນີກັອັື້", "Soudavanh"),  # Soudavanh with the Lao layout active
        ("telephone", "ຂຟຂຸຸຸຸຂຢຖຟ", "02055550142"),
        ("birth_date", "ຢຄຝໂຝຢຈຈຖ", "17/3/1994"),
        ("house_number", "ຟຢຖ", "214"),
    ],
)
def test_one_key_turns_what_was_typed_with_the_wrong_layout(
    qtbot: QtBot, counter: Counter, field: str, typed: str, turned: str
) -> None:
    application_id = counter.at_intake()
    page = _open(qtbot, counter, application_id)
    line = _line(page, field)
    assert "turn" not in _offers(page)
    line.setFocus()
    line.insert(typed)
    line.textEdited.emit(typed)
    if not turned:
        assert "turn" not in _offers(page)
        page.leave()
        return
    assert "F8" in _below(page, field)
    assert turned in _below(page, field)
    run_action(page, "turn")
    assert line.text() == turned
    assert "F8" not in _below(page, field)
    assert "turn" not in _offers(page)
    qtbot.waitUntil(
        until(lambda: page._form.fields()[field] == view(counter.office, application_id).fields.get(field)),
        timeout=PATIENCE,
    )
    line.undo()
    assert line.text() == typed, "Ctrl+Z brings back what was typed"
    page.leave()


def test_the_fault_of_a_wrong_keyboard_says_so_after_the_field_was_left(
    qtbot: QtBot, counter: Counter
) -> None:
    page = _open(qtbot, counter, counter.at_intake())
    type_into(_line(page, "surname_latin"), "ຍ້ນທ")
    said = _error_after(qtbot, page, "surname_latin")
    assert said == "Write it in Latin letters\nWrong keyboard? F8 makes it: phom"
    assert page.focusWidget() is _line(page, "unit")
    run_action(page, "turn")
    assert _line(page, "surname_latin").text() == "phom"
    qtbot.waitUntil(until(lambda: _field(page, "surname_latin").error is None), timeout=PATIENCE)
    page.leave()


def test_fields_tell_the_keyboard_of_the_screen_what_they_take(qtbot: QtBot, counter: Counter) -> None:
    page = _open(qtbot, counter, counter.at_intake())
    takes = {
        name: takes_lao(_line(page, name))
        for name in (
            "given_name_lo",
            "village",
            "origin",
            "given_name_latin",
            "telephone",
            "birth_date",
            "unit",
        )
    }
    assert takes == {
        "given_name_lo": True,
        "village": True,
        "origin": True,
        "given_name_latin": False,
        "telephone": False,
        "birth_date": False,
        "unit": False,
    }
    page.leave()


# Few keys


def test_a_new_form_proposes_the_offices_own_province_and_district(qtbot: QtBot, counter: Counter) -> None:
    application_id = steps.start(counter.office, counter.clerk)
    station = counter.office.station
    page = _open(qtbot, counter, application_id)
    assert page._form.typed("province_code") == station.province_code
    assert page._form.typed("district_code") == station.district_code
    mark = child(page, "intake.province_code.source")
    assert isinstance(mark, Badge)
    assert mark.text == "Proposed"
    page.leave()
    elsewhere = steps.start(counter.office, counter.clerk, fields={"province_code": "13"})
    assert view(counter.office, elsewhere).fields.get("district_code", "") == ""
    assert "province_code_source" not in view(counter.office, elsewhere).fields


def test_enter_goes_on_to_the_next_field(qtbot: QtBot, counter: Counter) -> None:
    page = _open(qtbot, counter, counter.at_intake())
    _line(page, "given_name_lo").setFocus()
    for name in ("given_name_latin", "surname_lo", "surname_latin", "honorific", "sex", "birth_date"):
        focused = page.focusWidget()
        assert focused is not None
        press(focused, Qt.Key.Key_Return)
        assert page.focusWidget() is child(page, f"intake.{name}")
    page.leave()


def test_a_date_may_be_typed_without_signs(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_intake()
    page = _open(qtbot, counter, application_id)
    type_into(_line(page, "birth_date"), "17031994")
    qtbot.waitUntil(
        until(lambda: view(counter.office, application_id).fields.get("birth_date") == "1994-03-17"),
        timeout=PATIENCE,
    )
    page.leave()


# Names and the machine readable zone


def test_a_letter_without_a_place_in_the_machine_readable_zone_is_named_at_its_field(
    qtbot: QtBot, counter: Counter
) -> None:
    application_id = counter.at_intake(**APPLICANT)
    page = _open(qtbot, counter, application_id)
    _paste(page, "given_name_latin", "Soudəvan")
    assert (
        _error_after(qtbot, page, "given_name_latin") == "The card's machine readable lines have no letter: ə"
    )
    run_action(page, "complete")
    qtbot.waitUntil(until(lambda: page.focusWidget() is _line(page, "given_name_latin")), timeout=PATIENCE)
    assert counter.stage(application_id) is Stage.INTAKE
    page.leave()


def test_a_name_that_the_card_cuts_off_is_told_and_goes_on(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_intake(**APPLICANT)
    page = _open(qtbot, counter, application_id)
    note = child(page, "intake.note.person")
    assert isinstance(note, ElidedText)
    _paste(page, "surname_latin", "Phom")
    assert note.text() == ""
    _paste(page, "surname_latin", "Phommachanthavongsavang")
    assert note.text().endswith("PHOMMACHANTHAVONGSAVANG<<BOUAV")
    with qtbot.waitSignal(page.moved, timeout=PATIENCE):
        run_action(page, "complete")


# People of one name


def test_somebody_of_the_same_name_and_birth_date_is_said_beside_the_form(
    qtbot: QtBot, counter: Counter
) -> None:
    first = counter.at_intake(**OTHER)
    page = _open(qtbot, counter, counter.at_intake())
    type_into(_line(page, "given_name_lo"), OTHER["given_name_lo"])
    type_into(_line(page, "surname_lo"), OTHER["surname_lo"])
    qtbot.wait(900)
    assert _said(page) == "", "a name alone is nobody"
    before = page.focusWidget()
    type_into(_line(page, "birth_date"), "19/1/1990")
    qtbot.waitUntil(until(lambda: _said(page) != ""), timeout=PATIENCE)
    assert header(counter.office, first).number in _said(page)
    assert "Date of birth" in _said(page)
    assert page.focusWidget() is _line(page, "birth_date") is not before
    assert QApplication.activeModalWidget() is None
    with qtbot.waitSignal(page.turn_to, timeout=PATIENCE) as turned:
        run_action(page, "look_alike")
    assert turned.args == [first]
    line = _line(page, "birth_date")
    line.setFocus()
    line.selectAll()
    type_into(line, "20/1/1990")
    qtbot.waitUntil(until(lambda: _said(page) == ""), timeout=PATIENCE)
    assert "look_alike" not in _offers(page)
    page.leave()


# Bad input


@pytest.mark.parametrize(
    ("field", "pasted", "said"),
    [
        ("given_name_lo", "ສຸດາ Soudavanh", "Lao and Latin letters are mixed"),
        ("given_name_latin", "Sоudavanh", "Lao and Latin letters are mixed"),  # the o is Cyrillic
        ("given_name_lo", "ສຸດາ7", "No name is written with: 7"),
        ("given_name_lo", "ກ" * 200, "This is too long; check what was pasted"),
        ("surname_lo", "ສຸດາ😀", "There are pictures in it that cannot be printed"),
        ("given_name_latin", "'-.", "There is no letter in it"),
        ("birth_date", "31/2/1990", "There is no such day in the calendar"),
        ("birth_date", "1/1/2567", "Write the year of the Christian era, like 1990"),
        ("birth_date", "17/3/94", "Write the year with four digits"),
        ("birth_date", "5/?/1990", "A day needs its month; leave both out if unknown"),
        ("birth_date", "1/1/2090", "This date is still to come"),
        ("birth_date", "1/1/1850", "Nobody alive is that old; check the year"),
        ("birth_date", "ມື້ວານ", "Write day/month/year, like 19/1/1990"),
        ("telephone", "020 x5", "Write the number with 6 to 15 digits"),
        ("village", "ໂພນສະຫວັນ\tວຽງຈັນ\n", "Several cells were pasted; keep only this one"),
        ("village", "ໂພນສະຫວັນ\r\nໂພນໄຊ", "Several cells were pasted; keep only this one"),
    ],
)
def test_bad_input_is_kept_as_typed_and_named_at_its_field(
    qtbot: QtBot, counter: Counter, field: str, pasted: str, said: str
) -> None:
    application_id = counter.at_intake()
    page = _open(qtbot, counter, application_id)
    line = _paste(page, field, pasted)
    shown = line.text()
    assert shown
    assert _error_after(qtbot, page, field) == said
    assert line.text() == shown, "what was pasted stays to be mended"
    run_action(page, "complete")
    qtbot.waitUntil(until(lambda: not page._busy), timeout=PATIENCE)
    assert counter.stage(application_id) is Stage.INTAKE
    page.leave()


@pytest.mark.parametrize(
    ("field", "pasted", "stored"),
    [
        ("given_name_lo", "ສຸດາ\u200bວັນ\ufeff", "ສຸດາວັນ"),  # zero width space and byte order mark
        ("given_name_lo", "ສຸດາ\x00\x07ວັນ", "ສຸດາວັນ"),  # control characters
        ("village", "ນ\u0eb3\u0ec9", "ນ\u0ec9\u0eb3"),  # marks in the wrong order
        ("birth_date", "໑໗/໓/໑໙໙໔", "1994-03-17"),  # Lao digits
        ("birth_date", "?/?/1960", "1960"),
        ("birth_date", "0/7/1960", "1960-07"),
        ("telephone", "໐໒໐ ໕໕໕໕ ໐໑໔໒", "020 5555 0142"),
        ("village", "  ໂພນສະຫວັນ \n", "ໂພນສະຫວັນ"),  # one cell of a table, with its line's end
    ],
)
def test_what_can_be_put_right_is_put_right_in_the_record(
    qtbot: QtBot, counter: Counter, field: str, pasted: str, stored: str
) -> None:
    from workstation.database.applications import accepted_fields

    application_id = counter.at_intake(**APPLICANT)
    page = _open(qtbot, counter, application_id)
    _paste(page, field, pasted)
    with qtbot.waitSignal(page.moved, timeout=PATIENCE):
        run_action(page, "complete")
    held = counter.office.store.read(lambda connection: accepted_fields(connection, application_id))
    assert held[field] == stored


def test_a_megabyte_from_the_clipboard_neither_stops_the_window_nor_gets_into_a_name(
    qtbot: QtBot, counter: Counter
) -> None:
    application_id = counter.at_intake(**APPLICANT)
    page = _open(qtbot, counter, application_id)
    line = _paste(page, "surname_lo", "ພົມມະຈັນ\t" * 120_000)
    assert len(line.text()) == 5000
    assert _error_after(qtbot, page, "surname_lo") in (
        "Several cells were pasted; keep only this one",
        "This is too long; check what was pasted",
    )
    line.setFocus()
    line.selectAll()
    press(line, Qt.Key.Key_Delete)
    type_into(line, "ພົມມະຈັນ")
    qtbot.waitUntil(until(lambda: _field(page, "surname_lo").error is None), timeout=PATIENCE)
    page.leave()
