"""The photo page at a real office, with a network camera that speaks M-JPEG."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from devices.simulated.camera import CameraFault, SimulatedCamera
from tests.ui.stages.photo import scenes
from tests.ui.stages.photo.counter import Counter, action, counter, part, portrait_jpeg
from ui.language import set_language
from ui.messages import explain
from ui.stages.photo.page import PhotoPage
from ui.stages.photo.state import Mode
from ui.stages.photo.words import most_useful
from workstation import clock
from workstation.biometrics.portrait.detect import EngineName
from workstation.database import Connection
from workstation.database.applications import application
from workstation.database.blobs import put_blob
from workstation.database.policies import policy_of
from workstation.database.portraits import add_portrait
from workstation.domain.refused import Refused
from workstation.domain.stages import Stage
from workstation.settings import Settings, load_settings
from workstation.workflow.header import header
from workstation.workflow.photo import propose
from workstation.workflow.photo.exception import exception_view
from workstation.workflow.photo.view import view

WAIT = 40_000


@pytest.fixture
def camera() -> Iterator[SimulatedCamera]:
    with SimulatedCamera(scenes.bad(), rate=20) as camera:
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


def take(page: PhotoPage, qtbot: QtBot) -> None:
    """One shot by Space; the photo is shown afterwards."""
    held = len(page.state.shots)
    qtbot.waitUntil(lambda: action(page, "photo.take").enabled, timeout=WAIT)
    QTest.keyClick(page.preview, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.state.mode is Mode.KEPT and len(page.state.shots) == held + 1, timeout=WAIT)


def test_the_preview_flows_while_pictures_are_judged(page: PhotoPage, qtbot: QtBot) -> None:
    judged: list[float] = []
    page.presenter.judged.connect(lambda _judged: judged.append(time.monotonic()))
    qtbot.waitUntil(lambda: len(judged) > 1, timeout=WAIT)
    judgements, painted = len(judged), page.preview.painted
    qtbot.waitUntil(lambda: len(judged) >= judgements + 3, timeout=WAIT)
    # A picture that waited for its judgement would be painted once for each.
    assert page.preview.painted - painted > 3


def test_a_bad_portrait_is_named_and_passes_only_with_a_reason(
    page: PhotoPage, place: Counter, qtbot: QtBot
) -> None:
    pictures_arrive(page, qtbot)
    take(page, qtbot)
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


def test_a_camera_that_fails_says_so_and_recovers_by_itself(
    page: PhotoPage, camera: SimulatedCamera, qtbot: QtBot
) -> None:
    faults: tuple[CameraFault, ...] = ("silent", "broken-off", "green")
    for fault in faults:
        pictures_arrive(page, qtbot)
        qtbot.waitUntil(lambda: page.state.report is not None, timeout=WAIT)
        action(page, "photo.arm").run()
        camera.fault(fault)
        qtbot.waitUntil(lambda: page.preview.notice != "", timeout=WAIT)
        assert not action(page, "photo.take").enabled
        assert not page.presenter.armed
        assert page.live.recent() == ()
        qtbot.wait(400)
        assert {row.kind for row in page.board.requirements.rows.values()} == {"todo"}
        camera.fault(None)
    pictures_arrive(page, qtbot)
    qtbot.waitUntil(lambda: page.state.report is not None, timeout=WAIT)


def test_no_face_keeps_nothing(
    page: PhotoPage, place: Counter, camera: SimulatedCamera, qtbot: QtBot
) -> None:
    camera.show(np.full((480, 640, 3), 128, np.uint8))
    qtbot.waitUntil(lambda: page.state.report is not None and page.state.report.face is None, timeout=WAIT)
    failures: list[object] = []
    page.failed.connect(failures.append)
    page.take()
    qtbot.waitUntil(lambda: page.state.note != "", timeout=WAIT)
    assert "face" in page.board.advice.text
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
        qtbot.waitUntil(lambda: page.state.editable, timeout=WAIT)
        page.take()
        assert "no picture" in page.board.advice.text
        page.leave()


def spoken_about(page: PhotoPage, name: str) -> bool:
    step = most_useful(page.state.report.requirements) if page.state.report is not None else None
    return step is not None and step.name == name


def test_each_fault_is_marked_and_one_sentence_says_what_to_do(
    page: PhotoPage, camera: SimulatedCamera, qtbot: QtBot
) -> None:
    said = set()
    for scene, at_fault in (
        (scenes.moved(scale=0.5), "head_size"),
        (scenes.moved(right=-260.0), "centring"),
        (scenes.moved(degrees=14.0), "roll"),
        (scenes.blurred(), "sharpness"),
        (scenes.too_bright(), "exposure"),
        (scenes.two_people(), "face_count"),
    ):
        camera.show(scene)
        qtbot.waitUntil(partial(spoken_about, page, at_fault), timeout=WAIT)
        assert page.board.requirements.rows[at_fault].kind in ("attention", "stopped")
        advice = page.board.advice
        assert advice.kind in ("attention", "stopped")
        assert 10 < len(advice.text) < 100
        said.add(advice.text)
    assert len(said) == 6
    camera.show(scenes.nobody())
    qtbot.waitUntil(lambda: "No face" in page.board.advice.text, timeout=WAIT)


def test_photos_kept_are_chosen_among_by_the_keyboard(
    page: PhotoPage, place: Counter, camera: SimulatedCamera, qtbot: QtBot
) -> None:
    pictures_arrive(page, qtbot)
    camera.show(scenes.good())
    qtbot.waitUntil(lambda: page.board.advice.kind == "good", timeout=WAIT)
    take(page, qtbot)
    camera.show(scenes.bad())
    action(page, "photo.again").run()
    qtbot.waitUntil(lambda: page.board.advice.kind == "stopped", timeout=WAIT)
    take(page, qtbot)
    assert action(page, "photo.force").enabled

    QTest.keyClick(page.board.shot, Qt.Key.Key_Left)
    assert [found.name for found in page.actions() if found.primary] == ["photo.choose"]
    assert "photo.complete" not in [found.name for found in page.actions()]
    action(page, "photo.choose").run()
    qtbot.waitUntil(lambda: page.state.shots[0].chosen, timeout=WAIT)
    assert action(page, "photo.complete").enabled
    with qtbot.waitSignal(page.moved, timeout=WAIT):
        action(page, "photo.complete").run()
    held = view(place.context.office, place.application)
    assert held.verdict == "green"
    assert held.forced_reason is None


def test_one_more_than_allowed_wants_a_reason_and_keeps_the_picture_that_was_seen(
    place: Counter, qtbot: QtBot
) -> None:
    office, chosen = place.context.office, place.application
    allowed = view(office, chosen).attempts_allowed
    jpeg = portrait_jpeg()

    def fill(tx: Connection) -> None:
        for _ in range(allowed):
            add_portrait(
                tx,
                chosen,
                original=put_blob(tx, jpeg, "image/jpeg"),
                cropped=put_blob(tx, jpeg, "image/jpeg"),
                width=200,
                height=256,
                report={"verdict": "red", "requirements": []},
                by=place.context.who.operator.id,
                at=clock.now(),
            )

    office.store.write(fill)
    page = PhotoPage(place.context)
    place.open(qtbot, page)
    qtbot.waitUntil(lambda: page.state.mode is Mode.KEPT, timeout=WAIT)
    action(page, "photo.again").run()
    pictures_arrive(page, qtbot)
    page.take()
    qtbot.waitUntil(lambda: page.state.mode is Mode.REASON, timeout=WAIT)
    assert view(office, chosen).attempts == allowed
    note = part(page, QLineEdit, "photo.reason.note")
    QTest.keyClicks(note, "The glasses were taken off")
    QTest.keyClick(note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.state.shots) == allowed + 1, timeout=WAIT)
    page.leave()


def test_with_the_simple_engine_the_page_says_so_and_never_proposes(
    place: Counter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.stages.photo.presenter.engine_present", lambda: EngineName.HAAR)
    page = PhotoPage(place.context)
    place.open(qtbot, page)
    qtbot.waitUntil(lambda: page.state.editable, timeout=WAIT)
    told = part(page, QWidget, "photo.engine")
    assert told.isVisible()
    assert "not measured" in told.accessibleName()
    assert "photo.arm" not in [found.name for found in page.actions()]
    page.leave()


def test_a_policy_may_switch_the_automatic_shot_off(
    place: Counter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = place.context.office.store.read(
        lambda tx: policy_of(tx, application(tx, place.application).policy_version)
    )
    assert policy.automatic_shot
    monkeypatch.setattr(propose, "policy_of", lambda *_asked: replace(policy, automatic_shot=False))
    page = PhotoPage(place.context)
    place.open(qtbot, page)
    qtbot.waitUntil(lambda: page.state.editable, timeout=WAIT)
    assert "photo.arm" not in [found.name for found in page.actions()]
    assert not page.board.armed.isVisible()
    page.leave()


def test_the_earlier_picture_comes_from_a_file_and_what_is_no_picture_is_refused(
    page: PhotoPage, place: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    pictures_arrive(page, qtbot)
    take(page, qtbot)
    action(page, "photo.compare").run()
    qtbot.waitUntil(lambda: page.state.mode is Mode.COMPARE, timeout=WAIT)
    assert not page.board.compare.earlier_shown
    failures: list[Exception] = []
    page.failed.connect(failures.append)
    nonsense = tmp_path / "nonsense.jpg"
    nonsense.write_bytes(b"\xff\xd8 no picture at all")
    page.presenter.compare(nonsense)
    qtbot.waitUntil(lambda: len(failures) == 1, timeout=WAIT)
    assert "A fault in the program" not in explain(failures[0]).what
    face = tmp_path / "old.jpg"
    face.write_bytes(portrait_jpeg())
    page.presenter.compare(face)
    qtbot.waitUntil(lambda: page.board.compare.earlier_shown, timeout=WAIT)
    action(page, "photo.flicker").run()
    assert page.board.compare.flickering
    action(page, "photo.back").run()
    assert page.state.mode is Mode.KEPT
    assert not page.board.compare.flickering
    page.show_application(header(place.context.office, place.application))
    assert not page.board.compare.earlier_shown


def test_the_exception_photo_has_its_own_rules_and_is_no_portrait(
    page: PhotoPage, place: Counter, camera: SimulatedCamera, qtbot: QtBot
) -> None:
    camera.show(scenes.moved(scale=0.5))
    pictures_arrive(page, qtbot)
    action(page, "photo.exception").run()
    refused: list[Exception] = []
    page.failed.connect(refused.append)
    page.take_exception()
    qtbot.waitUntil(lambda: len(refused) == 1, timeout=WAIT)
    assert isinstance(refused[0], Refused)
    page.board.exception.reason.setText("Both hands bandaged")
    page.take_exception()
    qtbot.waitUntil(
        lambda: exception_view(place.context.office, place.application).picture is not None, timeout=WAIT
    )
    assert view(place.context.office, place.application).portrait is None
    action(page, "photo.back").run()
    assert page.state.mode is Mode.LIVE


def test_the_chosen_camera_is_remembered_and_used_at_once(
    page: PhotoPage, place: Counter, qtbot: QtBot
) -> None:
    pictures_arrive(page, qtbot)
    with SimulatedCamera(scenes.nobody(), rate=20) as other:
        action(page, "photo.camera").run()
        qtbot.waitUntil(lambda: page.state.mode is Mode.CAMERA, timeout=WAIT)
        panel = page.board.cameras
        assert panel.list.currentItem().text() == place.context.desk.settings.camera
        panel.exposure_box.setCurrentIndex(1)
        panel.size_box.setCurrentIndex(2)
        panel.list.currentItem().setData(Qt.ItemDataRole.UserRole, other.url)
        QTest.keyClick(panel.list, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: page.state.mode is Mode.LIVE, timeout=WAIT)
        qtbot.waitUntil(
            lambda: page.state.report is not None and page.state.report.face is None, timeout=WAIT
        )
        held = load_settings(place.context.office.data)
        assert (held.camera, held.camera_width, held.camera_exposure_ms) == (other.url, 1920, 10)
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
