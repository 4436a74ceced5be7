"""The check page at a real office: a camera that sees the printed card, a reader on a pseudo-terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from devices.camera.opencv import cv2
from devices.simulated.camera import SimulatedCamera
from devices.simulated.pn532 import SimulatedPn532
from tests.offices import PASSWORD
from tests.ui.lock.dialogs import confirm_dialog
from tests.ui.stages.photo.counter import Counter, action, another_code, counter, part
from ui import theme
from ui.stages.check.page import CheckPage
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.settings import Settings
from workstation.workflow.check.view import CheckItem
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
    with SimulatedCamera(on_the_table(np.full((600, 900, 3), 96, np.uint8)), rate=15) as camera:
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


def printed_back(place: Counter) -> NDArray[np.uint8]:
    png = print_view(place.context.office, place.application).back_png
    return np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR), np.uint8)


def lay(page: CheckPage, camera: SimulatedCamera, picture: NDArray[np.uint8], qtbot: QtBot) -> None:
    """Puts the picture before the camera and waits until the page shows it."""
    camera.show(picture)
    wanted = cv2.resize(picture, (64, 36)).astype(int)

    def arrived() -> bool:
        frame = page.presenter.stream.frame
        return frame is not None and abs(cv2.resize(frame.image, (64, 36)).astype(int) - wanted).mean() < 12

    qtbot.waitUntil(arrived, timeout=WAIT)


def cell(page: CheckPage, column: int) -> str:
    item = page.items.item(0, column)
    assert item is not None
    return item.text()


def test_card_and_chip_agree_and_the_card_is_released(
    page: CheckPage, place: Counter, camera: SimulatedCamera, reader: SimulatedPn532, qtbot: QtBot
) -> None:
    lay(page, camera, on_the_table(printed_back(place)), qtbot)
    QTest.keyClick(page.preview, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.verdict.kind == "good", timeout=WAIT)
    assert page.items.rowCount() == 8
    assert not action(page, "check.complete").enabled
    assert page.chip.text == "Hold the card on the reader"

    reader.put_card(UID)
    qtbot.waitUntil(lambda: action(page, "check.complete").enabled, timeout=WAIT)
    assert page.chip.text == "04 A1 B2 C3 D4 E5 F6"
    with qtbot.waitSignal(page.moved, timeout=WAIT):
        action(page, "check.complete").run()
    assert place.stage() is Stage.HAND_OVER


def test_a_card_of_another_person_is_held(
    page: CheckPage, place: Counter, camera: SimulatedCamera, reader: SimulatedPn532, qtbot: QtBot
) -> None:
    reader.put_card(UID)
    lay(page, camera, on_the_table(another_code()), qtbot)
    page._read()
    qtbot.waitUntil(lambda: page.verdict.kind == "stopped", timeout=WAIT)
    assert "must not be handed over" in page.verdict.text
    assert "Identity number" in page.verdict.text
    assert cell(page, 3) == "Differs"
    qtbot.waitUntil(lambda: page.chip.kind == "good", timeout=WAIT)
    assert not action(page, "check.complete").enabled
    assert not action(page, "check.reprint").enabled


def test_a_supervisor_has_it_printed_anew(
    data_folder: Path, camera: SimulatedCamera, reader: SimulatedPn532, qtbot: QtBot
) -> None:
    with counter(data_folder, Stage.CHECK, settings(camera, reader), supervisor=True) as place:
        page = CheckPage(place.context)
        place.open(qtbot, page)
        qtbot.waitUntil(lambda: action(page, "check.reprint").enabled, timeout=WAIT)
        action(page, "check.reprint").run()
        note = part(page, QLineEdit, "check.reason.note")
        QTest.keyClicks(note, "scratched")
        QTest.keyClick(note, Qt.Key.Key_Return)
        dialog = confirm_dialog(qtbot)
        dialog.password.setText(PASSWORD)
        with qtbot.waitSignal(page.moved, timeout=WAIT):
            QTest.keyClick(dialog.password, Qt.Key.Key_Return)
        assert place.stage() is Stage.PRINT
        page.leave()


def test_no_code_in_the_picture_is_a_refusal(page: CheckPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.failed, timeout=WAIT) as failure:
        page._read()
    assert failure.args is not None
    refusal = failure.args[0]
    assert isinstance(refusal, Refused)
    assert refusal.reason is Reason.CODE_NOT_FOUND
    assert action(page, "check.read").enabled


def test_a_reader_that_goes_away_is_told_and_asked_again(
    page: CheckPage, reader: SimulatedPn532, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: page.chip.text == "Hold the card on the reader", timeout=WAIT)
    qtbot.wait(300)
    reader.close()
    qtbot.waitUntil(lambda: page.chip.text == "Reader fault", timeout=WAIT)
    assert page.chip_note.accessibleName() != ""
    qtbot.waitUntil(lambda: action(page, "check.chip").enabled, timeout=WAIT)


def test_a_difference_is_seen_whole(page: CheckPage) -> None:
    long_name = "Chanthavongphasoukbounmixay Phommasoulinthavongsavanh"
    theme.load_fonts()
    page.items.setFont(theme.font())
    page.items.setFixedWidth(520)
    page.items.show_items((CheckItem("name_latin", long_name, "Somebody Else", False),))
    assert cell(page, 1) == long_name
    assert page.items.rowHeight(0) > 40
