"""The crop: proportions, eyes on their line and level, nothing enlarged, faults named; and its JPEG."""

import dataclasses

import numpy as np
import pytest
from numpy.typing import NDArray

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.crop import PortraitError, crop
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.encode import encode_jpeg
from workstation.biometrics.portrait.examine import examine
from workstation.biometrics.portrait.limits import PortraitLimits

Picture = NDArray[np.uint8]
LIMITS = PortraitLimits()


@pytest.mark.parametrize(("width_mm", "height_mm"), [(25.0, 32.0), (35.0, 45.0), (20.0, 20.0)])
def test_proportions_of_the_layout(
    studio: Picture, detector: Detector, width_mm: float, height_mm: float
) -> None:
    report = examine(studio, LIMITS, detector)
    portrait = crop(studio, report, width_mm=width_mm, height_mm=height_mm, dpi=200)
    assert portrait.dtype == np.uint8
    assert portrait.shape[0] == round(height_mm / 25.4 * 200)
    assert portrait.shape[1] / portrait.shape[0] == pytest.approx(width_mm / height_mm, abs=0.005)


@pytest.mark.parametrize("degrees", [-10, 0, 10])
def test_eyes_are_level_and_on_their_line(studio: Picture, detector: Detector, degrees: float) -> None:
    turn = cv2.getRotationMatrix2D((640, 320), degrees, 1.0)
    tilted = np.asarray(cv2.warpAffine(studio, turn, (1280, 720), borderMode=cv2.BORDER_REPLICATE), np.uint8)
    portrait = crop(tilted, examine(tilted, LIMITS, detector))
    eyes = examine(portrait, LIMITS, detector).eyes
    assert eyes is not None
    (x1, y1), (x2, y2) = eyes
    height, width = portrait.shape[:2]
    assert abs(np.degrees(np.arctan2(y2 - y1, x2 - x1))) < 1.5
    assert (x1 + x2) / 2 / width == pytest.approx(0.5, abs=0.02)
    assert (y1 + y2) / 2 / height == pytest.approx(0.46, abs=0.02)


def test_the_head_has_its_share_of_the_portrait(studio: Picture, detector: Detector) -> None:
    portrait = crop(studio, examine(studio, LIMITS, detector))
    again = examine(portrait, LIMITS, detector)
    size = next(r.value for r in again.requirements if r.name == "head_size")
    assert size == pytest.approx(0.70, abs=0.03)


def test_a_picture_is_never_enlarged(studio: Picture, detector: Detector) -> None:
    report = examine(studio, LIMITS, detector)
    fine = crop(studio, report, dpi=300)
    finest = crop(studio, report, dpi=2400)
    assert fine.shape[:2] == (378, 295)
    assert finest.shape[0] < 720
    again = examine(finest, LIMITS, detector).eyes
    assert again is not None
    assert report.eyes is not None
    assert np.hypot(*np.subtract(*again)) == pytest.approx(np.hypot(*np.subtract(*report.eyes)), rel=0.04)


def test_without_exactly_one_face_there_is_no_portrait(studio: Picture, detector: Detector) -> None:
    nobody = np.full((480, 640, 3), 128, np.uint8)
    with pytest.raises(PortraitError) as raised:
        crop(nobody, examine(nobody, LIMITS, detector))
    assert raised.value.code == "no-face"
    couple = np.hstack([studio[:, 300:980], studio[:, 300:980]])
    with pytest.raises(PortraitError) as raised:
        crop(couple, examine(couple, LIMITS, detector))
    assert (raised.value.code, raised.value.facts) == ("several-faces", {"faces": 2})


def test_a_face_whose_parts_were_not_found(studio: Picture, detector: Detector) -> None:
    report = dataclasses.replace(examine(studio, LIMITS, detector), eyes=None)
    with pytest.raises(PortraitError) as raised:
        crop(studio, report)
    assert raised.value.code == "face-unclear"


def test_a_head_at_the_edge_is_refused(studio: Picture, detector: Detector) -> None:
    cut = studio[:, 540:]
    with pytest.raises(PortraitError) as raised:
        crop(cut, examine(cut, LIMITS, detector))
    assert raised.value.code == "outside-frame"


def test_too_few_pixels_are_refused(studio: Picture, detector: Detector) -> None:
    far = np.asarray(cv2.resize(studio, None, fx=0.22, fy=0.22, interpolation=cv2.INTER_AREA), np.uint8)
    with pytest.raises(PortraitError) as raised:
        crop(far, examine(far, LIMITS, detector))
    assert raised.value.code == "too-few-pixels"


def test_jpeg_under_its_cap(studio: Picture, detector: Detector) -> None:
    portrait = crop(studio, examine(studio, LIMITS, detector))
    free, capped = encode_jpeg(portrait), encode_jpeg(portrait, cap_bytes=20_000)
    assert free == encode_jpeg(portrait)
    assert len(capped) <= 20_000 < len(free)
    for content in (free, capped):
        back = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
        assert back is not None
        assert np.abs(back.astype(int) - portrait).mean() < 4


def test_a_cap_that_no_quality_meets_is_named(studio: Picture) -> None:
    with pytest.raises(PortraitError) as raised:
        encode_jpeg(studio, cap_bytes=5_000)
    assert raised.value.code == "too-large"
    assert raised.value.facts["cap"] == 5_000
