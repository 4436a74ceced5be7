"""Two engines behind one Detector: what the simple one measures agrees, what it cannot it does not claim."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.workstation.biometrics.portrait.harms import Scene, covered_eyes
from workstation.biometrics.portrait import detect
from workstation.biometrics.portrait.crop import crop
from workstation.biometrics.portrait.detect import Detector, EngineName
from workstation.biometrics.portrait.examine import REQUIREMENTS, Verdict, examine
from workstation.biometrics.portrait.limits import PortraitLimits

Picture = NDArray[np.uint8]
LIMITS = PortraitLimits()
_WITHOUT_MESH = {
    *("face_count", "second_face", "head_size", "eye_distance", "centring"),
    *("sharpness", "motion_blur", "pixelation", "compression", "resolution"),
}


def test_without_mediapipe_the_simple_engine_stands_in(monkeypatch: pytest.MonkeyPatch) -> None:
    assert detect.engine_present() is EngineName.MEDIAPIPE
    monkeypatch.setattr(detect, "find_spec", lambda name: None)
    assert detect.engine_present() is EngineName.HAAR
    with Detector() as simple:
        assert simple.engine is EngineName.HAAR


def test_the_simple_engine_finds_the_same_face(studio: Picture, detector: Detector) -> None:
    with Detector(EngineName.HAAR) as simple:
        found = examine(studio, LIMITS, simple)
    known = examine(studio, LIMITS, detector)
    assert found.faces == 1
    assert found.eyes is not None
    assert found.chin is not None
    assert known.eyes is not None
    assert known.chin is not None
    unit = math.dist(*known.eyes)
    for one, other in zip((*found.eyes, found.chin), (*known.eyes, known.chin), strict=True):
        assert math.dist(one, other) < 0.15 * unit
    assert crop(studio, found).shape == crop(studio, known).shape


def test_the_simple_engine_claims_nothing_that_needs_a_mesh(studio: Picture) -> None:
    with Detector(EngineName.HAAR) as simple:
        report = examine(studio, LIMITS, simple)
        assert simple.segment(studio) is None
    assert report.engine is EngineName.HAAR
    assert tuple(r.name for r in report.requirements) == REQUIREMENTS
    for requirement in report.requirements:
        measured = requirement.name in _WITHOUT_MESH
        assert (requirement.value is not None) == measured
        assert (requirement.verdict is Verdict.NOT_MEASURED) != measured
    assert report.verdict is Verdict.AMBER
    assert report.landmarks is not None
    assert report.landmarks.mesh is None


@pytest.mark.parametrize("engine", list(EngineName))
def test_nobody_is_found_on_a_blank_wall(engine: EngineName) -> None:
    with Detector(engine) as detector:
        report = examine(np.full((480, 640, 3), 190, np.uint8), LIMITS, detector)
    assert report.faces == 0
    assert report.verdict is Verdict.RED


def test_a_face_without_eyes_is_red(scene: Scene) -> None:
    """The cascades find the face behind dark glasses, but no eyes in it."""
    with Detector(EngineName.HAAR) as simple:
        report = examine(covered_eyes(scene, 1.0), LIMITS, simple)
    assert report.faces == 1
    distance = next(r for r in report.requirements if r.name == "eye_distance")
    assert (distance.value, distance.verdict, distance.sentence) == (None, Verdict.RED, "eye_distance-absent")
    assert report.verdict is Verdict.RED


def test_landmarks_are_in_pixels_of_the_whole_picture(studio: Picture, detector: Detector) -> None:
    report = examine(studio, LIMITS, detector)
    landmarks = report.landmarks
    assert landmarks is not None
    assert landmarks.mesh is not None
    assert landmarks.mesh.shape == (478, 3)
    assert landmarks.confidence is not None
    assert 0.5 < landmarks.confidence <= 1
    assert (landmarks.eyes, landmarks.chin) == (report.eyes, report.chin)
    iris = landmarks.mesh[[468, 473], :2]
    assert np.abs(iris - np.array(landmarks.eyes)).max() < 8


def test_the_person_is_told_from_the_wall(studio: Picture, detector: Detector) -> None:
    person = detector.segment(studio)
    assert person is not None
    assert person.shape == studio.shape[:2]
    assert person.dtype == np.float32
    assert 0 <= person.min() <= person.max() <= 1
    assert person[310, 640] > 0.9
    assert person[100, 100] < 0.1
    assert detector.segment(np.zeros((1, 1, 3), np.uint8)) is None


def test_a_large_picture_is_judged_as_the_small_one(studio: Picture, detector: Detector) -> None:
    large = np.repeat(np.repeat(studio, 3, axis=0), 3, axis=1)
    small_report, large_report = (examine(picture, LIMITS, detector) for picture in (studio, large))
    shares = {"head_size", "centring", "roll", "yaw", "eyes_open", "lighting", "contrast", "background"}
    for one, other in zip(small_report.requirements, large_report.requirements, strict=True):
        if one.name in shares:
            assert one.value is not None
            assert other.value is not None
            assert other.value == pytest.approx(one.value, rel=0.1, abs=1.0 if one.unit == "°" else 0.03)
