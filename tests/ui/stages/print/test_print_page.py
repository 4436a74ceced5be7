"""The print page at a real office, with a real IPP printer on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from devices.errors import DeviceMissing
from devices.simulated.printer import SimulatedPrinter
from tests.ui.stages.photo.counter import Counter, action, counter, part
from ui.stages.print.page import PrintPage
from ui.stages.print.words import printer_words
from workstation import clock
from workstation.database.card_jobs import move_card_job
from workstation.domain.card import UNCERTAIN, CardState
from workstation.domain.stages import Stage
from workstation.settings import Settings
from workstation.workflow.header import header
from workstation.workflow.print.steps import prepare, settle_uncertain
from workstation.workflow.print.view import view

WAIT = 40_000


@pytest.fixture
def printer() -> Iterator[SimulatedPrinter]:
    try:
        printer = SimulatedPrinter()
    except DeviceMissing as missing:
        pytest.fail(f"no IPP printer here: {missing.code} {missing.facts}")
    with printer:
        yield printer


def opened(place: Counter, qtbot: QtBot) -> PrintPage:
    page = PrintPage(place.context)
    place.open(qtbot, page)
    qtbot.waitUntil(lambda: page._sides is not None, timeout=WAIT)
    return page


def words(page: PrintPage, name: str) -> str:
    return part(page, QWidget, f"print.{name}").accessibleName()


def test_a_jam_is_told_and_the_card_comes_when_it_is_mended(
    data_folder: Path, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    with counter(data_folder, Stage.PRINT, Settings(printer_uri=printer.uri)) as place:
        page = opened(place, qtbot)
        qtbot.waitUntil(lambda: words(page, "printer") == "Ready", timeout=WAIT)
        assert page.front.shows
        assert page.back.shows
        printer.set_fault("media-jam")
        action(page, "print.print").run()
        qtbot.waitUntil(lambda: words(page, "printer") == "Card jam", timeout=WAIT)
        assert "take it out" in words(page, "advice")
        assert not action(page, "print.print").enabled
        assert place.stage() is Stage.PRINT
        with qtbot.waitSignal(page.moved, timeout=WAIT):
            printer.clear()
        assert place.stage() is Stage.CHECK
        assert len(printer.printed()) == 1
        page.leave()


def test_a_page_left_in_the_middle_finds_its_job_again(
    data_folder: Path, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    with counter(data_folder, Stage.PRINT, Settings(printer_uri=printer.uri)) as place:
        page = opened(place, qtbot)
        printer.set_fault("media-empty")
        action(page, "print.again").run()
        qtbot.waitUntil(lambda: words(page, "printer") == "No blank cards", timeout=WAIT)
        page.leave()
        place.open(qtbot, page)
        qtbot.waitUntil(lambda: words(page, "job") == "Being printed", timeout=WAIT)
        with qtbot.waitSignal(page.moved, timeout=WAIT):
            printer.clear()
        assert place.stage() is Stage.CHECK
        assert len(printer.printed()) == 1
        page.leave()


def test_a_job_that_ended_meanwhile_moves_the_application(data_folder: Path, qtbot: QtBot) -> None:
    with counter(data_folder, Stage.PRINT, Settings()) as place:
        office, who = place.context.office, place.context.who
        looked_at = header(office, place.application)
        job = prepare(office, who, place.application).job_id
        office.store.write(
            lambda tx: move_card_job(tx, job, CardState.PRINTING, at=clock.now(), reason=UNCERTAIN)
        )
        settle_uncertain(office, who, place.application, card_is_good=True)
        page = PrintPage(place.context)
        qtbot.addWidget(page)
        with qtbot.waitSignal(page.moved, timeout=WAIT):
            page.show_application(looked_at)
        page.leave()


@pytest.mark.parametrize("good", [True, False])
def test_an_uncertain_job_asks_for_the_card_in_the_hand(data_folder: Path, qtbot: QtBot, good: bool) -> None:
    with counter(data_folder, Stage.PRINT, Settings()) as place:
        office = place.context.office
        job = prepare(office, place.context.who, place.application).job_id
        office.store.write(
            lambda tx: move_card_job(tx, job, CardState.PRINTING, at=clock.now(), reason=UNCERTAIN)
        )
        page = opened(place, qtbot)
        assert page.question.isVisible()
        assert [(found.name, found.key) for found in page.actions()] == [
            ("print.none", "F7"),
            ("print.no_card", "F9"),
            ("print.good_card", "F6"),
        ]
        if good:
            with qtbot.waitSignal(page.moved, timeout=WAIT):
                action(page, "print.good_card").run()
            assert place.stage() is Stage.CHECK
        else:
            action(page, "print.no_card").run()
            qtbot.waitUntil(lambda: action_text(page) == "Print another card", timeout=WAIT)
            assert view(office, place.application).state is CardState.FAILED
            assert words(page, "job") == "Not printed"
        page.leave()


def action_text(page: PrintPage) -> str:
    found = [each for each in page.actions() if each.name == "print.print"]
    return found[0].text if found else ""


def test_without_a_printer_the_job_stays_queued(data_folder: Path, qtbot: QtBot) -> None:
    with counter(data_folder, Stage.PRINT, Settings()) as place:
        page = opened(place, qtbot)
        qtbot.waitUntil(lambda: words(page, "printer") == "No printer is set up", timeout=WAIT)
        with qtbot.waitSignal(page.failed, timeout=WAIT):
            action(page, "print.print").run()
        qtbot.waitUntil(lambda: action(page, "print.print").enabled, timeout=WAIT)
        assert view(place.context.office, place.application).state is CardState.QUEUED
        page.leave()


def test_the_gravest_reason_speaks() -> None:
    assert printer_words("stopped", ("media-low", "cover-open")).word == "Cover is open"
    assert printer_words("stopped", ("fuser-over-temp",)).advice.endswith("fuser-over-temp")
    assert printer_words("idle", ()).kind == "good"
    assert printer_words("idle", ("marker-supply-low",)).kind == "attention"
