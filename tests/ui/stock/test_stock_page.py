"""The room of blank cards at a real office: numbers, acts by dialog, the count, the report."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.stages.counter_office import (  # noqa: F401 -- fixtures
    PASSWORD,
    Counter,
    child,
    counter,
    press,
    room,
    type_into,
    until,
)
from ui.lock.confirm import ConfirmDialog
from ui.stages.page import PageContext
from ui.stock.act_dialog import ActDialog
from ui.stock.count_dialog import CountDialog
from ui.stock.page import StockPage
from workstation import clock
from workstation.database.stock import blank_of_job, printed_blank
from workstation.database.stock_balance import ranges_at
from workstation.database.stock_ledger import Act, Target, move_ranges
from workstation.domain.operator import Role
from workstation.domain.stock import COUNT_PLACES, Entry, Place, SerialFormat
from workstation.workflow.office import SignedIn
from workstation.workflow.stock import steps
from workstation.workflow.stock.steps import Delivery
from workstation.workflow.stock.view import stock_view

WAIT = 20_000
S = SerialFormat("TR", 6).serial


@pytest.fixture
def page(qtbot: QtBot, counter: Counter) -> Iterator[StockPage]:  # noqa: F811 -- the fixture of that name
    shown = opened(qtbot, counter.context(counter.supervisor))
    yield shown
    shown.close()


def opened(qtbot: QtBot, context: PageContext) -> StockPage:
    shown = StockPage(context)
    qtbot.addWidget(shown)
    shown.resize(1290, 630)
    shown.show()
    shown.enter()
    qtbot.waitUntil(until(lambda: shown._seen is not None), timeout=WAIT)
    return shown


def run(page: StockPage, name: str) -> None:
    action = next(action for action in page.page_actions() if action.name == name)
    assert action.enabled, name
    action.run()


def act_dialog(page: StockPage, name: str) -> ActDialog:
    run(page, name)
    found = page.findChild(ActDialog)
    assert isinstance(found, ActDialog)
    return found


def number(page: StockPage, place: Place) -> str:
    return page.places.cards[place].accessibleName().split(". ")[0].split(": ")[1]


def own(counter: Counter, who: SignedIn | None = None) -> dict[Place, int]:  # noqa: F811 -- the fixture of that name
    return stock_view(counter.office, who or counter.supervisor).balance.own


def fill(dialog: ActDialog, **texts: str) -> None:
    for name, text in texts.items():
        editor = child(dialog, f"stock.act.{name}")
        assert isinstance(editor, QLineEdit)
        editor.setText(text)


def confirm(qtbot: QtBot) -> None:
    """Types the first person's password where it is asked for."""
    found: list[ConfirmDialog] = []

    def there() -> bool:
        from PySide6.QtWidgets import QApplication

        found[:] = [w for w in QApplication.topLevelWidgets() if isinstance(w, ConfirmDialog)]
        return bool(found) and found[0].isVisible()

    qtbot.waitUntil(until(there), timeout=WAIT)
    found[0].password.setText(PASSWORD)
    press(found[0].password, Qt.Key.Key_Return)


def test_a_box_is_scanned_in_given_out_and_loaded(qtbot: QtBot, counter: Counter, page: StockPage) -> None:  # noqa: F811 -- the fixture of that name
    before = own(counter)
    dialog = act_dialog(page, "take_in")
    type_into(dialog.first, S(3001))
    press(dialog.first, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.last
    type_into(dialog.last, S(3100))
    with qtbot.waitSignal(page.done, timeout=WAIT) as said:
        press(dialog.last, Qt.Key.Key_Return)
    assert "100 blanks" in said.args[0]
    qtbot.waitUntil(until(lambda: number(page, Place.SAFE) == f"{before[Place.SAFE] + 100:,}"), timeout=WAIT)
    # What lies in the safe is offered.
    dialog = act_dialog(page, "give")
    assert (dialog.first.text(), dialog.last.text()) == (S(3001), S(3100))
    with qtbot.waitSignal(page.done, timeout=WAIT):
        dialog.submit()
    qtbot.waitUntil(
        until(lambda: number(page, Place.DRAWER) == f"{before[Place.DRAWER] + 100:,}"), timeout=WAIT
    )
    dialog = act_dialog(page, "load")
    fill(dialog, last=S(3010))
    with qtbot.waitSignal(page.done, timeout=WAIT):
        dialog.submit()
    qtbot.waitUntil(until(lambda: own(counter)[Place.PRINTER] == before[Place.PRINTER] + 10), timeout=WAIT)
    qtbot.waitUntil(until(lambda: page.table.model().index(0, 1).data() == "Loaded"), timeout=WAIT)


def test_a_scanner_that_writes_lao_letters_is_understood(counter: Counter) -> None:  # noqa: F811 -- the fixture of that name
    from ui.keyboard.other_layout import as_lao
    from ui.stock.acts import serial_text, serials_in

    written = as_lao(S(7).lower())
    assert not written.isascii()
    read = steps.take_in(
        counter.office, counter.supervisor, Delivery("1", serial_text(as_lao(S(9001).lower())), "")
    )
    assert read.text == S(9001)
    assert serial_text(written).upper() == S(7)
    assert serials_in(f"{S(1)}, {S(2)}\n{S(3)}") == (S(1), S(2), S(3))


def test_a_refusal_stays_in_the_dialog_and_names_the_serials(
    qtbot: QtBot,
    counter: Counter,  # noqa: F811 -- the fixture of that name
    page: StockPage,
) -> None:
    dialog = act_dialog(page, "take_in")
    fill(dialog, first=S(1), last=S(2))
    dialog.submit()
    strip = child(dialog, "stock.act.strip.text")
    qtbot.waitUntil(until(lambda: S(1) in strip.accessibleName()), timeout=WAIT)
    assert dialog.isVisible()
    fill(dialog, first="")
    dialog.submit()
    assert dialog._fields["first"].error
    dialog.reject()


def test_what_is_short_asks_for_the_second_person_and_for_the_first_ones_password(
    qtbot: QtBot,
    counter: Counter,  # noqa: F811 -- the fixture of that name
    page: StockPage,
) -> None:
    before = own(counter)
    dialog = act_dialog(page, "take_in")
    assert dialog.second.isHidden()
    fill(dialog, first=S(4001), last=S(4010), short=f"{S(4002)} {S(4003)}", damaged=S(4004))
    assert not dialog.second.isHidden()
    dialog.submit()
    # Nothing is asked of the core while the second person's fields are empty.
    assert dialog._busy is False
    dialog.second.username.setText("supervisor")
    dialog.second.password.setText(PASSWORD)
    dialog.submit()
    confirm(qtbot)
    strip = child(dialog, "stock.act.strip.text")
    qtbot.waitUntil(until(lambda: bool(strip.accessibleName())), timeout=WAIT)
    assert own(counter) == before
    dialog.second.username.setText("clerk")
    dialog.second.password.setText(PASSWORD)
    with qtbot.waitSignal(page.done, timeout=WAIT):
        dialog.submit()
    after = own(counter)
    assert after[Place.SAFE] == before[Place.SAFE] + 7
    assert after[Place.MISSING] == before[Place.MISSING] + 2
    assert after[Place.SPOILED] == before[Place.SPOILED] + 1


def test_a_role_sees_what_it_may_do(qtbot: QtBot, counter: Counter) -> None:  # noqa: F811 -- the fixture of that name
    page = opened(qtbot, counter.context(counter.clerk))
    assert [action.name for action in page.page_actions()] == [
        "load",
        "spoil",
        "others",
        "days",
        "report",
        "count",
    ]
    assert [act.name for act in page._others()] == ["unload"]
    assert all(action.key.startswith("F") for action in page.page_actions())


def test_without_blanks_the_page_says_how_to_load(qtbot: QtBot, counter: Counter) -> None:  # noqa: F811 -- the fixture of that name
    office = counter.office
    by = counter.supervisor.operator
    from workstation.database.moves import Actor

    actor = Actor(by.id, Role.SUPERVISOR, office.station.id)
    loaded = office.store.read(lambda c: ranges_at(c, Place.PRINTER, office.station.id))
    drawer = Target(Place.DRAWER, office.station.id)
    office.store.write(lambda tx: move_ranges(tx, Entry.UNLOADED, loaded, drawer, Act(actor, clock.now())))
    try:
        page = opened(qtbot, counter.context(counter.clerk))
        told = child(page, "stock.strip.text").accessibleName()
        assert "No blanks are loaded" in told
        assert "F6" in told
    finally:
        printer = Target(Place.PRINTER, office.station.id)
        office.store.write(lambda tx: move_ranges(tx, Entry.LOADED, loaded, printer, Act(actor, clock.now())))


def count_dialog(page: StockPage) -> CountDialog:
    run(page, "count")
    found = page.findChild(CountDialog)
    assert isinstance(found, CountDialog)
    return found


def test_a_count_is_blind_names_what_differs_and_is_signed_by_both(
    qtbot: QtBot,
    counter: Counter,  # noqa: F811 -- the fixture of that name
    page: StockPage,
) -> None:
    office, who = counter.office, counter.supervisor
    from workstation.database.moves import Actor

    actor = Actor(who.operator.id, Role.SUPERVISOR, office.station.id)
    office.store.write(lambda tx: printed_blank(tx, "a job", at=clock.now(), by=actor))
    made = office.store.read(lambda c: blank_of_job(c, "a job"))
    assert made is not None
    held = own(counter)
    lies = held | {Place.PRINTER: held[Place.PRINTER] + held[Place.BOOKED]}
    dialog = count_dialog(page)
    for place, row in dialog.rows.items():
        assert row.number.text() == ""
        row.number.setText(str(lies[place] if place is not Place.PRINTED else lies[place] - 1))
    assert set(dialog.rows) == set(COUNT_PLACES)
    dialog.submit()
    made_cards = dialog.rows[Place.PRINTED]
    qtbot.waitUntil(until(lambda: made_cards.badge.kind == "attention"), timeout=WAIT)
    assert dialog.rows[Place.SAFE].badge.kind == "good"
    assert dialog.second.isHidden()
    others = office.store.read(lambda c: ranges_at(c, Place.PRINTED, office.station.id))
    listed = [one.text for one in others if not one.first <= made.number <= one.last]
    made_cards.serials.setPlainText("\n".join(listed) or S(8123))
    dialog.submit()
    qtbot.waitUntil(until(lambda: not dialog.second.isHidden()), timeout=WAIT)
    named = child(dialog, "stock.count.named").accessibleName()
    assert f"{made.serial}: not in its place" in named
    dialog.submit()
    assert dialog._why.error
    dialog.explanation.setText("handed over without a receipt")
    dialog.second.username.setText("clerk")
    dialog.second.password.setText(PASSWORD)
    dialog.submit()
    with qtbot.waitSignal(page.done, timeout=WAIT) as said:
        confirm(qtbot)
    assert "stays open" in said.args[0]
    strip = child(page, "stock.strip.text")
    qtbot.waitUntil(until(lambda: made.serial in strip.accessibleName()), timeout=WAIT)


def test_the_report_is_kept_on_paper_and_as_a_table(
    qtbot: QtBot,
    counter: Counter,  # noqa: F811 -- the fixture of that name
    page: StockPage,
) -> None:
    run(page, "report")
    folder = counter.office.data / "stock-reports"
    qtbot.waitUntil(
        until(lambda: len(list(folder.glob("*"))) == 2 if folder.exists() else False), timeout=WAIT
    )
    (pdf,) = folder.glob("*.pdf")
    assert pdf.read_bytes().startswith(b"%PDF-")
    (table,) = folder.glob("*.csv")
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("sequence,day,time,entry,first,last")
    assert any(",loaded," in line for line in lines)
    from ui.widgets.slip import SlipDialog

    qtbot.waitUntil(until(lambda: page.findChild(SlipDialog) is not None), timeout=WAIT)
    shown = page.findChild(SlipDialog)
    assert isinstance(shown, SlipDialog)
    shown.close()
