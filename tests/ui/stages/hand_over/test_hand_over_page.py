"""The hand-over page over a real office and the simulated sensor on its serial line."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from devices.errors import DeviceError
from devices.simulated.finger_ridges import finger
from devices.simulated.sfm import SimulatedSfm
from devices.simulated.sfm_images import FingerImages
from tests.ui.stages.counter_office import (
    LEFT_INDEX,
    PATIENCE,
    RIGHT_INDEX,
    Counter,
    child,
    enabled,
    press,
    run_action,
    until,
)
from ui.stages.hand_over.page import HandOverPage
from ui.widgets.badge import Badge
from ui.widgets.slip import SlipDialog, keep_slip
from workstation.domain.stages import Stage
from workstation.workflow.header import header

BAUD = 921600  # eight times the sensor's own speed: the same protocol in a second


@pytest.fixture
def sensor(counter: Counter) -> Iterator[SimulatedSfm]:
    made = SimulatedSfm(FingerImages(None), baud=BAUD, settle=0.05)
    counter.desk.settings = replace(counter.desk.settings, fingerprint_port=made.path, fingerprint_baud=BAUD)
    yield made
    counter.background.close()
    counter.desk.close()
    made.close()


def _open(qtbot: QtBot, counter: Counter, application_id: str) -> HandOverPage:
    page = HandOverPage(counter.context(counter.clerk))
    qtbot.addWidget(page)
    page.resize(1302, 532)
    page.show()
    page.show_application(header(counter.office, application_id))
    qtbot.waitUntil(until(lambda: page._view is not None), timeout=PATIENCE)
    return page


def _verdict(page: HandOverPage) -> Badge:
    badge = child(page, "hand_over.verdict")
    assert isinstance(badge, Badge)
    return badge


def _take(qtbot: QtBot, page: HandOverPage) -> None:
    run_action(page, "take")
    qtbot.waitUntil(until(lambda: not page._taking and page._match is not None), timeout=2 * PATIENCE)


def test_only_a_matching_finger_gives_the_card(qtbot: QtBot, counter: Counter, sensor: SimulatedSfm) -> None:
    application_id = counter.at_hand_over()
    page = _open(qtbot, counter, application_id)
    assert enabled(page) == {"take"}

    sensor.images.place(finger(99, 1))
    _take(qtbot, page)
    assert _verdict(page).kind == "stopped"
    assert enabled(page) == {"take"}

    position = page._position()
    assert position is not None
    sensor.images.place(finger(position, 1))
    _take(qtbot, page)
    assert _verdict(page).kind == "good"
    assert enabled(page) == {"take", "complete"}

    with qtbot.waitSignal(page.moved, timeout=PATIENCE) as moved:
        run_action(page, "complete")
    assert moved.args == [application_id]
    now = header(counter.office, application_id)
    assert now.stage is Stage.CLOSED
    kept = counter.office.data / "receipts" / f"{now.number.replace('*', '_')}.pdf"
    assert kept.read_bytes().startswith(b"%PDF")
    dialog = page.findChild(SlipDialog, "slip.dialog")
    assert dialog is not None
    qtbot.waitUntil(until(lambda: not dialog._page.pixmap().isNull()), timeout=PATIENCE)
    press(dialog, Qt.Key.Key_Return)

    page.show_application(now)
    qtbot.waitUntil(until(lambda: enabled(page) == {"receipt"}), timeout=PATIENCE)
    page.leave()


def test_another_finger_is_chosen_by_arrow_keys(qtbot: QtBot, counter: Counter, sensor: SimulatedSfm) -> None:
    page = _open(qtbot, counter, counter.at_hand_over())
    fingers = child(page, "hand_over.fingers")
    assert isinstance(fingers, QListWidget)
    first = page._position()
    press(fingers, Qt.Key.Key_Down)
    second = page._position()
    assert {first, second} == {RIGHT_INDEX, LEFT_INDEX}
    assert second is not None
    sensor.images.place(finger(second, 1))
    _take(qtbot, page)
    assert page._match is not None
    assert page._match.position == second
    assert page._match.matched
    page.leave()


def test_a_capture_can_be_stopped(qtbot: QtBot, counter: Counter, sensor: SimulatedSfm) -> None:
    page = _open(qtbot, counter, counter.at_hand_over())
    failures: list[Exception] = []
    page.failed.connect(failures.append)
    run_action(page, "take")
    assert enabled(page) == {"cancel"}
    qtbot.wait(300)
    run_action(page, "cancel")
    qtbot.waitUntil(until(lambda: enabled(page) == {"take"}), timeout=PATIENCE)
    assert failures == [], "what the clerk stopped is no fault"
    page.leave()


def test_an_unplugged_sensor_is_told_and_the_page_goes_on(
    qtbot: QtBot, counter: Counter, sensor: SimulatedSfm
) -> None:
    page = _open(qtbot, counter, counter.at_hand_over())
    with qtbot.waitSignal(page.failed, timeout=2 * PATIENCE) as failed:
        run_action(page, "take")
        qtbot.wait(300)
        sensor.close()
    assert isinstance(failed.args[0], DeviceError)
    assert enabled(page) == {"take"}
    page.leave()


def test_without_a_sensor_it_says_so(qtbot: QtBot, counter: Counter) -> None:
    page = _open(qtbot, counter, counter.at_hand_over())
    with qtbot.waitSignal(page.failed, timeout=PATIENCE) as failed:
        run_action(page, "take")
    assert isinstance(failed.args[0], DeviceError)
    page.leave()


def test_leaving_during_a_capture_lets_go_of_the_sensor(
    qtbot: QtBot, counter: Counter, sensor: SimulatedSfm
) -> None:
    page = _open(qtbot, counter, counter.at_hand_over())
    run_action(page, "take")
    qtbot.wait(200)
    page.leave()
    with qtbot.assertNotEmitted(page.failed, wait=800):
        pass


def test_a_slip_is_written_whole_or_not_at_all(tmp_path: Path) -> None:

    folder = tmp_path / "receipts"
    path = keep_slip(folder, "SST-A1-261122-001-*", b"%PDF one")
    assert path.name == "SST-A1-261122-001-_.pdf"
    assert keep_slip(folder, "SST-A1-261122-001-*", b"%PDF two") == path
    assert path.read_bytes() == b"%PDF two"
    assert list(folder.iterdir()) == [path]
