"""What an act asks for beside serials: the picture of a spoiled blank, and the station that is given some."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot
from uuid6 import uuid7

from devices.camera.opencv import cv2
from tests.ui.stages.counter_office import Counter, child, counter, press, room, until
from tests.ui.stock.test_stock_page import WAIT, S, act_dialog, fill, opened
from ui.desk import Desk
from ui.stock.act_dialog import ActDialog
from ui.stock.entry_photo import EntryPhoto
from ui.stock.page import StockPage
from workstation import clock
from workstation.database.station import add_station
from workstation.domain.stock import Entry, Place
from workstation.settings import Settings
from workstation.workflow.stock import steps
from workstation.workflow.stock.steps import Delivery
from workstation.workflow.stock.view import photo_of_entry, stock_view

__all__ = ["counter", "room"]


@pytest.fixture
def bent(tmp_path: Path) -> Path:
    """A picture larger than what is kept."""
    picture = np.full((1300, 2000, 3), 200, np.uint8)
    cv2.line(picture, (0, 0), (1999, 1299), (20, 20, 220), 40)
    path = tmp_path / "bent.png"
    cv2.imwrite(str(path), picture)
    return path


@pytest.fixture
def page(qtbot: QtBot, counter: Counter, bent: Path) -> Iterator[StockPage]:
    counter.desk.close()
    counter.desk = Desk(Settings(card_camera=f"file:{bent}"))
    shown = opened(qtbot, counter.context(counter.supervisor))
    yield shown
    shown.close()


def spoiling(page: StockPage, number: int) -> ActDialog:
    dialog = act_dialog(page, "spoil")
    fill(dialog, first=S(number), last="")
    return dialog


def taken_in(counter: Counter, number: int) -> None:
    steps.take_in(counter.office, counter.supervisor, Delivery("1", S(number), S(number)))


def test_the_picture_of_a_spoiled_blank_is_kept_and_seen_again(
    qtbot: QtBot, counter: Counter, page: StockPage
) -> None:
    taken_in(counter, 7001)
    dialog = spoiling(page, 7001)
    assert dialog.photo.picture.isHidden()
    press(dialog, Qt.Key.Key_F5)
    qtbot.waitUntil(until(lambda: dialog.photo._live.live), timeout=WAIT)
    assert "Take the picture" in dialog.photo.camera.text()
    press(dialog, Qt.Key.Key_F5)
    qtbot.waitUntil(until(lambda: dialog.photo.jpeg is not None), timeout=WAIT)
    assert not dialog.photo._filming
    kept = dialog.photo.jpeg
    with qtbot.waitSignal(page.done, timeout=WAIT):
        dialog.submit()
    seen = stock_view(counter.office, counter.supervisor)
    (entry,) = (one for one in seen.entries if one.entry is Entry.SPOILED and one.range.text == S(7001))
    assert photo_of_entry(counter.office, counter.supervisor, entry.sequence) == kept
    assert photo_of_entry(counter.office, counter.supervisor, seen.entries[-1].sequence) is None
    assert kept is not None
    picture = cv2.imdecode(np.frombuffer(kept, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape == (1040, 1600, 3)
    qtbot.waitUntil(
        until(
            lambda: "with a picture" in str(page.table.model().index(0, 6).data(Qt.ItemDataRole.ToolTipRole))
        ),
        timeout=WAIT,
    )
    page.table.selectRow(0)
    press(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(until(lambda: page.window().findChild(EntryPhoto) is not None), timeout=WAIT)
    shown = page.window().findChild(EntryPhoto)
    assert isinstance(shown, EntryPhoto)
    assert shown.picture.shows
    shown.reject()


def test_a_file_serves_as_well_and_what_is_no_picture_is_said(
    qtbot: QtBot, counter: Counter, page: StockPage, bent: Path
) -> None:
    taken_in(counter, 7002)
    dialog = spoiling(page, 7002)
    nothing = bent.with_name("notes.txt")
    nothing.write_text("no picture")
    dialog.photo.read_file(nothing)
    strip = child(dialog, "stock.act.strip.text")
    qtbot.waitUntil(until(lambda: bool(strip.accessibleName())), timeout=WAIT)
    assert dialog.photo.jpeg is None
    dialog.photo.read_file(bent)
    qtbot.waitUntil(until(lambda: dialog.photo.jpeg is not None), timeout=WAIT)
    # Another act has no picture: what was taken is forgotten with the camera.
    dialog.photo.leave()
    assert dialog.photo.jpeg is None
    with qtbot.waitSignal(page.done, timeout=WAIT):
        dialog.submit()
    seen = stock_view(counter.office, counter.supervisor)
    (entry,) = (one for one in seen.entries if one.entry is Entry.SPOILED and one.range.text == S(7002))
    assert entry.photo is None


def test_the_camera_is_let_go_of_with_the_dialog(qtbot: QtBot, counter: Counter, page: StockPage) -> None:
    dialog = spoiling(page, 7003)
    press(dialog, Qt.Key.Key_F5)
    photo = dialog.photo
    qtbot.waitUntil(until(lambda: photo._live.live), timeout=WAIT)
    press(dialog, Qt.Key.Key_Escape)
    assert not photo._filming
    assert photo._stream._end is None


def test_blanks_are_given_to_another_station(qtbot: QtBot, counter: Counter) -> None:
    office = counter.office
    other = replace(office.station, id=str(uuid7()), station_code="B2")
    office.store.write(lambda tx: add_station(tx, other, registry_url="", at=clock.now()))
    taken_in(counter, 7004)
    page = opened(qtbot, counter.context(counter.supervisor))
    dialog = act_dialog(page, "give")
    choice = child(dialog, "stock.act.station")
    assert isinstance(choice, QComboBox)
    assert not choice.isHidden()
    assert [choice.itemText(at) for at in range(choice.count())] == ["SST-A1", "SST-B2"]
    fill(dialog, first=S(7004), last="")
    choice.setCurrentIndex(1)
    own = stock_view(office, counter.supervisor).balance
    with qtbot.waitSignal(page.done, timeout=WAIT):
        dialog.submit()
    after = stock_view(office, counter.supervisor).balance
    assert after.own[Place.DRAWER] == own.own[Place.DRAWER]
    assert after.office[Place.DRAWER] == own.office[Place.DRAWER] + 1
