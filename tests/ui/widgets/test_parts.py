"""Progress with time left, tables that say they are empty, fields with a source, slips shown whole and printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from printing.preview import rasterise
from printing.slips import ReceiptContent, SlipLine, render_receipt
from ui.background import Background
from ui.language import set_language
from ui.widgets.badge import Badge
from ui.widgets.field import Field
from ui.widgets.progress import Progress, seconds_left
from ui.widgets.scored_picture import ScoredPicture
from ui.widgets.slip import SlipDialog
from ui.widgets.slip_print import PRINT_DPI, millimetres, print_page, slip_printer
from ui.widgets.table import EmptyTable, dress_table


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def test_time_left_is_told_when_it_can_be_known() -> None:
    assert seconds_left(2.0, 2, 8) == pytest.approx(6.0)
    assert seconds_left(2.0, 8, 8) == 0
    assert seconds_left(0.1, 4, 8) is None, "too early"
    assert seconds_left(5.0, 0, 8) is None
    assert seconds_left(5.0, 1, 0) is None


def test_counted_work_tells_its_time(qtbot: QtBot) -> None:
    progress = Progress("tests.counted")
    qtbot.addWidget(progress)
    progress.begin()
    progress._began -= 3.0
    progress.advance(25, 100)
    assert progress.bar.value() == 25
    assert progress.words == "About 9 s left"
    assert progress.bar.accessibleDescription() == "About 9 s left"
    set_language("lo")
    progress.advance(25, 100)
    assert "9" in progress.words
    assert "left" not in progress.words
    progress.end()
    assert progress.isHidden()


def test_uncounted_work_is_measured_against_the_last_time(qtbot: QtBot) -> None:
    progress = Progress("tests.uncounted")
    qtbot.addWidget(progress)
    progress.begin()
    progress._began -= 10.0
    progress._tell()
    assert progress.words == "10 s so far"
    progress.end(whole=False)
    progress.begin()
    progress._began -= 4.0
    progress._tell()
    assert progress.words == "4 s so far", "what was broken off is no measure"
    progress._began -= 6.0
    progress.end()
    progress.begin()
    progress._began -= 4.0
    progress._tell()
    assert progress.words == "About 6 s left"
    progress.end()


def test_an_empty_table_says_so(qtbot: QtBot) -> None:
    table = QTableWidget(0, 2)
    qtbot.addWidget(table)
    dress_table(table)
    empty = EmptyTable(table, "Nothing here", "Ctrl+N begins")
    table.resize(500, 300)
    table.show()
    assert empty.shown
    table.insertRow(0)
    assert not empty.shown
    table.setRowCount(0)
    assert empty.shown
    assert table.verticalHeader().defaultSectionSize() == 40
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert table.currentRow() == -1


def test_a_field_tells_its_source(qtbot: QtBot) -> None:
    field = Field("Name", QLineEdit())
    qtbot.addWidget(field)
    field.show()
    badge = field.findChild(Badge)
    assert badge is not None
    assert badge.isHidden()
    field.set_source("From the passport", "action")
    assert badge.isVisible()
    assert badge.text == "From the passport"
    field.set_source("")
    assert badge.isHidden()


def test_a_badge_without_room_is_shortened_and_tells_all(qtbot: QtBot) -> None:
    badge = Badge("attention", "", "The administrator enters the address of the printer")
    qtbot.addWidget(badge)
    roomy = badge.sizeHint().width()
    badge.resize(120, 30)
    badge.show()
    assert roomy > 240
    assert badge.minimumSizeHint().width() < 120
    assert badge.accessibleName() == "The administrator enters the address of the printer"
    assert badge.text == badge.accessibleName()


def test_a_picture_with_its_score(qtbot: QtBot) -> None:
    picture = ScoredPicture("tests", (100, 100))
    qtbot.addWidget(picture)
    picture.judge("good", "", "Good", "Quality 60")
    picture.show()
    assert picture.verdict.isVisible()
    assert picture.score.accessibleName() == "Quality 60"
    picture.show_verdict(False)
    assert not picture.verdict.isVisible()


@pytest.fixture
def background() -> Iterator[Background]:
    lanes = Background()
    yield lanes
    lanes.close()


def slip() -> bytes:
    name = SlipLine("ຊື່", "Name", "ສຸດາວັນ ພົມມະຈັນ")
    return render_receipt(
        ReceiptContent("ໃບຮັບບັດ", "Receipt", "ຫ້ອງການ", "22/11/2026", "VTE-S1-261122-001-S", (name,))
    )


def ink(image: QImage) -> int:
    """Dark pixels on a coarse grid."""
    return sum(
        QColor(image.pixel(x, y)).lightness() < 128
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    )


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)])
def test_the_whole_slip_is_shown(qtbot: QtBot, background: Background, size: tuple[int, int]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(*size)
    dialog = SlipDialog(window, "Receipt", "x.pdf", slip(), background)
    dialog.open()
    qtbot.waitUntil(lambda: not dialog._page.pixmap().isNull(), timeout=20_000)
    assert dialog._page.rect().contains(dialog._page.place)
    width, height = millimetres(dialog._page.pixmap().toImage())
    assert (width, height) == pytest.approx((148, 210), abs=1)
    assert dialog._page.place.width() / dialog._page.place.height() == pytest.approx(148 / 210, abs=0.02)
    assert dialog.height() <= size[1]
    dialog.accept()


def test_a_slip_on_paper_is_the_slip(qtbot: QtBot, tmp_path: Path) -> None:
    pixels = rasterise(slip(), 0, PRINT_DPI)
    height, width, _colours = pixels.shape
    page = QImage(pixels.tobytes(), width, height, width * 3, QImage.Format.Format_RGB888)
    printer: QPrinter = slip_printer(*millimetres(page))
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    assert print_page(printer, page)
    paper = rasterise((tmp_path / "paper.pdf").read_bytes(), 0, 100)
    again = QImage(
        paper.tobytes(), paper.shape[1], paper.shape[0], paper.shape[1] * 3, QImage.Format.Format_RGB888
    )
    assert (again.width(), again.height()) == pytest.approx((583, 827), abs=4)
    assert ink(again) == pytest.approx(ink(page.scaled(again.size())), rel=0.35)


def test_without_a_printer_it_says_what_can_be_done(
    qtbot: QtBot, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The machine that runs the tests may have a print queue of its own.
    monkeypatch.setattr("ui.widgets.slip.has_printer", lambda: False)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    dialog = SlipDialog(window, "Receipt", "x.pdf", slip(), background)
    dialog.open()
    qtbot.waitUntil(lambda: not dialog._page.pixmap().isNull(), timeout=20_000)
    QTest.keyClick(dialog, Qt.Key.Key_F5)
    assert "No printer" in dialog.strip.text
    assert "Save a copy" in dialog.strip.text
    dialog.accept()
