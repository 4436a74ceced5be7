"""The hand-over page over a real office and the simulated sensor on its serial line."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QPushButton, QWidget
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
from ui.stages.hand_over.words import Taking
from ui.widgets.badge import Badge
from ui.widgets.progress import Progress
from ui.widgets.slip import SlipDialog, save_slip, slip_name
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
    qtbot.waitUntil(
        until(lambda: page._taking is Taking.NO and page._match is not None), timeout=2 * PATIENCE
    )


def test_only_a_matching_finger_gives_the_card(qtbot: QtBot, counter: Counter, sensor: SimulatedSfm) -> None:
    application_id = counter.at_hand_over()
    page = _open(qtbot, counter, application_id)
    assert enabled(page) == {"take", "without"}

    sensor.images.place(finger(99, 1))
    _take(qtbot, page)
    assert _verdict(page).kind == "stopped"
    assert enabled(page) == {"take", "without"}

    position = page._position()
    assert position is not None
    sensor.images.place(finger(position, 1))
    _take(qtbot, page)
    assert _verdict(page).kind == "good"
    assert enabled(page) == {"take", "complete"}

    with qtbot.waitSignal(page.moved, timeout=PATIENCE) as moved:
        run_action(page, "complete")
        old = page.findChild(QCheckBox, "hand_over.giving.old")
        assert old is not None
        submit = page.findChild(QPushButton, "hand_over.giving.submit")
        assert submit is not None
        submit.click()
        assert counter.stage(application_id) is Stage.HAND_OVER, "the old card is not in the hand"
        old.setChecked(True)
        submit.click()
    assert moved.args == [application_id]
    now = header(counter.office, application_id)
    assert now.stage is Stage.CLOSED
    dialog = page.findChild(SlipDialog, "slip.dialog")
    assert dialog is not None
    qtbot.waitUntil(until(lambda: not dialog._page.pixmap().isNull()), timeout=PATIENCE)
    press(dialog, Qt.Key.Key_Return)
    assert not list(counter.office.data.rglob("*.pdf")), "nothing of it lies on the disk"

    page.show_application(now)
    qtbot.waitUntil(until(lambda: enabled(page) == {"receipt"}), timeout=PATIENCE)
    page.leave()


def _said(page: HandOverPage, name: str) -> str:
    return child(page, f"hand_over.{name}").accessibleName()


def test_a_failed_finger_says_what_to_try_and_how_often(
    qtbot: QtBot, counter: Counter, sensor: SimulatedSfm
) -> None:
    application_id = counter.at_hand_over()
    page = _open(qtbot, counter, application_id)
    first = page._position()
    assert first is not None
    guides: list[str] = []
    page.actions_changed.connect(lambda: guides.append(_said(page, "guide")))
    for left in (2, 1):
        sensor.images.place(finger(99, 1))
        _take(qtbot, page)
        assert _said(page, "advice").endswith(f"Tries left with this finger: {left}")
        assert "Wipe the finger" in _said(page, "advice")
    assert "The finger can be lifted. It is being compared with the record." in guides
    sensor.images.place(finger(99, 1))
    _take(qtbot, page)
    assert _said(page, "advice") == "Take another finger."
    assert "Choose another one" in _said(page, "guide")
    assert enabled(page) == {"without"}, "three tries with one finger are enough"
    page.leave()
    page = _open(qtbot, counter, application_id)
    assert page._tries == {RIGHT_INDEX: 3, LEFT_INDEX: 3} | {first: 0}, "tries are kept with the application"
    fingers = child(page, "hand_over.fingers")
    assert isinstance(fingers, QListWidget)
    fingers.setCurrentRow(1)
    assert enabled(page) == {"take", "without"}
    for _try in range(3):
        sensor.images.place(finger(99, 1))
        _take(qtbot, page)
    assert "Call the supervisor" in _said(page, "guide")
    assert enabled(page) == {"take", "without"}, "nobody is shut out for good"
    second = page._position()
    assert second is not None
    sensor.images.place(finger(second, 1))
    _take(qtbot, page)
    assert enabled(page) == {"take", "complete"}
    assert _said(page, "advice") == ""
    page.leave()


def test_reading_a_finger_tells_the_time_left(qtbot: QtBot, counter: Counter, sensor: SimulatedSfm) -> None:
    page = _open(qtbot, counter, counter.at_hand_over())
    page._set_taking(True)
    progress = child(page, "hand_over.progress")
    assert isinstance(progress, Progress)
    assert progress.isVisible()
    progress._began -= 4
    page._progressed(40_000, 80_000)
    assert progress.words == "About 4 s left"
    page._progressed(80_000, 80_000)
    assert progress.words == ""
    page._set_taking(False)
    assert not progress.isVisible()
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
    qtbot.waitUntil(until(lambda: enabled(page) == {"take", "without"}), timeout=PATIENCE)
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
    assert enabled(page) == {"take", "without"}
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


def test_a_saved_slip_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / slip_name("SST-A1-261122-001-*", "return")
    assert path.name == "SST-A1-261122-001-_-return.pdf"
    for content in (b"%PDF one", b"%PDF two"):
        save_slip(path, content)
        assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(OSError, match="No such file"):
        save_slip(tmp_path / "gone" / "slip.pdf", b"%PDF")


def test_a_copy_is_saved_where_the_clerk_says(qtbot: QtBot, counter: Counter, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = SlipDialog(window, "Receipt", "one.pdf", b"%PDF one", counter.background)
    dialog.open()
    dialog.save_to(tmp_path / "kept.pdf")
    qtbot.waitUntil(until(lambda: "kept.pdf" in dialog.strip.text), timeout=PATIENCE)
    assert (tmp_path / "kept.pdf").read_bytes() == b"%PDF one"
    dialog.save_to(tmp_path / "gone" / "lost.pdf")
    qtbot.waitUntil(until(lambda: "lost" in dialog.strip.text), timeout=PATIENCE)
    press(dialog, Qt.Key.Key_Return)
