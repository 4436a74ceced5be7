"""The check page at a real office: a camera that sees the printed card, a reader on a pseudo-terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from devices.camera.opencv import cv2
from devices.simulated.camera import SimulatedCamera
from devices.simulated.pn532 import SimulatedPn532
from tests.offices import CLERK, PASSWORD
from tests.ui.lock.dialogs import confirm_dialog
from tests.ui.stages.photo.counter import Counter, action, another_code, counter, part
from ui import theme
from ui.stages.check.page import CheckPage
from ui.stages.check.void_dialog import VoidDialog
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.settings import Settings
from workstation.workflow.check.view import CheckItem, Source
from workstation.workflow.print.view import view as print_view

WAIT = 20_000
UID = bytes.fromhex("04A1B2C3D4E5F6")


def on_the_table(side: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The card as a camera above a grey table sees it."""
    picture = np.full((720, 1280, 3), 96, np.uint8)
    height, width = side.shape[:2]
    picture[40 : 40 + height, 90 : 90 + width] = side
    return picture


@pytest.fixture
def camera() -> Iterator[SimulatedCamera]:
    with SimulatedCamera(on_the_table(np.full((600, 900, 3), 96, np.uint8)), rate=6) as camera:
        yield camera


@pytest.fixture
def reader() -> Iterator[SimulatedPn532]:
    with SimulatedPn532() as reader:
        yield reader


def settings(camera: SimulatedCamera, reader: SimulatedPn532) -> Settings:
    return Settings(camera="", card_camera=camera.url, card_reader_port=reader.path)


@pytest.fixture
def place(
    data_folder: Path, camera: SimulatedCamera, reader: SimulatedPn532, qtbot: QtBot
) -> Iterator[Counter]:
    with counter(data_folder, Stage.CHECK, settings(camera, reader)) as place:
        yield place


@pytest.fixture
def page(place: Counter, qtbot: QtBot) -> Iterator[CheckPage]:
    page = CheckPage(place.context)
    place.open(qtbot, page)
    qtbot.waitUntil(lambda: page._view is not None and not page.preview.notice, timeout=WAIT)
    yield page
    page.leave()


def printed(place: Counter) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Front and back as they lie in the tray."""
    shown = print_view(place.context.office, place.application)
    front, back = (
        np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR), np.uint8)
        for png in (shown.front_png, shown.back_png)
    )
    return front, back


def with_code(back: NDArray[np.uint8], code: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The back with another code printed in the place of its own."""
    changed = back.copy()
    left, top, side = 641, 14, 340
    changed[top : top + side, left : left + side] = cv2.resize(
        code, (side, side), interpolation=cv2.INTER_NEAREST
    )
    return changed


def lay(page: CheckPage, camera: SimulatedCamera, picture: NDArray[np.uint8], qtbot: QtBot) -> None:
    """Puts the picture before the camera and waits until the page shows it."""
    camera.show(picture)
    wanted = cv2.resize(picture, (64, 36)).astype(int)

    def arrived() -> bool:
        frame = page.presenter.stream.frame
        return frame is not None and abs(cv2.resize(frame.image, (64, 36)).astype(int) - wanted).mean() < 12

    qtbot.waitUntil(arrived, timeout=WAIT)


def read(page: CheckPage, camera: SimulatedCamera, side: NDArray[np.uint8], name: str, qtbot: QtBot) -> None:
    """Lays one side before the camera and reads until the page has it."""
    lay(page, camera, on_the_table(side), qtbot)
    QTest.keyClick(page.preview, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: name in page.sides_read and not page.busy, timeout=WAIT)


def read_both(
    page: CheckPage,
    camera: SimulatedCamera,
    sides: tuple[NDArray[np.uint8], NDArray[np.uint8]],
    qtbot: QtBot,
) -> None:
    read(page, camera, sides[0], "front", qtbot)
    assert page.sides_read == {"front"}
    assert "Turn the card over" in page._hold.accessibleName()
    read(page, camera, sides[1], "back", qtbot)


def row(page: CheckPage, name: str) -> list[str]:
    """The row whose value has that name, cell by cell."""
    for at in range(page.items.rowCount()):
        cells = [page.items.item(at, column) for column in range(page.items.columnCount())]
        texts = [cell.text() for cell in cells if cell is not None]
        if texts[0].replace("\u200b", "") == name:
            return texts
    raise AssertionError(name)


def test_card_and_chip_agree_and_the_card_is_released(
    page: CheckPage, place: Counter, camera: SimulatedCamera, reader: SimulatedPn532, qtbot: QtBot
) -> None:
    read_both(page, camera, printed(place), qtbot)
    assert page.verdict.kind == "good", page.verdict.text
    assert row(page, "Identity number")[2:] == ["Agrees", "Agrees", "", "Agrees"]
    assert row(page, "Document number")[2:] == ["Agrees", "Agrees", "Agrees", "Agrees"]
    assert row(page, "Photo")[2:] == ["Agrees", "", "", "Agrees"]
    assert page.crop.isHidden()
    page.items.selectRow(1)
    assert not page.crop.isHidden()
    assert not action(page, "check.complete").enabled
    assert page.chip.text == "Hold the card on the reader"

    reader.put_card(UID)
    qtbot.waitUntil(lambda: action(page, "check.complete").enabled, timeout=WAIT)
    assert page.chip.text == "04 A1 B2 C3 D4 E5 F6"
    with qtbot.waitSignal(page.moved, timeout=WAIT):
        action(page, "check.complete").run()
    assert place.stage() is Stage.HAND_OVER


def test_a_code_of_another_person_asks_for_a_second_reading_and_then_holds_the_card(
    page: CheckPage, place: Counter, camera: SimulatedCamera, reader: SimulatedPn532, qtbot: QtBot
) -> None:
    reader.put_card(UID)
    front, back = printed(place)
    wrong = with_code(back, another_code())
    read_both(page, camera, (front, wrong), qtbot)
    assert page.verdict.kind == "stopped"
    assert "Read both sides once more" in page.verdict.text
    assert "Identity number" in page.verdict.text
    assert row(page, "Identity number")[2:] == ["Differs", "Agrees", "", "Agrees"]
    assert not page.crop.isHidden()
    qtbot.waitUntil(lambda: page.chip.kind == "good", timeout=WAIT)
    assert action(page, "check.read").enabled

    read_both(page, camera, (front, wrong), qtbot)
    assert "held after 2 readings" in page.verdict.text
    for name in ("check.read", "check.files", "check.complete", "check.reprint"):
        assert not action(page, name).enabled, name


def test_a_second_reading_that_agrees_lets_the_card_go(
    page: CheckPage, place: Counter, camera: SimulatedCamera, qtbot: QtBot
) -> None:
    front, back = printed(place)
    read_both(page, camera, (front, with_code(back, another_code())), qtbot)
    assert page.verdict.kind == "stopped"
    read_both(page, camera, (front, back), qtbot)
    assert page.verdict.kind == "good", page.verdict.text


def test_a_supervisor_and_a_second_person_void_it(
    data_folder: Path, camera: SimulatedCamera, reader: SimulatedPn532, qtbot: QtBot
) -> None:
    with counter(data_folder, Stage.CHECK, settings(camera, reader), supervisor=True) as place:
        page = CheckPage(place.context)
        place.open(qtbot, page)
        qtbot.waitUntil(lambda: action(page, "check.reprint").enabled, timeout=WAIT)
        action(page, "check.reprint").run()
        asked = page.window().findChild(VoidDialog)
        assert asked is not None
        asked.reason.setText("scratched")
        asked.username.setText(CLERK)
        asked.password.setText("not the password")
        QTest.keyClick(asked.password, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not part(asked, QWidget, "check.void.strip").isHidden(), timeout=WAIT)
        assert place.stage() is Stage.CHECK
        asked.password.setText(PASSWORD)
        QTest.keyClick(asked.password, Qt.Key.Key_Return)
        dialog = confirm_dialog(qtbot)
        dialog.password.setText(PASSWORD)
        with qtbot.waitSignal(page.moved, timeout=WAIT):
            QTest.keyClick(dialog.password, Qt.Key.Key_Return)
        assert place.stage() is Stage.PRINT
        page.leave()


def test_no_card_in_the_picture_is_a_refusal(page: CheckPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.failed, timeout=WAIT) as failure:
        page._read()
    assert failure.args is not None
    refusal = failure.args[0]
    assert isinstance(refusal, Refused)
    assert refusal.reason is Reason.CARD_NOT_SEEN
    assert action(page, "check.read").enabled


def test_both_sides_from_files(page: CheckPage, place: Counter, tmp_path: Path, qtbot: QtBot) -> None:
    files = []
    for name, side in zip(("one.png", "two.png"), reversed(printed(place)), strict=True):
        cv2.imwrite(str(tmp_path / name), on_the_table(side))
        files.append(tmp_path / name)
    with qtbot.waitSignal(page.failed, timeout=WAIT):
        page.presenter.read_files((Path(__file__),))
    with qtbot.waitSignal(page.failed, timeout=WAIT) as failure:
        page.presenter.read_files((files[0], files[0]))
    assert failure.args is not None
    assert isinstance(failure.args[0], Refused)
    assert failure.args[0].reason is Reason.CARD_SIDES
    assert (page.sides_read, page.busy) == (frozenset(), False)
    page.presenter.read_files(tuple(files))
    qtbot.waitUntil(lambda: page.verdict.kind == "good" and not page.busy, timeout=WAIT)
    assert page.sides_read == {"front", "back"}


def test_a_reader_that_goes_away_is_told_and_asked_again(
    page: CheckPage, reader: SimulatedPn532, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: page.chip.text == "Hold the card on the reader", timeout=WAIT)
    qtbot.wait(300)
    reader.close()
    qtbot.waitUntil(lambda: page.chip.text == "Reader fault", timeout=WAIT)
    assert page.chip_note.accessibleName() != ""
    qtbot.waitUntil(lambda: action(page, "check.chip").enabled, timeout=WAIT)


def test_a_difference_is_seen_whole_and_stands_first(page: CheckPage) -> None:
    long_name = "Chanthavongphasoukbounmixay Phommasoulinthavongsavanh Sisavangvatthana"
    theme.load_fonts()
    page.items.setFont(theme.font())
    page.items.setFixedWidth(720)
    page.items.show_items(
        (
            CheckItem("sex", "F", "F", True),
            CheckItem("name_latin", long_name, "Somebody Else", False),
            CheckItem("nationality", "LAO", "", None, Source.ZONE),
        )
    )
    texts = [page.items.item(at, 0) for at in range(3)]
    assert [cell.text() for cell in texts if cell] == ["Name (Latin)", "Nationality", "Sex"]
    assert row(page, "Name (Latin)")[1:3] == [long_name, "Differs"]
    assert row(page, "Nationality")[3] == "Unread"
    assert page.items.rowHeight(0) > 40


def test_where_there_is_no_room_for_two_columns_the_verdict_stands_over_both(page: CheckPage) -> None:
    def at(widget: QWidget) -> tuple[int, int]:
        place = widget.mapTo(page, widget.rect().topLeft())
        return place.x(), place.y()

    for width, roomy in ((1302, True), (600, False), (1302, True)):
        page.resize(width, 448)
        QApplication.processEvents()
        assert page.minimumSizeHint().width() <= 600
        assert (at(page.verdict)[0] > at(page.preview)[0]) is roomy
        assert (at(page.verdict)[1] < at(page.preview)[1]) is not roomy
        assert (at(page.items)[1] > at(page.preview)[1] + page.preview.height()) is not roomy
        assert page.items.isColumnHidden(1) is not roomy
