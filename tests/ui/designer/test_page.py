"""The designer at a real office: drafts, drags, keys, problems, comparison, test print, two people publishing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import takewhile
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from devices.simulated.printer import SimulatedPrinter
from printing.elements import Element, TextElement
from printing.specification import built_in_layout, check, open_draft
from tests.layouts import NAME
from tests.ui.stages.counter_office import PASSWORD, Counter, child, type_into, until
from ui.designer import edits
from ui.designer.page import DesignerPage
from ui.messages import explain
from workstation.database.audit import audit_of
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason
from workstation.domain.stock import Place
from workstation.workflow.layouts.drafts import discard_draft, keep_draft, shelf
from workstation.workflow.layouts.publish import publications_of_office, withdraw_layout
from workstation.workflow.office import SignedIn
from workstation.workflow.printers.steps import add_printer
from workstation.workflow.sign_in import sign_in
from workstation.workflow.sign_in_confirming import confirm
from workstation.workflow.stock import steps as stock
from workstation.workflow.stock.view import stock_view

WAIT = 60_000
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def administrator(counter: Counter) -> SignedIn:
    who = sign_in(counter.office, "admin", PASSWORD)
    discard_draft(counter.office, who, NAME)
    for one in publications_of_office(counter.office):
        if one.state == "proposed":
            withdraw_layout(counter.office, who, one.id)
    return who


@pytest.fixture
def page(qtbot: QtBot, counter: Counter, administrator: SignedIn) -> Iterator[DesignerPage]:
    shown = opened(qtbot, counter, administrator)
    yield shown
    shown.close()


def opened(qtbot: QtBot, counter: Counter, who: SignedIn) -> DesignerPage:
    shown = DesignerPage(counter.context(who))
    qtbot.addWidget(shown)
    shown.resize(1290, 560)
    shown.show()
    shown.enter()
    qtbot.waitUntil(until(lambda: shown.table.entry is not None), timeout=WAIT)
    return shown


def run(page: DesignerPage, name: str) -> None:
    action = next(action for action in page.page_actions() if action.name == name)
    assert action.enabled, name
    action.run()


def draft(qtbot: QtBot, page: DesignerPage) -> None:
    """Begins a draft of the layout in use and waits until it is drawn."""
    table = page.table
    labels = [entry.label for entry in table._entries]
    table.selectRow(labels.index(f"{NAME}@1"))
    run(page, "draft")
    qtbot.waitUntil(until(lambda: page.editing and page.editor.problems.count() > 0), timeout=WAIT)


def element(page: DesignerPage, name: str) -> Element:
    layout = page.editor.history.layout
    assert layout is not None
    (found,) = edits.chosen(layout, (name,))
    return found


def select(qtbot: QtBot, page: DesignerPage, name: str) -> None:
    """Selects it and waits until it can be dragged as it is printed."""
    page.editor.canvas.select((name,))
    qtbot.waitUntil(until(lambda: page.editor.canvas._sheets._apart is not None), timeout=WAIT)


def kept(qtbot: QtBot, page: DesignerPage) -> None:
    qtbot.waitUntil(until(lambda: page.editor.keeping.all_kept), timeout=WAIT)


def at(page: DesignerPage, x: float, y: float) -> QPoint:
    return page.editor.canvas.mapFromScene(QPointF(x, y))


def test_a_drag_moves_what_is_printed_and_is_kept(qtbot: QtBot, counter: Counter, page: DesignerPage) -> None:
    draft(qtbot, page)
    before = element(page, "portrait")
    select(qtbot, page, "portrait")
    canvas = page.editor.canvas
    canvas.snapping = False
    start = at(page, before.x + before.width / 2, before.y + before.height / 2)
    port = canvas.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 5):
        QTest.mouseMove(port, start + QPoint(10 * step, 5 * step))
        QApplication.processEvents()
    assert canvas.hand.holds
    assert canvas._sheets.lifted, "its own picture moves"
    assert element(page, "portrait") == before, "nothing is changed before it is let go"
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 20))
    after = element(page, "portrait")
    assert after.x == pytest.approx(before.x + 40 / canvas.zoom, abs=0.02)
    assert after.y <= 53.98 - after.height + 0.01
    kept(qtbot, page)
    (found,) = shelf(counter.office).drafts
    assert open_draft(found.document) == page.editor.history.layout
    page.editor.history.stack.undo()
    assert element(page, "portrait") == before
    kept(qtbot, page)
    (found,) = shelf(counter.office).drafts
    assert open_draft(found.document) == page.editor.history.layout, "what is taken back is kept as well"
    qtbot.waitUntil(until(lambda: not canvas._sheets.lifted), timeout=WAIT)


def test_handles_resize(qtbot: QtBot, page: DesignerPage) -> None:
    draft(qtbot, page)
    select(qtbot, page, "portrait")
    before, canvas = element(page, "portrait"), page.editor.canvas
    canvas.snapping = False
    corner = at(page, before.x + before.width, before.y)
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=corner)
    QTest.mouseMove(canvas.viewport(), corner + QPoint(-30, 20))
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=corner + QPoint(-30, 20))
    after = element(page, "portrait")
    assert after.width == pytest.approx(before.width - 30 / canvas.zoom, abs=0.05)
    assert after.y == pytest.approx(before.y + 20 / canvas.zoom, abs=0.05)
    assert after.x == before.x
    assert after.y + after.height == pytest.approx(before.y + before.height, abs=0.02)


def test_keys(qtbot: QtBot, page: DesignerPage) -> None:
    draft(qtbot, page)
    canvas, before = page.editor.canvas, element(page, "name-lo")
    canvas.select(("name-lo",))
    for _press in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Left)
    QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    after = element(page, "name-lo")
    assert (after.x, after.y) == pytest.approx((before.x - 0.3, before.y + 1.0))
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert element(page, "name-lo") == before, "small steps in a row are taken back as one"
    QTest.keyClick(canvas, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert element(page, "name-lo") == after
    QTest.keyClick(canvas, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert canvas.selected == ("name-lo-2",)
    QTest.keyClick(canvas, Qt.Key.Key_X)
    QTest.keyClick(canvas, Qt.Key.Key_D)
    assert element(page, "name-lo-2").layer == "text", "a letter alone is no command"
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    layout = page.editor.history.layout
    assert layout is not None
    assert not edits.chosen(layout, ("name-lo-2",))


def test_problems_select_their_element_on_its_side(qtbot: QtBot, page: DesignerPage) -> None:
    draft(qtbot, page)
    layout = page.editor.history.layout
    assert layout is not None
    code = next(one for one in layout.back if type(one).__name__ == "SymbolElement")
    page.editor.history.make(edits.changed(layout, code.id, width=3.0))
    lines = page.editor.problems
    qtbot.waitUntil(
        until(lambda: any(code.id in lines.item(row).text() for row in range(lines.count()))), timeout=WAIT
    )
    row = next(row for row in range(lines.count()) if code.id in lines.item(row).text())
    lines.setCurrentRow(row)
    lines._go(row)
    assert page.editor.canvas.selected == (code.id,)
    assert page.editor.canvas.side == "back"


def test_a_property_is_checked_before_it_is_taken(qtbot: QtBot, page: DesignerPage) -> None:
    draft(qtbot, page)
    page.editor.canvas.select(("name-lo",))
    editor = child(page.editor.properties, "designer.size")
    assert isinstance(editor, QLineEdit)
    before = element(page, "name-lo")
    editor.clear()
    type_into(editor, "100")
    editor.editingFinished.emit()
    assert element(page, "name-lo") == before
    assert "72" in (page.editor.properties._fields["size"].error or "")
    editor.clear()
    type_into(editor, "9,5")
    editor.editingFinished.emit()
    after = element(page, "name-lo")
    assert isinstance(after, TextElement)
    assert after.size == 9.5


def test_a_test_card_is_marked_and_comparison_shows_the_version_in_use(
    qtbot: QtBot, counter: Counter, page: DesignerPage
) -> None:
    draft(qtbot, page)
    canvas, presenter = page.editor.canvas, page.editor.presenter
    layout = page.editor.history.layout
    assert layout is not None
    page.editor.history.make(edits.moved(layout, ("portrait",), 20, 0))
    run(page, "compare")
    assert presenter.comparison == "overlay"
    problems = page.editor.problems
    qtbot.waitUntil(until(lambda: "moved" in problems.item(0).text()), timeout=WAIT)
    assert [name for name, _box in canvas.ghosts["front"]] == ["portrait"]
    qtbot.waitUntil(until(lambda: not presenter._drawing and bool(presenter._before)), timeout=WAIT)
    assert (presenter._before["front"] != presenter._now["front"]).any()
    run(page, "compare")
    run(page, "compare")
    assert presenter.comparison == ""
    qtbot.waitUntil(until(lambda: not presenter._drawing and not canvas.ghosts), timeout=WAIT)
    assert "moved" not in problems.item(0).text()
    samples = page.editor.samples
    with qtbot.waitSignal(samples.filed, timeout=WAIT) as told:
        samples.file(presenter.person)
    document = pypdfium2.PdfDocument(told.args[0])
    try:
        assert ["NOT VALID" in document[side].get_textpage().get_text_range() for side in range(2)] == [
            True,
            True,
        ]
    finally:
        document.close()
    assert canvas.editable


def test_two_people_publish(qtbot: QtBot, counter: Counter, page: DesignerPage) -> None:
    draft(qtbot, page)
    layout = page.editor.history.layout
    assert layout is not None
    page.editor.history.make(replace(layout, comment="of the designer"))
    with qtbot.waitSignal(page.done, timeout=WAIT):
        run(page, "propose")
    qtbot.waitUntil(until(lambda: not page.editing and page.table.rowCount() >= 3), timeout=WAIT)
    (made,) = [one for one in publications_of_office(counter.office) if one.state == "proposed"]
    assert shelf(counter.office).drafts == ()
    second = opened(qtbot, counter, counter.supervisor)
    run(second, "open")
    qtbot.waitUntil(until(lambda: second.editing), timeout=WAIT)
    assert not second.editor.canvas.editable
    assert "propose" not in {action.name for action in second.page_actions()}
    confirm(counter.office, counter.supervisor, PASSWORD, Verb.APPROVE_LAYOUT, made.id)
    with qtbot.waitSignal(second.done, timeout=WAIT):
        run(second, "approve")
    assert publications_of_office(counter.office)[0].state == "approved"
    second.close()


def test_a_district_office_only_looks(qtbot: QtBot, counter: Counter, administrator: SignedIn) -> None:
    station = replace(counter.office.station, office_code="XKH")
    context = replace(counter.context(administrator), office=replace(counter.office, station=station))
    shown = DesignerPage(context)
    qtbot.addWidget(shown)
    shown.show()
    shown.enter()
    qtbot.waitUntil(until(lambda: shown.table.entry is not None), timeout=WAIT)
    assert {action.name for action in shown.page_actions()} == {"open"}
    run(shown, "open")
    qtbot.waitUntil(until(lambda: shown.editing and shown.editor.problems.count() > 0), timeout=WAIT)
    before = shown.editor.history.layout
    shown.editor.canvas.select(("portrait",))
    QTest.keyClick(shown.editor.canvas, Qt.Key.Key_Left)
    QTest.keyClick(shown.editor.canvas, Qt.Key.Key_Delete)
    assert shown.editor.history.layout is before
    shown.close()


def test_a_new_element_of_each_kind_is_sound(qtbot: QtBot, page: DesignerPage) -> None:
    draft(qtbot, page)
    page.editor.canvas.turn("back")
    kinds = takewhile(lambda action: not action.isSeparator(), page.editor.commands.add_menu().actions())
    for action in kinds:
        action.trigger()
        (name,) = page.editor.canvas.selected
        layout = page.editor.history.layout
        assert layout is not None
        problems = {problem.code for problem in check(layout) if problem.element == name}
        assert problems <= {"overlap", "low-contrast"}, (name, problems)
    assert layout is not None
    assert len(layout.back) == len(built_in_layout(NAME).back) + 9


def test_the_day_from_which_it_is_in_use(qtbot: QtBot, page: DesignerPage) -> None:
    draft(qtbot, page)

    def typed(text: str) -> date:
        day = child(page.editor.properties, "designer.valid_from")
        assert isinstance(day, QLineEdit)
        day.clear()
        type_into(day, text)
        QTest.keyClick(day, Qt.Key.Key_Return)
        layout = page.editor.history.layout
        assert layout is not None
        return layout.valid_from

    assert typed("1/3/2027") == date(2027, 3, 1)
    assert typed("໓໑/໑/໒໐໒໘") == date(2028, 1, 31)
    shown = child(page.editor.properties, "designer.valid_from").grab().toImage()
    inks = {shown.pixel(x, y) for x in range(12, 100) for y in range(12, shown.height() - 12)}
    assert len(inks) > 5, "the day is seen"
    for wrong in ("2027", "31/2/2027", "soon", ""):
        assert typed(wrong) == date(2028, 1, 31)


def test_commands_by_physical_key_with_the_lao_layout(qtbot: QtBot, page: DesignerPage) -> None:
    """What arrives is the Lao layout's letter; the scan codes are those of the keys A, D, Z and Y (xkb: evdev + 8)."""
    draft(qtbot, page)
    canvas = page.editor.canvas

    def press(letter: int, scan: int, modifier: Qt.KeyboardModifier = CTRL) -> None:
        event = QKeyEvent(QEvent.Type.KeyPress, letter, modifier, scan, 0, 0, chr(letter))
        QApplication.sendEvent(canvas, event)

    press(0x0EB1, 38)
    assert set(canvas.selected) == {one.id for one in canvas.touchable()}
    canvas.select(("name-lo",))
    press(0x0E81, 40)
    assert canvas.selected == ("name-lo-2",)
    press(0x0E9C, 52)
    layout = page.editor.history.layout
    assert layout is not None
    assert not edits.chosen(layout, ("name-lo-2",))
    press(0x0E8D, 29)
    layout = page.editor.history.layout
    assert layout is not None
    assert edits.chosen(layout, ("name-lo-2",))
    for scan in (38, 40, 52, 53, 54, 55):
        press(0x0E9C, scan, Qt.KeyboardModifier.NoModifier)
        press(0x0E9C, scan, Qt.KeyboardModifier.ShiftModifier)
    assert page.editor.history.layout is layout, "a letter alone is no command"


def test_tab_goes_through_the_elements_and_on(qtbot: QtBot, page: DesignerPage) -> None:
    draft(qtbot, page)
    canvas = page.editor.canvas
    canvas.setFocus()
    names = [one.id for one in canvas.touchable()]
    seen: list[str] = []
    for _name in names:
        QTest.keyClick(canvas, Qt.Key.Key_Tab)
        seen += canvas.selected
    assert seen == names
    QTest.keyClick(canvas, Qt.Key.Key_Backtab)
    assert canvas.selected == (names[-2],)
    QTest.keyClick(canvas, Qt.Key.Key_End)
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert page.window().focusWidget() is not canvas
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.selected == (names[0],)


def test_layers_are_added_named_hidden_locked_and_put_in_order_by_keyboard(
    qtbot: QtBot, page: DesignerPage
) -> None:
    draft(qtbot, page)
    editor, canvas, layers = page.editor, page.editor.canvas, page.editor.layers

    def choose(menu: QMenu, text: str) -> None:
        next(one for one in menu.actions() if one.text() == text).trigger()
        menu.deleteLater()

    def held() -> list[str]:
        layout = editor.history.layout
        assert layout is not None
        return [layer.name for layer in layout.layers]

    before = held()
    choose(editor.commands.add_menu(), "Layer")
    assert held() == [*before, "layer"]
    assert layers.layer == "layer"
    name = child(editor.properties, "designer.layer_name")
    assert isinstance(name, QLineEdit)
    name.clear()
    type_into(name, before[0])
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert held()[-1] == "layer", "taken already"
    name = child(editor.properties, "designer.layer_name")
    assert isinstance(name, QLineEdit)
    name.clear()
    type_into(name, "extra")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert held() == [*before, "extra"]
    assert layers.layer == "extra"
    choose(editor.commands.arrange_menu(), "Layer down")
    assert held() == [*before[:-1], "extra", before[-1]]
    choose(editor.commands.add_menu(), "Text")
    assert editor.properties._fields["layer"].editor.currentData() == "extra"  # type: ignore[attr-defined]  # a box
    layers.go_to("extra")
    QTest.keyClick(layers, Qt.Key.Key_Space)
    assert canvas.hidden == {"extra"}
    QTest.keyClick(layers, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert "extra" in canvas.locked
    QTest.keyClick(layers, Qt.Key.Key_Space)
    assert canvas.hidden == frozenset()
    kept_one = element(page, "text")
    canvas.select(("text",))
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert element(page, "text") == kept_one, "locked"
    layers.go_to("extra")
    assert not next(
        one for one in editor.commands.arrange_menu().actions() if "Remove" in one.text()
    ).isEnabled()


def test_what_a_sample_person_finds_is_listed_and_gone_to_by_keyboard(
    qtbot: QtBot, page: DesignerPage
) -> None:
    draft(qtbot, page)
    layout, lines, canvas = page.editor.history.layout, page.editor.problems, page.editor.canvas
    assert layout is not None
    assert page.editor.person.currentText() == "An ordinary name"
    page.editor.history.make(edits.changed(layout, "name-lo", width=30.0))

    def listed() -> list[str]:
        return [lines.item(row).text() for row in range(lines.count())]

    qtbot.waitUntil(until(lambda: any("for The longest name" in line for line in listed())), timeout=WAIT)
    row = next(row for row, line in enumerate(listed()) if "for The longest name" in line)
    lines.setFocus()
    for _step in range(lines.count()):
        if lines.currentRow() == row:
            break
        QTest.keyClick(lines, Qt.Key.Key_Down)
    assert canvas.selected == ("name-lo",)
    QTest.keyClick(lines, Qt.Key.Key_Return)
    assert page.window().focusWidget() is canvas


def test_artwork_from_a_file_lies_on_the_card_and_in_the_draft(
    qtbot: QtBot, counter: Counter, page: DesignerPage, tmp_path: Path
) -> None:
    draft(qtbot, page)
    good, bad = tmp_path / "crest.png", tmp_path / "moving.png"
    Image.new("RGB", (60, 30), "#BFD5EE").save(good)
    Image.new("RGB", (60, 30)).save(bad, save_all=True, append_images=[Image.new("RGB", (60, 30), "red")])
    with qtbot.waitSignal(page.failed, timeout=WAIT) as told:
        page.editor.take_artwork(bad)
    assert "several pictures" in explain(told.args[0]).text
    page.editor.take_artwork(good)
    qtbot.waitUntil(until(lambda: page.editor.canvas.selected == ("artwork",)), timeout=WAIT)
    kept(qtbot, page)
    (found,) = shelf(counter.office).drafts
    layout = open_draft(found.document)
    assert layout == page.editor.history.layout
    assert layout.art[-1].data == good.read_bytes()


def test_two_people_on_one_draft_lose_nothing(qtbot: QtBot, counter: Counter, page: DesignerPage) -> None:
    draft(qtbot, page)
    office, editor = counter.office, page.editor
    (found,) = shelf(office).drafts
    theirs = replace(open_draft(found.document), comment="theirs")
    keep_draft(office, page._context.who, theirs, found.revision)
    mine = edits.moved(open_draft(found.document), ("portrait",), 1, 0)
    with qtbot.waitSignal(page.failed, timeout=WAIT) as told:
        editor.history.make(mine)
    assert told.args[0].reason is Reason.DRAFT_KEPT_BESIDE
    assert f"{NAME}-2" in explain(told.args[0]).text
    kept(qtbot, page)
    again = edits.moved(mine, ("portrait",), 1, 0)
    editor.history.make(again)
    kept(qtbot, page)
    held = {one.name: open_draft(one.document) for one in shelf(office).drafts}
    assert held == {NAME: theirs, f"{NAME}-2": again}
    assert editor.title.text() == f"{NAME}-2"
    with qtbot.waitSignal(editor.keeping.proposed, timeout=WAIT) as made:
        run(page, "propose")
    assert made.args[0].name == NAME
    assert [one.name for one in shelf(office).drafts] == [NAME]


def test_a_test_card_goes_to_the_chosen_printer_and_never_on_a_numbered_blank(
    qtbot: QtBot, counter: Counter, page: DesignerPage
) -> None:
    draft(qtbot, page)
    office, who, samples = counter.office, page._context.who, page.editor.samples
    loaded = stock_view(office, counter.supervisor).ranges[Place.PRINTER]
    with SimulatedPrinter() as machine:
        known = add_printer(office, who, name="Zebra", address=machine.uri)
        with qtbot.waitSignal(samples.printers, timeout=WAIT) as told:
            samples.ask_printers()
        (one,) = told.args[0]
        assert (one.printer.id, one.numbered) == (known.id, sum(held.count for held in loaded))
        person = page.editor.presenter.person
        with qtbot.waitSignal(page.failed, timeout=WAIT) as refusal:
            samples.print(person, one)
        assert refusal.args[0].reason is Reason.NUMBERED_BLANKS_LOADED
        assert "Zebra" in explain(refusal.args[0]).text
        for held in loaded:
            stock.unload(office, counter.supervisor, held.first_serial, held.last_serial)
        with qtbot.waitSignal(page.done, timeout=WAIT):
            samples.print(person, one)
        qtbot.waitUntil(until(lambda: len(machine.cards()) == 1), timeout=WAIT)
        ((name, _pdf),) = machine.cards()
        assert name == f"test {NAME}@1"
    trail = office.store.read(lambda connection: audit_of(connection, f"{NAME}@1"))
    assert AuditTag.LAYOUT_TESTED in [entry.tag for entry in trail]
    assert stock_view(office, counter.supervisor).ranges[Place.PRINTER] == ()
