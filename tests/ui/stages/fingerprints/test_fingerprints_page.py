"""The fingerprints page at a real office, with a sensor module on a pseudo-terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from devices.errors import DeviceError
from devices.simulated.finger_ridges import finger
from devices.simulated.sfm import SimulatedSfm
from devices.simulated.sfm_images import FingerImages
from tests.ui.stages.photo.counter import Counter, action, counter, part
from ui.stages.fingerprints.page import FingerprintsPage
from workstation.domain.stages import Stage
from workstation.settings import Settings
from workstation.workflow.fingerprints.view import view

WAIT = 30_000
FAST = 921_600


@pytest.fixture
def sensor() -> Iterator[SimulatedSfm]:
    sensor = SimulatedSfm(FingerImages(None), baud=FAST, settle=0.05)
    yield sensor
    sensor.close()


@pytest.fixture
def place(data_folder: Path, sensor: SimulatedSfm, qtbot: QtBot) -> Iterator[Counter]:
    settings = Settings(fingerprint_port=sensor.path, fingerprint_baud=FAST)
    with counter(data_folder, Stage.FINGERPRINTS, settings) as place:
        yield place


@pytest.fixture
def page(place: Counter, qtbot: QtBot) -> Iterator[FingerprintsPage]:
    page = FingerprintsPage(place.context)
    place.open(qtbot, page)
    qtbot.waitUntil(lambda: action(page, "fingerprints.take").enabled, timeout=WAIT)
    yield page
    page.leave()


def idle(page: FingerprintsPage) -> bool:
    return not page.presenter.capturing


def words(page: FingerprintsPage, name: str) -> str:
    return part(page, QWidget, f"fingerprints.{name}").accessibleName()


def test_two_fingers_are_taken_one_after_the_other(
    page: FingerprintsPage, place: Counter, sensor: SimulatedSfm, qtbot: QtBot
) -> None:
    seen: list[int] = []
    page.presenter.received.connect(lambda received, total: seen.append(received * 100 // total))
    assert words(page, "task") == "Right index finger"

    sensor.images.place(finger(2))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=WAIT)
    action(page, "fingerprints.take").run()
    assert page.progress.isVisible()
    assert page.hasFocus(), "the focus left the page while a finger is taken"
    assert "Place the finger" in words(page, "hint")
    qtbot.waitUntil(lambda: words(page, "task") == "Left index finger", timeout=WAIT)
    assert seen == sorted(seen)
    assert seen[-1] == 100
    assert page._print.shows
    assert words(page, "verdict") == "Good"
    held = view(place.context.office, place.application).fingers[2]
    assert words(page, "score").startswith(f"Quality {held.nfiq2},")

    sensor.images.place(finger(7))
    action(page, "fingerprints.take").run()
    qtbot.waitUntil(lambda: words(page, "hint") == "All fingers are done.", timeout=WAIT)
    assert action(page, "fingerprints.complete").primary
    with qtbot.waitSignal(page.moved, timeout=WAIT):
        action(page, "fingerprints.complete").run()
    assert place.stage() is Stage.REVIEW


def test_escape_breaks_a_capture_off(page: FingerprintsPage, place: Counter, qtbot: QtBot) -> None:
    failures: list[object] = []
    page.failed.connect(failures.append)
    action(page, "fingerprints.take").run()
    qtbot.wait(200)
    cancel = action(page, "fingerprints.cancel")
    assert cancel.key == "Esc"
    cancel.run()
    qtbot.waitUntil(lambda: idle(page), timeout=WAIT)
    assert failures == []
    assert view(place.context.office, place.application).fingers == {}
    assert action(page, "fingerprints.take").enabled


def test_an_unplugged_sensor_is_a_sentence_and_the_page_goes_on(
    page: FingerprintsPage, sensor: SimulatedSfm, qtbot: QtBot
) -> None:
    failures: list[Exception] = []
    page.failed.connect(failures.append)
    action(page, "fingerprints.take").run()
    qtbot.wait(300)
    sensor.close()
    qtbot.waitUntil(lambda: idle(page) and failures != [], timeout=WAIT)
    assert isinstance(failures[0], DeviceError)
    assert failures[0].device == "fingerprint"
    action(page, "fingerprints.take").run()
    qtbot.waitUntil(lambda: idle(page) and len(failures) == 2, timeout=WAIT)


def test_the_same_finger_twice_is_refused(
    page: FingerprintsPage, place: Counter, sensor: SimulatedSfm, qtbot: QtBot
) -> None:
    sensor.images.place(finger(2))
    action(page, "fingerprints.take").run()
    qtbot.waitUntil(lambda: words(page, "task") == "Left index finger", timeout=WAIT)
    sensor.images.place(finger(2, 1))
    with qtbot.waitSignal(page.failed, timeout=WAIT) as failure:
        action(page, "fingerprints.take").run()
    assert failure.args is not None
    assert str(failure.args[0]) == "same-finger-twice"
    assert list(view(place.context.office, place.application).fingers) == [2]


def test_a_missing_finger_is_marked_with_its_reason(
    page: FingerprintsPage, place: Counter, qtbot: QtBot
) -> None:
    action(page, "fingerprints.missing").run()
    action(page, "fingerprints.dismiss").run()
    assert page.hands.isVisible()
    action(page, "fingerprints.missing").run()
    assert [found.key for found in page.actions()] == ["Esc"]
    bandaged = part(page, QRadioButton, "fingerprints.missing.bandaged")
    QTest.keyClick(bandaged, Qt.Key.Key_Space)
    note = part(page, QLineEdit, "fingerprints.missing.note")
    QTest.keyClicks(note, "burnt")
    QTest.keyClick(note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: words(page, "task") == "Left index finger", timeout=WAIT)
    assert view(place.context.office, place.application).fingers[2].missing_reason == "bandaged: burnt"
    state = page.fingers.item(0, 1)
    assert state is not None
    assert "burnt" in state.text()


def test_arrow_keys_choose_a_finger(page: FingerprintsPage, qtbot: QtBot) -> None:
    QTest.keyClick(page.fingers, Qt.Key.Key_Right)
    assert words(page, "task") == "Left index finger"
    QTest.keyClick(page.fingers, Qt.Key.Key_Up)
    assert words(page, "task") == "Right index finger"


def test_leaving_in_the_middle_stops_the_sensor(
    page: FingerprintsPage, place: Counter, sensor: SimulatedSfm, qtbot: QtBot
) -> None:
    action(page, "fingerprints.take").run()
    qtbot.wait(200)
    page.leave()
    sensor.images.place(finger(2))
    qtbot.wait(500)
    assert view(place.context.office, place.application).fingers == {}
