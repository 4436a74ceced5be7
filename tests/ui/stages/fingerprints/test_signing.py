"""The pad to sign on at the captures, by keys and by a pointing hand, at a real office."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pages.walk import shown
from tests.ui.stages import counter_office
from tests.ui.stages.counter_office import room
from tests.ui.stages.photo.counter import Counter, action, counter, part
from ui.demo.person import Person
from ui.demo.signature import signature
from ui.language import LANGUAGES, set_language
from ui.stages.fingerprints.page import FingerprintsPage
from ui.stages.fingerprints.signature import SignatureDialog
from ui.widgets.picture import Picture
from ui.widgets.strip import Strip
from ui.window import Window
from workstation.domain.stages import Stage
from workstation.settings import Settings
from workstation.workflow.fingerprints import steps as fingerprints
from workstation.workflow.fingerprints.view import view
from workstation.workflow.signature.view import SignatureView

__all__ = ["room", "walked"]
WAIT = 30_000
walked = counter_office.counter


@pytest.fixture
def place(data_folder: Path, qtbot: QtBot) -> Iterator[Counter]:
    with counter(data_folder, Stage.FINGERPRINTS, Settings()) as place:
        yield place


@pytest.fixture
def page(place: Counter, qtbot: QtBot) -> Iterator[FingerprintsPage]:
    set_language("en")
    page = FingerprintsPage(place.context)
    place.open(qtbot, page)
    qtbot.waitUntil(lambda: page._view is not None, timeout=WAIT)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=WAIT)
    yield page
    page.leave()


def opened(page: FingerprintsPage, qtbot: QtBot) -> SignatureDialog:
    command = action(page, "fingerprints.signature")
    assert command.key == "F6"
    command.run()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SignatureDialog), timeout=WAIT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SignatureDialog)
    # Without a window manager nobody else gives it the keyboard.
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=WAIT)
    return dialog


def write(page: QWidget) -> None:
    Person(lambda: page).write_by_pen("signature.pad", signature())


def gone(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=WAIT)


def held(place: Counter) -> SignatureView:
    return view(place.context.office, place.application).signature


def said(page: FingerprintsPage) -> str:
    return part(page, Picture, "fingerprints.signature").accessibleName()


def strip(dialog: SignatureDialog) -> str:
    return part(dialog, Strip, "signature.strip").text


def test_the_person_signs_and_enter_keeps(page: FingerprintsPage, place: Counter, qtbot: QtBot) -> None:
    assert said(page) == "No signature: the card shows none"
    dialog = opened(page, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert "no signature on the pad" in strip(dialog)
    assert not part(dialog, QAbstractButton, "signature.keep").isEnabled()
    write(page)
    assert strip(dialog) == ""
    QTest.keyClick(dialog, Qt.Key.Key_F5)
    assert dialog.pad.signature is None
    write(page)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    gone(qtbot)
    qtbot.waitUntil(lambda: said(page) == "Signature", timeout=WAIT)
    assert part(page, Picture, "fingerprints.signature").shows
    assert held(place).picture is not None
    assert action(page, "fingerprints.signature").text == "Sign again"
    page.activateWindow()
    qtbot.waitUntil(page.fingers.hasFocus, timeout=WAIT)


def test_escape_changes_nothing(page: FingerprintsPage, place: Counter, qtbot: QtBot) -> None:
    dialog = opened(page, qtbot)
    write(page)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    gone(qtbot)
    assert held(place) == SignatureView(asked=True)


def test_a_click_is_no_signature(page: FingerprintsPage, place: Counter, qtbot: QtBot) -> None:
    dialog = opened(page, qtbot)
    QTest.mouseClick(dialog.pad, Qt.MouseButton.LeftButton)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "no more than a dot" in strip(dialog), timeout=WAIT)
    assert not part(dialog, QAbstractButton, "signature.keep").isEnabled()
    assert part(dialog, QAbstractButton, "signature.anew").isEnabled(), "the dot can be wiped away"
    assert not held(place).settled


def test_who_cannot_sign_is_noted_by_keys_alone(page: FingerprintsPage, place: Counter, qtbot: QtBot) -> None:
    dialog = opened(page, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_F7)
    assert not dialog.pad.isVisible()
    QTest.keyClick(dialog.reason, Qt.Key.Key_Escape)
    assert dialog.pad.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_F7)
    chosen = QApplication.focusWidget()
    assert chosen is not None
    QTest.keyClick(chosen, Qt.Key.Key_Down)
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    gone(qtbot)
    qtbot.waitUntil(lambda: said(page) == "Cannot sign: Hand injured or missing", timeout=WAIT)
    assert held(place).unsigned_reason == "hand-injured"


def test_what_stands_against_it_is_said_on_the_pad(
    page: FingerprintsPage, place: Counter, qtbot: QtBot
) -> None:
    dialog = opened(page, qtbot)
    write(page)
    office, who = place.context.office, place.context.who
    for position in (2, 7):
        fingerprints.mark_missing(office, who, place.application, position, "bandaged")
    fingerprints.complete(office, who, place.application)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "no longer at this stage" in strip(dialog), timeout=WAIT)
    assert dialog.isVisible()
    assert dialog.pad.signature is not None, "what was written is kept"


def test_leaving_the_page_puts_the_pad_away(page: FingerprintsPage, place: Counter, qtbot: QtBot) -> None:
    opened(page, qtbot)
    write(page)
    page.leave()
    gone(qtbot)
    assert not held(place).settled


def _outside(dialog: QWidget) -> list[str]:
    """Parts of the dialog that stand beyond its edge, and buttons too narrow for their words."""
    found = []
    for one in dialog.findChildren(QWidget):
        if not one.isVisibleTo(dialog) or one.parentWidget() is None:
            continue
        place = QRect(one.mapTo(dialog, QPoint(0, 0)), one.size())
        if not dialog.rect().contains(place):
            found.append(f"{one.objectName() or type(one).__name__} {place}")
        if isinstance(one, QAbstractButton) and one.fontMetrics().horizontalAdvance(one.text()) > one.width():
            found.append(f"{one.objectName()}: {one.text()}")
    return found


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)], ids=str)
def test_it_fits_the_window_in_both_languages(
    size: tuple[int, int], walked: counter_office.Counter, qtbot: QtBot
) -> None:
    window = Window()
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    with shown("fingerprints, signature", walked, window, qtbot):
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, SignatureDialog)
        for code in LANGUAGES:
            window.speak(code)
            qtbot.wait(50)
            whole = QRect(window.mapToGlobal(QPoint(0, 0)), window.size())
            assert whole.contains(dialog.geometry()), (whole, dialog.geometry())
            assert _outside(dialog) == []
            assert dialog.pad.width() >= 400
            dialog._ask_reason()
            qtbot.wait(50)
            assert whole.contains(dialog.geometry())
            assert _outside(dialog) == []
            dialog.reason.dismiss()
    window.keys.close()
