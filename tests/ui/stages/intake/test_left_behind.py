"""A draft that the database did not take when its page was left: told, kept, tried again, and found again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.stages.counter_office import APPLICANT, PATIENCE, Counter, child, type_into, until
from ui.application_view import ApplicationView
from ui.messages import explain
from ui.stages.intake import left_behind
from ui.stages.intake.page import IntakePage
from workstation.domain.refused import Reason, Refused
from workstation.workflow.claims import open_claimed
from workstation.workflow.header import header
from workstation.workflow.intake import steps
from workstation.workflow.intake.view import view


@contextmanager
def held(counter: Counter) -> Iterator[None]:
    """Another connection writes and does not end, for longer than the station's writer waits."""
    store = counter.office.store
    store.write(lambda tx: tx.exec_driver_sql("PRAGMA busy_timeout = 100"))
    try:
        with store._readers.snapshot() as other:
            other.exec_driver_sql("PRAGMA query_only = OFF")
            other.exec_driver_sql("UPDATE drafts SET saved_by = saved_by")
            yield
            other.exec_driver_sql("PRAGMA query_only = ON")
    finally:
        store.write(lambda tx: tx.exec_driver_sql("PRAGMA busy_timeout = 10000"))


@pytest.fixture
def shown(qtbot: QtBot, counter: Counter, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApplicationView]:
    monkeypatch.setattr(left_behind, "PAUSE", 150)
    shown = ApplicationView(counter.context(counter.clerk))
    qtbot.addWidget(shown)
    shown.resize(1302, 640)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    yield shown
    shown.leave()


def _open(qtbot: QtBot, counter: Counter, shown: ApplicationView, application_id: str) -> IntakePage:
    standing = open_claimed(counter.office, counter.clerk, application_id)
    shown.show_header(header(counter.office, application_id), standing)
    page = shown.page
    assert isinstance(page, IntakePage)
    qtbot.waitUntil(until(lambda: page._view is not None), timeout=PATIENCE)
    return page


def _line(page: IntakePage, name: str) -> QLineEdit:
    line = child(page, f"intake.{name}")
    assert isinstance(line, QLineEdit)
    return line


def _refusals(errors: list[object]) -> list[Reason]:
    return [error.reason for error in errors if isinstance(error, Refused)]


def _kept(counter: Counter, application_id: str) -> str:
    return view(counter.office, application_id).fields.get("unit", "")


def test_the_last_words_of_a_page_that_was_left_are_told_and_tried_until_kept(
    qtbot: QtBot, counter: Counter, shown: ApplicationView
) -> None:
    application_id = counter.at_intake(**{**APPLICANT, "unit": ""})
    number = header(counter.office, application_id).number
    page = _open(qtbot, counter, shown, application_id)
    errors: list[object] = []
    said: list[str] = []
    shown.failed.connect(errors.append)
    shown.done.connect(said.append)
    with held(counter):
        type_into(_line(page, "unit"), "42")
        shown.leave()
        qtbot.waitUntil(until(lambda: Reason.DRAFT_NOT_KEPT in _refusals(errors)), timeout=PATIENCE)
        assert _kept(counter, application_id) == ""
        qtbot.wait(400)
        assert said == []
    qtbot.waitUntil(until(lambda: bool(said)), timeout=PATIENCE)
    assert said == [f"What was typed for {number} is kept now"]
    assert _kept(counter, application_id) == "42"
    told = next(error for error in errors if isinstance(error, Refused))
    assert number in explain(told).text


def test_what_is_not_kept_yet_stands_on_the_page_when_it_is_opened_again(
    qtbot: QtBot, counter: Counter, shown: ApplicationView
) -> None:
    application_id = counter.at_intake(**{**APPLICANT, "unit": ""})
    page = _open(qtbot, counter, shown, application_id)
    errors: list[object] = []
    shown.failed.connect(errors.append)
    with held(counter):
        type_into(_line(page, "unit"), "43")
        page.leave()
        qtbot.waitUntil(until(lambda: bool(errors)), timeout=PATIENCE)
        page.show_application(header(counter.office, application_id))
        qtbot.waitUntil(until(lambda: page._view is not None), timeout=PATIENCE)
        assert _line(page, "unit").text() == "43"
        type_into(_line(page, "unit"), "4")
        assert _kept(counter, application_id) == ""
    qtbot.waitUntil(until(lambda: _kept(counter, application_id) == "434"), timeout=PATIENCE)


def test_a_page_that_stays_open_tries_again_by_itself(
    qtbot: QtBot, counter: Counter, shown: ApplicationView
) -> None:
    application_id = counter.at_intake(**{**APPLICANT, "unit": ""})
    page = _open(qtbot, counter, shown, application_id)
    errors: list[object] = []
    shown.failed.connect(errors.append)
    with held(counter):
        type_into(_line(page, "unit"), "44")
        qtbot.waitUntil(until(lambda: Reason.DATABASE_BUSY in _refusals(errors)), timeout=PATIENCE)
    qtbot.waitUntil(until(lambda: _kept(counter, application_id) == "44"), timeout=PATIENCE)


def test_words_that_came_too_late_are_not_tried_again(
    qtbot: QtBot, counter: Counter, shown: ApplicationView
) -> None:
    application_id = counter.at_intake(**APPLICANT)
    page = _open(qtbot, counter, shown, application_id)
    errors: list[object] = []
    shown.failed.connect(errors.append)
    _line(page, "unit").insert("9")
    _line(page, "unit").textEdited.emit("79")
    steps.complete(counter.office, counter.clerk, application_id)  # a colleague was faster
    shown.leave()
    qtbot.waitUntil(until(lambda: bool(errors)), timeout=PATIENCE)
    assert _refusals(errors) == [Reason.MOVE_NOT_ALLOWED]
    qtbot.wait(400)
    assert len(errors) == 1
