"""The photo page at a real office, with a network camera that speaks M-JPEG."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from devices.camera.opencv import cv2
from devices.simulated.camera import SimulatedCamera
from tests.ui.stages.photo.counter import Counter, a_person, action, counter, part
from ui.language import set_language
from ui.stages.photo.page import PhotoPage
from workstation.domain.stages import Stage
from workstation.settings import Settings
from workstation.workflow.photo.view import view

WAIT = 20_000


def scene() -> NDArray[np.uint8]:
    """A person before a camera of 1280 x 720: a true bad portrait, lips parted and far away."""
    wide = np.full((720, 1280, 3), 205, np.uint8)
    wide[:, 280:1000] = cv2.resize(a_person(), (720, 720))
    return wide


@pytest.fixture
def camera() -> Iterator[SimulatedCamera]:
    with SimulatedCamera(scene(), rate=30) as camera:
        yield camera


@pytest.fixture
def place(data_folder: Path, camera: SimulatedCamera, qtbot: QtBot) -> Iterator[Counter]:
    with counter(data_folder, Stage.PHOTO, Settings(camera=camera.url)) as place:
        yield place


@pytest.fixture
def page(place: Counter, qtbot: QtBot) -> Iterator[PhotoPage]:
    page = PhotoPage(place.context)
    place.open(qtbot, page)
    yield page
    page.leave()


def pictures_arrive(page: PhotoPage, qtbot: QtBot) -> None:
    seen = page.preview.painted
    qtbot.waitUntil(lambda: page.preview.painted > seen + 5 and not page.preview.notice, timeout=WAIT)


def test_the_preview_flows_while_pictures_are_judged(page: PhotoPage, qtbot: QtBot) -> None:
    judged: list[float] = []
    page.presenter.judged.connect(lambda _report, _size: judged.append(time.monotonic()))
    qtbot.waitUntil(lambda: len(judged) > 1, timeout=WAIT)
    stalls, last = [0.0], [time.monotonic()]

    def beat() -> None:
        now = time.monotonic()
        stalls.append(now - last[0])
        last[0] = now

    pulse = QTimer()
    pulse.timeout.connect(beat)
    judgements, painted, began = len(judged), page.preview.painted, time.monotonic()
    pulse.start(5)
    QTest.qWait(2000)
    pulse.stop()
    rate = (page.preview.painted - painted) / (time.monotonic() - began)
    # 20/s is asked for and 28/s seen on an idle machine; half of it on a busy one.
    assert rate >= 10
    assert len(judged) - judgements >= 2
    assert max(stalls) < 0.5


def test_a_bad_portrait_is_named_and_passes_only_with_a_reason(
    page: PhotoPage, place: Counter, qtbot: QtBot
) -> None:
    pictures_arrive(page, qtbot)
    qtbot.waitUntil(lambda: action(page, "photo.take").enabled, timeout=WAIT)
    QTest.keyClick(page.preview, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: action(page, "photo.force").enabled, timeout=WAIT)
    taken = view(place.context.office, place.application)
    assert taken.attempts == 1
    assert taken.portrait is not None
    assert not action(page, "photo.complete").enabled
    assert "Mouth" in part(page, QWidget, "photo.faults").accessibleName()

    action(page, "photo.force").run()
    assert not part(page, QPushButton, "photo.reason.confirm").isEnabled()
    assert [(found.name, found.key) for found in page.actions()] == [("photo.dismiss", "Esc")]
    note = part(page, QLineEdit, "photo.reason.note")
    QTest.keyClicks(note, "Paralysis of the face")
    with qtbot.waitSignal(page.moved, timeout=WAIT):
        QTest.keyClick(note, Qt.Key.Key_Return)
    assert place.stage() is Stage.FINGERPRINTS
    assert view(place.context.office, place.application).forced_reason == "Paralysis of the face"


def test_a_camera_that_stops_says_so_and_recovers_by_itself(
    page: PhotoPage, camera: SimulatedCamera, qtbot: QtBot
) -> None:
    pictures_arrive(page, qtbot)
    camera.fault("silent")
    qtbot.waitUntil(lambda: page.preview.notice != "", timeout=WAIT)
    camera.fault(None)
    pictures_arrive(page, qtbot)


def test_no_face_keeps_nothing(
    page: PhotoPage, place: Counter, camera: SimulatedCamera, qtbot: QtBot
) -> None:
    camera.show(np.full((480, 640, 3), 128, np.uint8))
    qtbot.waitUntil(lambda: page._report is not None and page._report.face is None, timeout=WAIT)
    failures: list[object] = []
    page.failed.connect(failures.append)
    page._take()
    qtbot.waitUntil(lambda: "exactly one face" in page._advice.accessibleName(), timeout=WAIT)
    assert failures == []
    assert view(place.context.office, place.application).attempts == 0
    assert action(page, "photo.take").enabled


def test_without_a_camera_the_page_says_what_to_do(data_folder: Path, qtbot: QtBot) -> None:
    with counter(data_folder, Stage.PHOTO, Settings(camera="file:/nowhere/at-all.mp4")) as place:
        page = PhotoPage(place.context)
        place.open(qtbot, page)
        qtbot.waitUntil(
            lambda: "being opened" not in page.preview.notice and page.preview.notice != "", timeout=WAIT
        )
        page._take()
        assert "no picture" in page._advice.accessibleName()
        page.leave()


def test_both_languages_are_spoken_at_once(page: PhotoPage) -> None:
    set_language("lo")
    try:
        page.retranslate()
        assert action(page, "photo.take").text == "ຖ່າຍຮູບ"
    finally:
        set_language("en")
    page.retranslate()
    assert action(page, "photo.take").text == "Take photo"
