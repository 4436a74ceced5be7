"""Pre-registrations on the search page: scanned with either layout, typed, chosen, read by the camera."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import zxingcpp
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from devices.camera import Frame
from tests.pre_registrations import SAID, pre_registered, today
from tests.ui.shell import Shell
from ui.keyboard.layout import BY_CODE
from ui.search.page import SearchPage
from workstation import clock
from workstation.database.pre_registrations import keep_arrived, keep_withdrawn
from workstation.domain.pre_registration import ALPHABET
from workstation.interchange.pre_registration import PreRegistration
from workstation.interchange.pre_registration_code import to_code
from workstation.workflow.intake.view import view
from workstation.workflow.pre_registrations.steps import open_pre_registration

CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_BY_SIGN = {key.latin: (key.code, False) for key in BY_CODE.values()} | {
    key.capital: (key.code, True) for key in BY_CODE.values()
}
_given = iter(range(1, 1000))


def arrived(shell: Shell, **changes: object) -> PreRegistration:
    record = fresh(**changes)
    assert shell.app.office is not None
    shell.app.office.store.write(lambda tx: keep_arrived(tx, record, at=clock.now()))
    return record


def fresh(**changes: object) -> PreRegistration:
    number = "".join(ALPHABET[int(digit)] for digit in f"{next(_given):08d}")
    return pre_registered(number, **changes)  # type: ignore[arg-type]  # what a test changes


def scan(page: SearchPage, text: str, *, lao: bool) -> None:
    """The keys that a wedge scanner presses, with what the layout makes of them, and Enter."""
    field = page.field
    field.setFocus()
    for sign in text:
        code, shifted = (57, False) if sign == " " else _BY_SIGN[sign]
        key = BY_CODE.get(code)
        letter = sign
        if lao and key is not None:
            letter = key.shifted if shifted else key.plain
        held = _SHIFT if shifted else Qt.KeyboardModifier.NoModifier
        name = ord(letter.upper()) if letter.strip() else 0
        press = QKeyEvent(
            QEvent.Type.KeyPress, name, held, code + 8, 0, 0, letter.strip() or sign * (sign == " ")
        )
        QApplication.sendEvent(field, press)
    enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
    QApplication.sendEvent(field, enter)


@pytest.fixture
def page(at_work: Shell) -> SearchPage:
    at_work.press(Qt.Key.Key_N, CTRL)
    assert at_work.workplace.room is at_work.workplace.search
    return at_work.workplace.search


def _opened(shell: Shell) -> str:
    application = shell.workplace.application
    shell.until(lambda: shell.workplace.room is application and application.header is not None)
    assert application.header is not None
    return application.header.application_id


@pytest.mark.parametrize("lao", [False, True], ids=["latin layout", "lao layout"])
@pytest.mark.parametrize("whole", [False, True], ids=["number", "record"])
def test_a_scanned_slip_opens_with_enter(at_work: Shell, page: SearchPage, lao: bool, whole: bool) -> None:
    record = fresh() if whole else arrived(at_work)
    scan(page, to_code(record, whole=whole), lao=lao)
    assert page.field.text() == ""
    at_work.until(lambda: page.slips.found is not None)
    assert page.slips.isVisible()
    at_work.press(Qt.Key.Key_Return)
    application_id = _opened(at_work)
    office = at_work.app.office
    assert office is not None
    shown = view(office, application_id)
    assert shown.pre_registered
    assert shown.fields["village"] == SAID["village"]


def test_the_mark_stands_at_the_field_until_confirmed(at_work: Shell, page: SearchPage) -> None:
    scan(page, arrived(at_work).number, lao=True)
    at_work.until(lambda: page.slips.found is not None)
    at_work.press(Qt.Key.Key_Return)
    _opened(at_work)
    at_work.until(lambda: at_work.find("intake.village.source").isVisible())
    badge = at_work.find("intake.village.source")
    assert badge.accessibleName() == "By app?"
    at_work.press(Qt.Key.Key_F6)
    at_work.until(lambda: at_work.find("intake.village.source").accessibleName() == "By app")


def test_a_second_scan_leads_to_the_application(at_work: Shell, page: SearchPage) -> None:
    record = arrived(at_work)
    office, who = at_work.app.office, at_work.app.who
    assert office is not None
    assert who is not None
    first = open_pre_registration(office, who, record.number)
    scan(page, to_code(record, whole=True), lao=False)
    at_work.until(lambda: "opened already" in page.slips.strip.text)
    at_work.press(Qt.Key.Key_Return)
    assert _opened(at_work) == first.application_id


def test_what_has_not_arrived_is_begun_by_hand(at_work: Shell, page: SearchPage) -> None:
    record = fresh()
    scan(page, to_code(record, whole=False), lao=False)
    at_work.until(lambda: "not arrived" in page.slips.strip.text)
    at_work.press(Qt.Key.Key_Return)
    assert at_work.workplace.room is page, "Enter opens nothing that is not here"
    at_work.press(Qt.Key.Key_N, CTRL)
    begun = _opened(at_work)
    office, who = at_work.app.office, at_work.app.who
    assert office is not None
    assert who is not None
    assert open_pre_registration(office, who, record.number).application_id == begun


def test_a_damaged_code_begins_nothing(at_work: Shell, page: SearchPage) -> None:
    code = to_code(fresh(), whole=True)
    for damaged in (code[:-9], code[3:], code.replace("PR-", "PR", 1)[:40]):
        at_work.app.window.setFocus()
        scan(page, damaged, lao=False)
        at_work.until(lambda: "no usable pre-registration" in at_work.workplace.frame.strip.text)
        at_work.workplace.frame.strip.clear()
        assert page.slips.found is None
        assert at_work.workplace.room is page


def test_withdrawn_and_elsewhere_are_said(at_work: Shell, page: SearchPage) -> None:
    record = arrived(at_work)
    office = at_work.app.office
    assert office is not None
    office.store.write(lambda tx: keep_withdrawn(tx, record.number, at=clock.now()))
    scan(page, record.number, lao=False)
    at_work.until(lambda: "withdrawn" in page.slips.strip.text)
    scan(page, pre_registered(office="LPB").number, lao=False)
    at_work.until(lambda: "another office: LPB" in at_work.workplace.frame.strip.text)


def test_somebody_alike_is_looked_at_first(at_work: Shell, page: SearchPage) -> None:
    office, who = at_work.app.office, at_work.app.who
    assert office is not None
    assert who is not None
    said = dict(SAID, given_name_lo="ຄຳພອນ", given_name_latin="Khamphone", birth_date="1961-05-06")
    before = open_pre_registration(office, who, arrived(at_work, said=said).number)
    scan(page, arrived(at_work, said=said).number, lao=False)
    at_work.until(lambda: "already" in page.slips.strip.text)
    assert page.slips.likely.isVisible()
    at_work.press(Qt.Key.Key_Return)
    assert _opened(at_work) == before.application_id


def test_a_long_name_that_begins_with_pr_is_searched_for(at_work: Shell, page: SearchPage) -> None:
    scan(page, "praseuthvongsavanh", lao=False)
    at_work.until(lambda: at_work.workplace.room is at_work.workplace.application)
    office = at_work.app.office
    assert office is not None
    assert view(office, _opened(at_work)).fields["given_name_latin"] == "Praseuthvongsavanh"


def test_who_comes_today_is_chosen_by_arrow_and_enter(at_work: Shell) -> None:
    record = arrived(at_work, appointment=today())
    at_work.press(Qt.Key.Key_N, CTRL)
    page = at_work.workplace.search
    at_work.until(lambda: page.slips.isVisible())
    page.field.setFocus()
    at_work.press(Qt.Key.Key_Down)
    at_work.press(Qt.Key.Key_Return)
    at_work.until(lambda: page.slips.found is not None)
    assert page.slips.found is not None
    assert page.slips.found.number == record.number
    at_work.type_into("search.field", "x")
    assert not page.slips.isVisible(), "typing searches again"
    assert page.slips.found is None


def test_leaving_keeps_nothing_on_the_screen(at_work: Shell, page: SearchPage) -> None:
    scan(page, arrived(at_work, appointment=today()).number, lao=False)
    at_work.until(lambda: page.slips.found is not None)
    at_work.press(Qt.Key.Key_Escape)
    assert page.slips.found is None
    assert not page.slips.shown


class _SlipBeforeTheCamera:
    """A camera that sees a printed slip."""

    def __init__(self, text: str) -> None:
        code = zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, zxingcpp.QRCode), scale=4)
        self._image = cv2.cvtColor(np.array(code), cv2.COLOR_GRAY2BGR).astype(np.uint8)
        self._sequence = 0

    def latest(self, after: int = -1, seconds: float = 1.0) -> Frame:
        self._sequence += 1
        return Frame(self._image.copy(), self._sequence, 0.0)


def test_the_camera_reads_a_slip(at_work: Shell, page: SearchPage, monkeypatch: pytest.MonkeyPatch) -> None:
    record = fresh()
    camera = _SlipBeforeTheCamera(to_code(record, whole=True))
    monkeypatch.setattr(page.slips._presenter.stream, "_open_camera", lambda: camera)
    at_work.press(Qt.Key.Key_F6)
    at_work.until(lambda: page.slips.found is not None)
    assert page.slips.found is not None
    assert page.slips.found.number == record.number
    assert page.slips._presenter.stream.newest() is None, "the camera is closed again"


def test_without_a_camera_it_is_said(at_work: Shell, page: SearchPage) -> None:
    at_work.press(Qt.Key.Key_F6)
    at_work.until(lambda: page.slips.picture.notice not in ("", "The camera is being opened."))
    at_work.press(Qt.Key.Key_F6)
    assert not page.slips.isVisible()
