"""A scanner at the queue: the card in the hand opens its own application, whatever layout the keyboard has."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from tests.offices import DISTRICT, PASSWORD, PROVINCE, SUPERVISOR
from tests.ui.shell import Shell
from tests.ui.stages.counter_office import Counter
from ui.keyboard.layout import BY_LATIN
from ui.keyboard.typed import CodeField, Scans
from workstation.database.tables import applications
from workstation.domain.stages import Stage
from workstation.workflow.sign_in import sign_in

XKB = 8
CARD = "LA7770001"


def strike(widget: QWidget, letter: str, *, lao: bool) -> None:
    """One key of a scanner: the key of a US keyboard, and what the layout makes of it."""
    key = BY_LATIN[letter.lower()]
    shifted = letter.isupper()
    held = Qt.KeyboardModifier.ShiftModifier if shifted else Qt.KeyboardModifier.NoModifier
    text = (key.shifted if shifted else key.plain) if lao else letter
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, ord(text or "\0"), held, key.code + XKB, 0, 0, text)
        QCoreApplication.sendEvent(widget, event)


def scan(widget: QWidget, text: str, *, lao: bool = False) -> None:
    for letter in text:
        strike(widget, letter, lao=lao)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        end = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, 28 + XKB, 0, 0, "\r")
        QCoreApplication.sendEvent(widget, end)


@pytest.fixture
def card(at_work: Shell) -> str:
    """A card that lies ready, and another application above it in the queue."""
    office, who = at_work.app.office, at_work.app.who
    assert office is not None
    assert who is not None
    counter = Counter(office, who, sign_in(office, SUPERVISOR, PASSWORD), None, None)  # type: ignore[arg-type]  # no page is shown by it
    ready = counter.approved(counter.at_review(None, province_code=PROVINCE, district_code=DISTRICT))
    counter.decide(ready)
    counter.finish(ready)
    numbered = update(applications).where(applications.c.id == ready).values(document_number=CARD)
    office.store.write(lambda tx: tx.execute(numbered))
    counter.at_intake()
    at_work.workplace.queue.refresh()
    at_work.until(lambda: at_work.workplace.queue.model.rowCount() == 2)
    return ready


@pytest.mark.parametrize("lao", [False, True], ids=["us", "lao"])
def test_a_scanned_card_opens_its_hand_over(at_work: Shell, card: str, *, lao: bool) -> None:
    queue = at_work.workplace.queue
    queue.table.setFocus()
    scan(queue.table, CARD, lao=lao)
    at_work.until(lambda: at_work.workplace.room is at_work.workplace.application)
    opened = at_work.workplace.application.header
    assert opened is not None
    assert (opened.application_id, opened.stage) == (card, Stage.HAND_OVER)


def test_a_card_of_nobody_is_told_and_opens_nothing(at_work: Shell, card: str) -> None:
    queue = at_work.workplace.queue
    queue.table.setFocus()
    scan(queue.table, "LA0000000")
    at_work.until(lambda: "bears what was scanned" in at_work.workplace.strip.text)
    assert at_work.workplace.room is queue


def test_a_scanner_in_a_field_ends_with_the_next_field(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field, following = CodeField(window), QLineEdit(window)
    window.show()
    window.activateWindow()
    field.setFocus()
    scan(field, "LA12", lao=True)
    assert field.text() == "LA12"
    assert following.text() == ""
    qtbot.waitUntil(lambda: QApplication.focusWidget() is following)


def test_what_is_typed_slowly_or_short_is_no_scan(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    table = QWidget()
    qtbot.addWidget(table)
    scans = Scans(table)
    found: list[str] = []
    scans.scanned.connect(found.append)
    scan(table, "12345")
    scan(table, "letters")
    assert found == []
    now = 100.0
    monkeypatch.setattr("ui.keyboard.typed.time.monotonic", lambda: now)
    for letter in "123":
        strike(table, letter, lao=False)
    now += 5
    scan(table, "456789")
    assert found == ["456789"]
