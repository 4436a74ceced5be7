"""Faces cut by the frame, tiny, huge, turned far or mirrored: always a report whose values are numbers."""

from __future__ import annotations

import json
import math
from dataclasses import asdict

import numpy as np
import pytest
from numpy.typing import NDArray

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.examine import REQUIREMENTS, Verdict, _measured, examine
from workstation.biometrics.portrait.limits import PortraitLimits

Picture = NDArray[np.uint8]


def harmed(studio: Picture, seed: int) -> Picture:
    """A random window of the picture, turned, scaled and perhaps mirrored."""
    draw = np.random.default_rng(seed)
    size = (int(draw.integers(48, 900)), int(draw.integers(48, 900)))
    scale = float(draw.uniform(0.1, 4.0))
    turn = cv2.getRotationMatrix2D((640.0, 330.0), float(draw.uniform(-60, 60)), scale)
    moved = np.array(size) / 2 - (640, 330) + draw.uniform(-0.4, 0.4, 2) * size
    turn = np.column_stack([turn[:, :2], turn[:, 2] + moved])
    cut = cv2.warpAffine(studio, turn, size, borderMode=cv2.BORDER_REPLICATE)
    return np.ascontiguousarray(cut[:, ::-1] if draw.random() < 0.3 else cut, dtype=np.uint8)


def must_be_a_report(picture: Picture, detector: Detector) -> None:
    report = examine(picture, PortraitLimits(), detector)
    assert tuple(r.name for r in report.requirements) == REQUIREMENTS
    for requirement in report.requirements:
        assert requirement.value is None or math.isfinite(requirement.value), requirement
        json.dumps(asdict(requirement), allow_nan=False)
    if not report.faces:
        assert report.verdict is Verdict.RED


@pytest.mark.parametrize("seed", range(24))
def test_any_window_of_a_picture_gives_a_report(studio: Picture, detector: Detector, seed: int) -> None:
    must_be_a_report(harmed(studio, seed), detector)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(1000, 1300))
def test_many_windows(studio: Picture, detector: Detector, seed: int) -> None:
    must_be_a_report(harmed(studio, seed), detector)


@pytest.mark.parametrize("light", [0, 1, 254, 255])
def test_a_face_of_one_flat_colour(studio: Picture, detector: Detector, light: int) -> None:
    """The place of the face is found in the picture, then all of it is gone: nothing may divide by nothing."""
    findings = detector.detect(studio)

    measured = _measured(np.full_like(studio, light), findings)
    assert all(value is None or math.isfinite(value) for value in measured.values())
