"""The page as its form says: a new field, what applies to whom, proposals, kinds, the fee, families."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from tests.form_specifications import changed, with_occupation
from tests.ui.stages.counter_office import (
    APPLICANT,
    PASSWORD,
    PATIENCE,
    Counter,
    child,
    make_room,
    press,
    run_action,
    type_into,
    until,
)
from ui.background import Background
from ui.desk import Desk
from ui.stages.intake.choice_box import ChoiceBox
from ui.stages.intake.page import IntakePage
from ui.widgets.badge import Badge
from ui.widgets.slip import SlipDialog
from ui.widgets.strip import Strip
from ui.words.fields import further_answers
from workstation.database.applications import accepted_fields
from workstation.domain.stages import Stage
from workstation.settings import Settings
from workstation.startup import close_office
from workstation.workflow.header import header
from workstation.workflow.households import start_next_member
from workstation.workflow.intake import steps
from workstation.workflow.intake.forms import bring_in_form, form_of_application
from workstation.workflow.intake.view import view
from workstation.workflow.sign_in import sign_in


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


def _seen(page: IntakePage, name: str) -> bool:
    return child(page, name).isVisibleTo(page)


def _said(page: IntakePage, name: str) -> str:
    badge = child(page, name)
    assert isinstance(badge, Badge)
    return badge.text if badge.isVisibleTo(page) else ""


def _kept(counter: Counter, application_id: str, name: str) -> str:
    return view(counter.office, application_id).fields.get(name, "")


def test_a_new_field_stands_on_the_page_in_the_record_and_in_the_review(qtbot: QtBot) -> None:
    with TemporaryDirectory(prefix="form-page-") as folder:
        room = make_room(Path(folder) / "data")
        counter = Counter(room.office, room.clerk, room.supervisor, Background(), Desk(Settings()))
        try:
            bring_in_form(room.office, sign_in(room.office, "admin", PASSWORD), changed(with_occupation))
            application_id = counter.at_intake(**APPLICANT)
            page = _open(qtbot, counter, application_id)
            occupation = child(page, "intake.occupation")
            assert isinstance(occupation, ChoiceBox)
            type_into(occupation, "tea")
            with qtbot.waitSignal(page.moved, timeout=PATIENCE):
                run_action(page, "complete")
            held = counter.office.store.read(lambda c: accepted_fields(c, application_id))
            assert held["occupation"] == "teacher"
            told = further_answers(form_of_application(counter.office, application_id), held)
            assert ("Occupation", "Teacher") in told
            page.leave()
        finally:
            counter.background.close()
            counter.desk.close()
            close_office(room.office)


def test_the_latin_spelling_is_proposed_until_the_clerk_writes_one(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_intake()
    page = _open(qtbot, counter, application_id)
    type_into(_line(page, "given_name_lo"), "ສຸດາ")
    assert _line(page, "given_name_latin").text() == "Souda"
    assert _said(page, "intake.given_name_latin.source") == "Proposed"
    type_into(_line(page, "given_name_lo"), "ວັນ")
    assert _line(page, "given_name_latin").text() == "Soudavanh", "a proposal follows its name"
    qtbot.waitUntil(
        until(lambda: _kept(counter, application_id, "given_name_latin_source") == "proposed"),
        timeout=PATIENCE,
    )
    latin = _line(page, "given_name_latin")
    press(latin, Qt.Key.Key_Backspace)
    assert _said(page, "intake.given_name_latin.source") == ""
    type_into(_line(page, "given_name_lo"), "ນາ")
    assert latin.text() == "Soudavan", "what the clerk wrote wins"
    qtbot.waitUntil(
        until(lambda: _kept(counter, application_id, "given_name_latin_source") == "typed"), timeout=PATIENCE
    )
    latin.selectAll()
    press(latin, Qt.Key.Key_Delete)
    type_into(_line(page, "given_name_lo"), "ວ")
    assert latin.text(), "an emptied spelling is proposed again"
    page.leave()


def test_a_name_that_came_with_the_person_has_its_proposal_at_once(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_intake(given_name_lo="ສຸດາວັນ", surname_lo="ພົມມະຈັນ", surname_latin="Pommachan")
    page = _open(qtbot, counter, application_id)
    assert _line(page, "given_name_latin").text() == "Soudavanh"
    assert _line(page, "surname_latin").text() == "Pommachan"
    page.leave()
    qtbot.waitUntil(
        until(lambda: _kept(counter, application_id, "given_name_latin") == "Soudavanh"), timeout=PATIENCE
    )


def test_the_age_decides_who_stands_beside_the_applicant(qtbot: QtBot, counter: Counter) -> None:
    page = _open(qtbot, counter, counter.at_intake())
    assert not _seen(page, "intake.guardian_name_lo")
    assert _said(page, "intake.age_step") == ""
    birth = _line(page, "birth_date")
    type_into(birth, "1/1/2023")
    assert _seen(page, "intake.guardian_name_lo")
    assert _seen(page, "intake.documents.guardian_identity_card")
    assert "0-6 years" in _said(page, "intake.age_step")
    birth.selectAll()
    type_into(birth, "1/1/1950")
    assert not _seen(page, "intake.guardian_name_lo")
    assert "60 years and over" in _said(page, "intake.age_step")
    page.leave()


def test_a_monk_shows_both_names(qtbot: QtBot, counter: Counter) -> None:
    page = _open(qtbot, counter, counter.at_intake(**APPLICANT))
    assert not _seen(page, "intake.religious_name_lo")
    title = child(page, "intake.honorific")
    assert isinstance(title, ChoiceBox)
    type_into(title, "ພຣະ")
    assert title.code() == "ພຣະ"
    assert _seen(page, "intake.religious_name_lo")
    assert _line(page, "given_name_lo").text() == APPLICANT["given_name_lo"]
    type_into(_line(page, "religious_name_lo"), "ບຸນມີ")
    assert _line(page, "religious_name_latin").text() == "Bounmy"
    page.leave()


def test_another_kind_has_fields_of_its_own_and_keeps_the_rest(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_intake(**APPLICANT)
    page = _open(qtbot, counter, application_id)
    run_action(page, "kind")
    kinds = child(page, "intake.kind")
    assert isinstance(kinds, ChoiceBox)
    assert kinds.view().isVisible()
    kinds.hidePopup()
    type_into(kinds, "repl")
    qtbot.waitUntil(
        until(lambda: page._view is not None and page._view.form.kind == "replacement"), timeout=PATIENCE
    )
    reason = child(page, "intake.replacement_reason")
    assert isinstance(reason, ChoiceBox)
    assert page.focusWidget() is reason
    assert _line(page, "village").text() == APPLICANT["village"]
    type_into(reason, "stol")
    assert _seen(page, "intake.loss_date")
    assert _seen(page, "intake.documents.police_report")
    run_action(page, "complete")
    qtbot.waitUntil(until(lambda: _seen(page, "intake.documents.police_report")), timeout=PATIENCE)
    qtbot.waitUntil(until(lambda: page.focusWidget() is _line(page, "loss_date")), timeout=PATIENCE)
    assert counter.stage(application_id) is Stage.INTAKE
    page.leave()


def test_without_consent_nothing_goes_on(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_intake(**{**APPLICANT, "consent": ""})
    page = _open(qtbot, counter, application_id)
    consent = child(page, "intake.consent")
    assert isinstance(consent, QCheckBox)
    run_action(page, "complete")
    qtbot.waitUntil(until(lambda: page.focusWidget() is consent), timeout=PATIENCE)
    assert consent.accessibleDescription() == "Nothing may be captured without it"
    press(consent, Qt.Key.Key_Space)
    with qtbot.waitSignal(page.moved, timeout=PATIENCE):
        run_action(page, "complete")


def test_the_fee_and_its_receipt_are_told_and_printed(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_intake(**APPLICANT)
    page = _open(qtbot, counter, application_id)
    assert _said(page, "intake.fee") == "Fee: 30.000 kip"
    with qtbot.waitSignal(page.done, timeout=PATIENCE) as done:
        run_action(page, "complete_slip")
    receipt = view(counter.office, application_id).receipt
    assert receipt is not None
    assert receipt.number in done.args[0]
    assert not list(counter.office.data.rglob("*.pdf")), "nothing of it lies on the disk"
    dialog = page.findChild(SlipDialog, "slip.dialog")
    assert dialog is not None
    qtbot.waitUntil(until(lambda: not dialog._page.pixmap().isNull()), timeout=PATIENCE)
    press(dialog, Qt.Key.Key_Escape)


def test_a_correction_of_the_offices_own_mistake_is_free(qtbot: QtBot, counter: Counter) -> None:
    application_id = steps.start(counter.office, counter.clerk, "correction")
    page = _open(qtbot, counter, application_id)
    assert _said(page, "intake.fee") == "Fee: 30.000 kip"
    cause = child(page, "intake.correction_cause")
    type_into(cause, "mis")
    assert _said(page, "intake.fee") == "No fee"
    assert not _seen(page, "intake.fee_paid")
    page.leave()


def test_a_pasted_table_is_kept_and_named(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_intake()
    page = _open(qtbot, counter, application_id)
    name = _line(page, "surname_lo")
    QApplication.clipboard().setText("ພົມມະຈັນ\t" + "ກ" * 3000)
    name.setFocus()
    name.paste()
    page.focusNextChild()
    qtbot.waitUntil(until(lambda: len(_kept(counter, application_id, "surname_lo")) > 3000), timeout=PATIENCE)
    qtbot.waitUntil(
        until(lambda: view(counter.office, application_id).faults.get("surname_lo") == "pasted-table"),
        timeout=PATIENCE,
    )
    QApplication.clipboard().clear()
    page.leave()


def test_a_family_member_carries_the_household_until_it_is_confirmed(qtbot: QtBot, counter: Counter) -> None:
    first = counter.at_intake(**{**APPLICANT, "household_number": "01-04-7777777"})
    steps.complete(counter.office, counter.clerk, first)
    second = start_next_member(counter.office, counter.clerk, first)
    page = _open(qtbot, counter, second)
    assert _line(page, "village").text() == APPLICANT["village"]
    assert _said(page, "intake.village.source") == "Please confirm"
    strip = child(page, "intake.household")
    assert isinstance(strip, Strip)
    assert not strip.isHidden()
    run_action(page, "household")
    qtbot.waitUntil(until(lambda: _said(page, "intake.village.source") == ""), timeout=PATIENCE)
    assert strip.isHidden()
    page.leave()


def test_a_known_household_offers_its_address(qtbot: QtBot, counter: Counter) -> None:
    first = counter.at_intake(**{**APPLICANT, "household_number": "01-04-8888888"})
    steps.complete(counter.office, counter.clerk, first)
    second = counter.at_intake(province_code="01", district_code="0104")
    page = _open(qtbot, counter, second)
    type_into(_line(page, "household_number"), "01 04 8888888")
    strip = child(page, "intake.household")
    assert isinstance(strip, Strip)
    qtbot.waitUntil(
        until(lambda: APPLICANT["village"] in strip.text and not strip.isHidden()), timeout=PATIENCE
    )
    run_action(page, "household")
    qtbot.waitUntil(until(lambda: _line(page, "village").text() == APPLICANT["village"]), timeout=PATIENCE)
    assert _said(page, "intake.village.source") == "Please confirm"
    page.leave()


@pytest.mark.parametrize("language", ["en", "lo"])
def test_the_form_of_a_first_issue_needs_no_scrolling(qtbot: QtBot, counter: Counter, language: str) -> None:
    from ui.language import set_language

    set_language(language)
    page = _open(qtbot, counter, counter.at_intake(**APPLICANT))
    assert page.minimumSizeHint().height() <= 532
    assert page.minimumSizeHint().width() <= 1302
    page.leave()
