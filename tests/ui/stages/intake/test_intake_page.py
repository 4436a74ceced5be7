"""The intake page over a real office: drafts, faults, the seat rule, withdrawal and what came back."""

import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.stages.counter_office import (
    APPLICANT,
    PATIENCE,
    Counter,
    child,
    enabled,
    press,
    run_action,
    type_into,
    until,
)
from ui.stages.intake.choice_box import ChoiceBox
from ui.stages.intake.page import IntakePage
from ui.widgets.badge import Badge
from ui.widgets.field import Field
from ui.widgets.slip import SlipDialog
from ui.widgets.strip import Strip
from workstation.domain.defects import NamedDefect
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.workflow.header import header
from workstation.workflow.intake import steps
from workstation.workflow.intake.view import view
from workstation.workflow.review import steps as review


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


def _box(page: IntakePage, name: str) -> ChoiceBox:
    editor = child(page, f"intake.{name}")
    assert isinstance(editor, ChoiceBox)
    return editor


def _error(page: IntakePage, name: str) -> str | None:
    field = child(page, f"intake.{name}").parentWidget()
    assert isinstance(field, Field)
    return field.error


def _strip(page: IntakePage, name: str) -> Strip:
    strip = child(page, name)
    assert isinstance(strip, Strip)
    return strip


def test_what_is_typed_is_in_the_store_within_a_second(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_intake()
    page = _open(qtbot, counter, application_id)
    begun = time.monotonic()
    type_into(_line(page, "given_name_lo"), "ບົວວັນ")
    qtbot.waitUntil(
        until(lambda: view(counter.office, application_id).fields.get("given_name_lo") == "ບົວວັນ"),
        timeout=PATIENCE,
    )
    assert time.monotonic() - begun < 1.0
    page.leave()


def test_steady_typing_does_not_put_the_writing_off(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_intake()
    page = _open(qtbot, counter, application_id)
    end = time.monotonic() + 1.5
    while time.monotonic() < end:
        type_into(_line(page, "surname_latin"), "A")
        qtbot.wait(60)
    kept = view(counter.office, application_id).fields.get("surname_latin", "")
    assert len(kept) >= len(_line(page, "surname_latin").text()) // 2
    page.leave()


def test_leaving_keeps_the_last_keystroke(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_intake()
    page = _open(qtbot, counter, application_id)
    type_into(_line(page, "village"), "ໂພນ")
    page.leave()
    qtbot.waitUntil(
        until(lambda: view(counter.office, application_id).fields.get("village") == "ໂພນ"), timeout=PATIENCE
    )


def test_lists_and_boxes_are_filled_by_keys_alone(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_intake()
    page = _open(qtbot, counter, application_id)
    province, district = _box(page, "province_code"), _box(page, "district_code")
    type_into(province, "sav")
    assert province.code() == "13"
    province.setFocus()
    qtbot.wait(1300)
    type_into(province, "ຈຳ")
    assert province.code() == "16"
    type_into(district, "pak")
    assert district.code().startswith("16")
    chosen = district.code()
    box = child(page, "intake.documents.household_book")
    assert isinstance(box, QCheckBox)
    press(box, Qt.Key.Key_Space)
    type_into(_line(page, "telephone"), "໐໒໐ ໕໕໕໕")
    qtbot.waitUntil(
        until(lambda: view(counter.office, application_id).fields.get("telephone") == "020 5555"),
        timeout=PATIENCE,
    )
    fields = view(counter.office, application_id).fields
    assert (fields["province_code"], fields["district_code"]) == ("16", chosen)
    assert fields["documents"] == "household_book"
    qtbot.wait(1300)
    type_into(province, "vien")
    assert district.code() == "", "a district of another province must not stay"
    page.leave()


def test_an_empty_form_does_not_begin_by_complaining(qtbot: QtBot, counter: Counter) -> None:
    page = _open(qtbot, counter, counter.at_intake())
    assert _error(page, "given_name_lo") is None
    assert page.focusWidget() is _line(page, "given_name_lo")
    type_into(_line(page, "given_name_lo"), "Bad")
    page.focusNextChild()
    qtbot.waitUntil(until(lambda: _error(page, "given_name_lo") is not None), timeout=PATIENCE)
    assert _error(page, "given_name_latin") is None, "nothing is said of a field that was not left"
    page.leave()


def test_completing_too_early_jumps_to_the_first_fault(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_intake(**{**APPLICANT, "birth_date": "31/2/1990", "village": ""})
    page = _open(qtbot, counter, application_id)
    _line(page, "unit").setFocus()
    run_action(page, "complete")
    qtbot.waitUntil(until(lambda: _error(page, "birth_date") is not None), timeout=PATIENCE)
    assert _error(page, "birth_date") == "There is no such day in the calendar"
    assert _error(page, "village") == "This field is required"
    assert page.focusWidget() is _line(page, "birth_date")
    assert counter.stage(application_id) is Stage.INTAKE
    page.leave()


def test_a_complete_form_moves_on_with_the_last_keystroke(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_intake(**APPLICANT)
    page = _open(qtbot, counter, application_id)
    type_into(_line(page, "unit"), "9")
    with qtbot.waitSignal(page.moved, timeout=PATIENCE) as moved:
        run_action(page, "complete")
    assert moved.args == [application_id]
    assert counter.stage(application_id) is Stage.PHOTO
    assert view(counter.office, application_id).fields["unit"] == "79"


def test_a_household_of_another_office_ends_in_a_slip(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_intake(**{**APPLICANT, "district_code": "0103"})
    page = _open(qtbot, counter, application_id)
    assert "Xaysetha" in _strip(page, "intake.other_office").text
    assert enabled(page) - {"look_alike"} == {"withdraw", "kind", "refer"}
    with qtbot.waitSignal(page.moved, timeout=PATIENCE):
        run_action(page, "refer")
    assert counter.stage(application_id) is Stage.REFERRED
    assert not list(counter.office.data.rglob("*.pdf")), "nothing of it lies on the disk"
    dialog = page.findChild(SlipDialog, "slip.dialog")
    assert dialog is not None
    qtbot.waitUntil(until(lambda: not dialog._page.pixmap().isNull()), timeout=PATIENCE)
    press(dialog, Qt.Key.Key_Escape)


def test_the_notice_goes_when_the_district_is_corrected(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_intake(**{**APPLICANT, "district_code": "0103"})
    page = _open(qtbot, counter, application_id)
    type_into(_box(page, "district_code"), "sis")
    qtbot.waitUntil(until(lambda: _strip(page, "intake.other_office").isHidden()), timeout=PATIENCE)
    assert enabled(page) - {"look_alike"} == {"withdraw", "kind", "complete_slip", "complete"}
    page.leave()


def test_withdrawing_needs_a_typed_reason(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_intake(**APPLICANT)
    page = _open(qtbot, counter, application_id)
    run_action(page, "withdraw")
    assert enabled(page) == {"cancel"}
    note = child(page, "intake.withdraw.note")
    press(note, Qt.Key.Key_Return)
    assert counter.stage(application_id) is Stage.INTAKE
    type_into(note, "ປ່ຽນໃຈ")
    with qtbot.waitSignal(page.moved, timeout=PATIENCE):
        press(note, Qt.Key.Key_Return)
    assert counter.stage(application_id) is Stage.WITHDRAWN


def test_what_the_reviewer_sent_back_stands_above_and_beside(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_review()
    version = header(counter.office, application_id).version
    review.return_for(
        counter.office,
        counter.supervisor,
        application_id,
        version,
        (
            NamedDefect(Stage.INTAKE, "address-wrong", "district_code", "ເມືອງຜິດ"),
            NamedDefect(Stage.INTAKE, "address-wrong", "village", "ບ້ານຜິດ"),
            NamedDefect(Stage.PHOTO, "glare"),
        ),
    )
    page = _open(qtbot, counter, application_id)
    said = _strip(page, "intake.returned").text
    assert "Address is wrong: District – ເມືອງຜິດ" in said
    assert "Address is wrong: Village – ບ້ານຜິດ" in said
    assert "Glare" not in said, "the photo is the next stage's"
    assert _box(page, "district_code").accessibleDescription() == "Address is wrong – ເມືອງຜິດ"
    assert _line(page, "village").accessibleDescription() == "Address is wrong – ບ້ານຜິດ"
    assert _line(page, "unit").accessibleDescription() == ""
    assert counter.supervisor.operator.display_name in said
    household, person = child(page, "intake.returned.household"), child(page, "intake.returned.person")
    assert isinstance(household, Badge)
    assert household.text == "Address is wrong"
    assert not household.isHidden()
    assert person.isHidden()
    assert page.focusWidget() is _box(page, "district_code")
    page.leave()


def test_a_draft_that_is_refused_is_told_and_stops_the_command(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_intake(**APPLICANT)
    page = _open(qtbot, counter, application_id)
    steps.complete(counter.office, counter.clerk, application_id)  # a colleague at the same application
    with qtbot.waitSignal(page.failed, timeout=PATIENCE) as failed:
        type_into(_line(page, "unit"), "9")
    assert isinstance(failed.args[0], Refused)
    assert failed.args[0].reason is Reason.MOVE_NOT_ALLOWED
    page.leave()


def test_changing_the_language_keeps_what_is_typed(qtbot: QtBot, counter: Counter) -> None:
    from ui.language import set_language

    page = _open(qtbot, counter, counter.at_intake())
    type_into(_line(page, "surname_lo"), "ພົມມະຈັນ")
    set_language("lo")
    page.retranslate()
    QApplication.processEvents()
    assert page._form.typed("surname_lo") == "ພົມມະຈັນ"
    assert child(page._form, "intake.village").accessibleName() == "ບ້ານ"
    page.leave()


def test_a_field_is_judged_by_what_was_just_typed(qtbot: QtBot, counter: Counter) -> None:
    """The fault of the older draft must not flash under an answer that is right now."""
    page = _open(qtbot, counter, counter.at_intake())
    box = child(page, "intake.documents.household_book")
    box.setFocus()
    press(box, Qt.Key.Key_Space)
    child(page, "intake.documents.passport_copy").setFocus()
    _line(page, "unit").setFocus()
    QApplication.processEvents()
    assert _error(page, "documents") is None
    assert "documents" in page._visited
    page.leave()


def test_going_from_box_to_box_is_not_leaving_the_documents(qtbot: QtBot, counter: Counter) -> None:
    page = _open(qtbot, counter, counter.at_intake())
    for code in ("household_book", "old_identity_card", "passport_copy"):
        child(page, f"intake.documents.{code}").setFocus()
        QApplication.processEvents()
    assert "documents" not in page._visited
    _line(page, "unit").setFocus()
    qtbot.waitUntil(until(lambda: _error(page, "documents") is not None), timeout=PATIENCE)
    page.leave()


def test_the_former_applicant_is_never_shown_while_the_next_is_read(qtbot: QtBot, counter: Counter) -> None:
    page = _open(qtbot, counter, counter.at_intake(**APPLICANT))
    other = counter.at_intake()
    page.leave()
    page.show_application(header(counter.office, other))
    assert not page._form.isVisible()
    qtbot.waitUntil(until(page._form.isVisible), timeout=PATIENCE)
    assert page._form.typed("given_name_lo") == ""
    page.leave()
