"""The room of printing on a real printer: a batch goes out, faults are told, cards are held, hurried and sent away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from devices.simulated.printer import SimulatedPrinter
from printing.printer import PrinterState, Supply
from tests.ui.stages.counter_office import Counter, child, counter, room
from ui.printing.page import PrintingPage
from ui.printing.printer_box import PrinterBox, words_of
from ui.stages.print.words import supply_words
from ui.widgets.slip import SlipDialog
from workstation.domain.card import CardState
from workstation.domain.printers import cards_left
from workstation.domain.stages import Stage
from workstation.workflow.header import header
from workstation.workflow.print.carry import PrintProgress
from workstation.workflow.printers import steps as printers
from workstation.workflow.printers.view import WaitingCard, print_room

__all__ = ["counter", "room"]
WAIT = 60_000


@pytest.fixture(scope="module")
def machine() -> Iterator[SimulatedPrinter]:
    with SimulatedPrinter() as made:
        yield made


@pytest.fixture
def page(counter: Counter, qtbot: QtBot, machine: SimulatedPrinter) -> Iterator[PrintingPage]:
    machine.clear()
    for left in print_room(counter.office, counter.clerk).printers:
        printers.pause_printer(counter.office, counter.clerk, left.id, False)
    context = counter.context(counter.supervisor)
    made = PrintingPage(context)
    qtbot.addWidget(made)
    made.resize(1290, 560)
    made.show()
    yield made
    made.leave()
    context.runs.stop()


def decided(counter: Counter) -> str:
    application = counter.at_decision()
    counter.decide(application)
    return application


def cards(page: PrintingPage) -> tuple[WaitingCard, ...]:
    return page._room.cards if page._room is not None else ()


def row(page: PrintingPage, application: str) -> WaitingCard | None:
    return next((card for card in cards(page) if card.application_id == application), None)


def is_so(page: PrintingPage, application: str, what: str, value: object = True) -> bool:
    """Whether the row of that application is there and says so."""
    found = row(page, application)
    return found is not None and getattr(found, what) == value


def run(page: PrintingPage, name: str) -> None:
    action = next(action for action in page.page_actions() if action.name == name)
    assert action.enabled, name
    action.run()


def may(page: PrintingPage, name: str) -> bool:
    return any(action.name == name and action.enabled for action in page.page_actions())


def select(page: PrintingPage, application: str) -> None:
    line = next(at for at, card in enumerate(page.table._cards) if card.application_id == application)
    page.table.selectRow(line)


def test_a_batch_goes_out_and_a_jam_is_told_with_what_to_open(
    counter: Counter, page: PrintingPage, machine: SimulatedPrinter, qtbot: QtBot
) -> None:
    one, two, three = (decided(counter) for _ in range(3))
    page.enter()
    page._ask_printers()
    child(page, "printing.address").setText(machine.uri)  # type: ignore[attr-defined]  # a line to type in
    child(page, "printing.name").setText("Counter printer")  # type: ignore[attr-defined]  # a line to type in
    child(page, "printing.submit").click()  # type: ignore[attr-defined]  # a button
    qtbot.waitUntil(lambda: page.printers.selected is not None, timeout=WAIT)
    assert page.printers.selected is not None
    assert page.printers.selected.name == "Counter printer"
    qtbot.waitUntil(lambda: page.printers.box.badge.text == "Ready", timeout=WAIT)
    qtbot.waitUntil(lambda: row(page, three) is not None and may(page, "print_all"), timeout=WAIT)
    machine.set_fault("media-jam")
    run(page, "print_all")
    qtbot.waitUntil(lambda: page.printers.box.badge.text == "Card jam", timeout=WAIT)
    assert page.printers.box.picture == "fault_jam"
    assert "take it out" in page.printers.box.advice.accessibleName()
    qtbot.waitUntil(lambda: sum(card.waits for card in cards(page)) == 2, timeout=WAIT)
    last = next(card.application_id for card in reversed(cards(page)) if card.waits)
    select(page, last)
    run(page, "urgent")
    qtbot.waitUntil(lambda: is_so(page, last, "urgent"), timeout=WAIT)
    select(page, last)
    run(page, "hold")
    qtbot.waitUntil(lambda: is_so(page, last, "held"), timeout=WAIT)
    machine.clear()
    qtbot.waitUntil(lambda: len(cards(page)) == 1, timeout=WAIT)
    assert header(counter.office, last).stage is Stage.PRINT
    select(page, last)
    run(page, "hold")
    qtbot.waitUntil(lambda: cards(page) == (), timeout=WAIT)
    assert {header(counter.office, one).stage for one in (one, two, three)} == {Stage.CHECK}
    assert page.table._empty.shown


def test_cards_go_to_the_other_printer_with_their_blanks_and_slips_are_shown(
    counter: Counter, page: PrintingPage, machine: SimulatedPrinter, qtbot: QtBot
) -> None:
    application = decided(counter)
    other = printers.add_printer(
        counter.office, counter.supervisor, address="ipp://127.0.0.1:9/ipp/print", name="Zebra"
    )
    known = printers.add_printer(
        counter.office, counter.supervisor, address=machine.uri, name="Counter printer"
    )
    printers.pause_printer(counter.office, counter.supervisor, known.id, True)
    page.enter()
    qtbot.waitUntil(
        lambda: row(page, application) is not None and page.printers.table.rowCount() == 2, timeout=WAIT
    )
    page.printers.table.selectRow(0)
    select(page, application)
    run(page, "print_selected")
    qtbot.waitUntil(lambda: is_so(page, application, "waits"), timeout=WAIT)
    blank = next(card.blank for card in cards(page) if card.application_id == application)
    run(page, "send")
    qtbot.waitUntil(lambda: blank in page.strip.text, timeout=WAIT)
    qtbot.waitUntil(lambda: is_so(page, application, "printer_id", other.id), timeout=WAIT)
    assert is_so(page, application, "blank", blank)
    page.printers.table.selectRow(1)
    qtbot.waitUntil(lambda: page.printers.box.picture == "fault_power", timeout=WAIT)
    run(page, "slips")
    qtbot.waitUntil(lambda: page.window().findChild(SlipDialog) is not None, timeout=WAIT)
    slips = page.window().findChild(SlipDialog)
    assert isinstance(slips, SlipDialog)
    slips.reject()
    assert not (counter.office.data / "slips").exists()
    select(page, application)
    run(page, "withdraw")
    qtbot.waitUntil(lambda: may(page, "print_selected"), timeout=WAIT)
    assert is_so(page, application, "blank", "")


def test_a_wrong_address_is_refused(counter: Counter, page: PrintingPage, qtbot: QtBot) -> None:
    page.enter()
    page._ask_printers()
    address = child(page, "printing.address")
    assert isinstance(address, QLineEdit)
    address.setText("http://printer/")
    submit = child(page, "printing.submit")
    assert isinstance(submit, QPushButton)
    with qtbot.waitSignal(page.failed, timeout=WAIT) as told:
        submit.click()
    assert told.args[0].reason.value == "printer-address-wrong"
    assert address.text() == "http://printer/"


def test_who_may_not_print_is_not_offered_it(counter: Counter, qtbot: QtBot) -> None:
    made = PrintingPage(counter.context(counter.clerk))
    qtbot.addWidget(made)
    made._ask_printers()
    assert not child(made, "printing.address").isVisibleTo(made)
    assert child(made, "printing.choose").isVisibleTo(made)
    assert isinstance(made.findChild(QWidget, "printing.cards"), QWidget)


def test_supplies_are_told_before_they_end() -> None:
    ribbon = Supply("Ribbon", "ribbonWax", 16, 10)
    assert cards_left(16, 250) == 40
    assert cards_left(None, 250) is None
    assert cards_left(16, 0) is None
    words = supply_words((ribbon,), 40, 55)
    assert words is not None
    assert (words.kind, words.word) == ("attention", "Ribbon for 40 cards, 55 wait")
    assert supply_words((ribbon,), 40, 40) is None
    low = supply_words((Supply("Ribbon", "", 9, 10),), None, 1)
    assert low is not None
    assert low.word == "Ribbon is nearly used up"
    assert words_of(PrinterState("idle", ("wrong-media",))).picture == "fault_size"


def test_supplies_are_told_while_a_batch_is_printed(qtbot: QtBot) -> None:
    box = PrinterBox("box")
    qtbot.addWidget(box)
    ribbon = (Supply("Ribbon", "ribbonWax", 16, 10),)
    box.tell(PrintProgress(CardState.PRINTING, "processing", (), ribbon), ribbon_cards=250, waiting=55)
    assert (box.badge.text, box.supply.text) == ("Working", "Ribbon for 40 cards, 55 wait")
    assert not box.supply.isHidden()
    box.tell(PrintProgress(CardState.PRINTING, "processing", (), ribbon), ribbon_cards=250, waiting=40)
    assert box.supply.isHidden()
