"""The parts of the photo page by themselves: strip, guide, comparison, exception photo, cameras, photos so far."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from devices.camera.listing import FoundCamera
from ui import theme
from ui.language import LANGUAGES, set_language
from ui.stages.photo.attempts import Attempts, Thumb
from ui.stages.photo.camera_panel import CameraPanel
from ui.stages.photo.compare_panel import ComparePanel
from ui.stages.photo.guide import Guide
from ui.stages.photo.requirements import RequirementsStrip
from workstation.biometrics.portrait.examine import REQUIREMENTS, PortraitReport, Requirement, Verdict
from workstation.biometrics.portrait.landmarks import Box
from workstation.settings import Settings
from workstation.workflow.photo.earlier import Comparison


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    theme.apply_theme(qapp)
    set_language("en")


def requirement(name: str, value: float | None, verdict: Verdict) -> Requirement:
    return Requirement(name, value, "share", 0.0, 0.1, verdict)


def one_colour(colour: str, width: int = 200, height: int = 256) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_requirement_has_a_fixed_place_and_fits_the_page(code: str, qtbot: QtBot) -> None:
    set_language(code)
    try:
        strip = RequirementsStrip()
    finally:
        set_language("en")
    qtbot.addWidget(strip)
    # What is left of 1366 x 768 beside the live picture.
    strip.resize(676, 380)
    strip.show()
    assert sorted(strip.rows) == sorted(REQUIREMENTS)
    assert strip.sizeHint().height() <= 380
    before = [row.geometry() for row in strip.rows.values()]
    strip.show_requirements(tuple(requirement(n, 0.5, Verdict.RED) for n in REQUIREMENTS))
    assert [row.geometry() for row in strip.rows.values()] == before
    assert {row.kind for row in strip.rows.values()} == {"stopped"}


def test_what_is_not_measured_is_grey_and_never_green(qtbot: QtBot) -> None:
    strip = RequirementsStrip()
    qtbot.addWidget(strip)
    strip.show_requirements(
        (requirement("glare", None, Verdict.NOT_MEASURED), requirement("gaze", 0.05, Verdict.GREEN))
    )
    kinds = {name: row.kind for name, row in strip.rows.items()}
    assert kinds.pop("gaze") == "good"
    assert set(kinds.values()) == {"todo"}
    assert "Not measured" in strip.rows["glare"].accessibleName()
    strip.show_requirements(())
    assert {row.kind for row in strip.rows.values()} == {"todo"}


def _arrow_of(step: Requirement, face_at: float) -> float:
    """Where the middle of the arrow's yellow lies across the picture, 0-1."""
    eyes = ((face_at * 1280 - 50, 324.0), (face_at * 1280 + 50, 324.0))
    report = PortraitReport(Box(0, 0, 1, 1), eyes, (face_at * 1280, 474.0), (step,), Verdict.RED)
    canvas = one_colour("#808080", 640, 360)
    guide = Guide()
    guide.show(report, (1280, 720), step, "stopped")
    painter = QPainter(canvas)
    guide.draw(painter, QRectF(0, 0, 640, 360))
    painter.end()
    pixels = np.frombuffer(canvas.constBits(), np.uint8).reshape(360, 640, 4).astype(int)
    yellow = (pixels[..., 2] > 240) & (abs(pixels[..., 1] - 196) < 12) & (pixels[..., 0] < 40)
    assert yellow.sum() > 100
    return float(np.argwhere(yellow)[:, 1].mean()) / 640


def test_the_arrow_points_where_the_head_shall_go() -> None:
    step = requirement("centring", 0.3, Verdict.RED)
    assert 0.2 < _arrow_of(step, 0.2) < 0.5
    assert 0.5 < _arrow_of(step, 0.8) < 0.8


def test_the_arrow_turns_a_turned_head_back() -> None:
    # Positive: turned to the person's own left, which is the picture's right.
    assert _arrow_of(requirement("yaw", 15.0, Verdict.RED), 0.5) < 0.5
    assert _arrow_of(requirement("yaw", -15.0, Verdict.RED), 0.5) > 0.5


def shown_in(panel: QWidget, name: str) -> QColor:
    part = panel.findChild(QWidget, name)
    assert part is not None
    return part.grab().toImage().pixelColor(QPoint(100, 100))


def test_old_and_new_are_laid_over_one_another_and_flicker(qtbot: QtBot) -> None:
    panel = ComparePanel()
    qtbot.addWidget(panel)
    panel.show()
    nothing = np.zeros((1, 1, 3), np.uint8)
    panel.show_comparison(Comparison(nothing, None, None, None), one_colour("#0000FF"), QImage())
    assert not panel.earlier_shown
    panel.toggle_flicker()
    assert not panel.flickering

    panel.show_comparison(
        Comparison(nothing, nothing, None, None), one_colour("#0000FF"), one_colour("#FF0000")
    )
    half = shown_in(panel, "photo.compare.both")
    assert half.red() > 90
    assert half.blue() > 90
    panel.slider.setFocus()
    for _ in range(5):
        QTest.keyClick(panel.slider, Qt.Key.Key_Right)
    assert shown_in(panel, "photo.compare.both").blue() > 250
    panel.slider.setValue(0)
    assert shown_in(panel, "photo.compare.both").red() > 250

    panel.toggle_flicker()
    seen: set[str] = set()

    def both_were_seen() -> bool:
        seen.add(shown_in(panel, "photo.compare.both").name())
        return len(seen) == 2

    qtbot.waitUntil(both_were_seen, timeout=10_000)
    panel.forget()
    assert not panel.flickering
    assert not panel.earlier_shown


def test_cameras_are_listed_by_name_with_the_one_in_use(qtbot: QtBot) -> None:
    panel = CameraPanel()
    qtbot.addWidget(panel)
    panel.show()
    chosen: list[Settings] = []
    panel.chosen.connect(chosen.append)
    held = Settings(camera="camera:gone", camera_width=1920, camera_height=1080)
    panel.fill(
        held,
        (FoundCamera("HD Webcam C270", "camera:a", 0), FoundCamera("Document camera", "camera:b", 2)),
    )
    texts = [panel.list.item(row).text() for row in range(panel.list.count())]
    assert texts[1:] == ["HD Webcam C270", "Document camera"]
    assert "not plugged in" in texts[0]
    assert panel.size_box.currentText() == "1920 × 1080"
    panel.list.setCurrentRow(2)
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert [(s.camera, s.camera_width) for s in chosen] == [("camera:b", 1920)]


def test_a_photo_of_the_row_is_picked_by_the_mouse(qtbot: QtBot) -> None:
    row = Attempts()
    qtbot.addWidget(row)
    row.resize(400, 74)
    row.show()
    picked: list[str] = []
    row.picked.connect(picked.append)
    thumb = one_colour("#123456", 52, 66)
    row.show_attempts((Thumb("a", thumb, "good", False, "1"), Thumb("b", thumb, "stopped", True, "2")), "b")
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(20, 30))
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(300, 30))
    assert picked == ["a"]
