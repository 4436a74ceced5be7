"""The auditor's page: the newest entries, filters, pages far down, and a trail verified and found bent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.stages.counter_office import PASSWORD, PATIENCE, Counter, counter, room
from ui.audit.model import ABOUT, DETAILS, NUMBER, WHAT, WHO
from ui.audit.page import TrailPage
from ui.audit.words import break_words, turn_words, unworded
from ui.language import set_language
from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.domain.audit import AuditTag
from workstation.security.hash_chain import Break, BreakKind
from workstation.security.trail_judgement import Turn
from workstation.workflow.audit.verify import Trail, Verdict
from workstation.workflow.office import Office
from workstation.workflow.sign_in import sign_in

__all__ = ["counter", "room"]
ENTRIES = 900


def write(office: Office, count: int) -> None:
    def verb(tx: Connection) -> None:
        for line in range(count):
            write_audit(
                tx,
                AuditTag.FEE_TAKEN,
                at=clock.now(),
                actor="registry",
                station_id=office.station.id,
                object_id=f"application-{line}",
                amount=line,
            )

    office.store.write(verb)


@pytest.fixture
def page(counter: Counter, qtbot: QtBot) -> Iterator[TrailPage]:
    write(counter.office, ENTRIES)
    shown = TrailPage(counter.context(sign_in(counter.office, "admin", PASSWORD)))
    qtbot.addWidget(shown)
    shown.resize(1280, 640)
    shown.show()
    shown.enter()
    qtbot.waitUntil(
        lambda: shown.model.rowCount() >= ENTRIES and shown.filters.actor.count() > 2, timeout=PATIENCE
    )
    yield shown
    shown.hide()


def text(page: TrailPage, line: int, column: int) -> str:
    return str(page.model.index(line, column).data())


def test_the_newest_entry_stands_first_in_words(page: TrailPage) -> None:
    assert text(page, 0, NUMBER).isdigit()
    assert int(text(page, 0, NUMBER)) == int(text(page, 1, NUMBER)) + 1
    named = [line for line in range(3) if text(page, line, WHAT) == "Fee taken"]
    assert named
    assert text(page, named[0], WHO) == "Registry"
    assert text(page, named[0], DETAILS) == f"amount: {ENTRIES - 1}"


def test_a_line_far_down_is_read_when_it_is_looked_at(page: TrailPage, qtbot: QtBot) -> None:
    assert text(page, 650, NUMBER) == "…"
    qtbot.waitUntil(lambda: text(page, 650, NUMBER).isdigit(), timeout=PATIENCE)
    assert int(text(page, 0, NUMBER)) - int(text(page, 650, NUMBER)) == 650


def test_filters_narrow_it_down(page: TrailPage, qtbot: QtBot) -> None:
    page.filters.about.setText("application-7")
    QTest.keyClick(page.filters.about, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: 0 < page.model.rowCount() < 20, timeout=PATIENCE)
    assert text(page, 0, ABOUT) == "application-7"
    page.filters.about.setText("admin")
    QTest.keyClick(page.filters.about, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: text(page, page.model.rowCount() - 1, WHAT) == "User added", timeout=PATIENCE)
    page.filters.since.setText("31/12/1999")
    page.filters.until.setText("01/01/2000")
    QTest.keyClick(page.filters.until, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.rowCount() == 0, timeout=PATIENCE)
    page.filters.until.setText("2000")
    assert page.filters.chosen() is None


def test_a_whole_trail_is_said_to_be_whole(page: TrailPage, qtbot: QtBot) -> None:
    verify = next(action for action in page.page_actions() if action.name == "verify")
    verify.run()
    assert [action.name for action in page.page_actions()] == ["stop"]
    qtbot.waitUntil(lambda: page.strip.text.startswith("The trail is whole"), timeout=PATIENCE)
    assert not page.progress.isVisible()


def test_hiding_the_page_ends_the_verification(page: TrailPage, qtbot: QtBot) -> None:
    write(page._context.office, 3000)
    page._verify()
    page.hide()
    qtbot.waitUntil(lambda: bool(page.strip.text), timeout=PATIENCE)
    assert "stopped" in page.strip.text


def test_a_bent_trail_is_named_with_its_entry(page: TrailPage, qtbot: QtBot) -> None:
    office = page._context.office
    office.store.write(lambda tx: tx.exec_driver_sql("DROP TRIGGER audit_no_update"))
    office.store.write(lambda tx: tx.exec_driver_sql("UPDATE audit SET actor = 'nobody' WHERE position = 77"))
    page._verify()
    qtbot.waitUntil(lambda: bool(page.strip.text), timeout=PATIENCE)
    assert "entry 77 was changed" in page.strip.text
    assert "tell the province" in page.strip.text


def test_a_trail_that_goes_on_from_an_older_copy_says_what_it_lacks(page: TrailPage) -> None:
    turn = Turn(2, 21, 21, 35, "supervisor", "2026-11-02T02:00:00+00:00", True)
    page._say(Verdict((Trail("one", 24, bytes(32), 2, 24, None, (turn,)),)))
    assert "Segment 2 begins with entry 21" in page.strip.text
    assert "Entries 21 to 35" in page.strip.text
    assert "Entries" not in turn_words(replace(turn, missing_last=20))


@pytest.mark.parametrize("code", ["en", "lo"])
def test_everything_has_words(code: str) -> None:
    set_language(code)
    try:
        assert unworded() == []
        for kind in BreakKind:
            assert break_words(Break(kind, "s", 3, 3)) != break_words(Break(kind, "s", 3, 9))
    finally:
        set_language("en")
