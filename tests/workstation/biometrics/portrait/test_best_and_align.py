"""The best of several pictures; an earlier picture brought over the new one by its eyes; JPEG 2000 under its cap."""

import io
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.align import align, similarity
from workstation.biometrics.portrait.best import best_picture
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.encode import encode_jpeg2000
from workstation.biometrics.portrait.examine import PortraitReport, Requirement, examine
from workstation.biometrics.portrait.limits import PortraitLimits, Verdict
from workstation.biometrics.portrait.placement import PortraitError

Picture = NDArray[np.uint8]


def blurred(picture: Picture, sigma: float) -> Picture:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.uint8)


def test_the_sharpest_of_alike_ones_is_taken(studio: Picture, detector: Detector) -> None:
    pictures = [blurred(studio, 3), blurred(studio, 1), studio, blurred(studio, 2), blurred(studio, 6)]
    chosen, report = best_picture(pictures, lambda picture: examine(picture, PortraitLimits(), detector))
    assert chosen == 2
    assert report == examine(studio, PortraitLimits(), detector)


def test_a_verdict_counts_more_than_sharpness() -> None:
    scene = np.random.default_rng(3).integers(0, 255, (120, 160, 3), dtype=np.uint8)
    pictures = [scene, blurred(scene, 0.6), blurred(scene, 0.9), blurred(scene, 5)]
    verdicts = [(Verdict.RED, Verdict.GREEN), (Verdict.AMBER, Verdict.AMBER), (Verdict.AMBER, Verdict.GREEN)]
    asked: list[int] = []

    def judged(picture: Picture) -> PortraitReport:
        index = next(i for i, one in enumerate(pictures) if one is picture)
        asked.append(index)
        found = tuple(Requirement(str(n), 1.0, "px", None, None, v) for n, v in enumerate(verdicts[index]))
        return PortraitReport(None, None, None, found, Verdict.RED)

    assert best_picture(pictures, judged)[0] == 2
    assert sorted(asked) == [0, 1, 2]


POINT = st.tuples(st.floats(-3000, 3000), st.floats(-3000, 3000))


@given(eyes=st.tuples(POINT, POINT), onto=st.tuples(POINT, POINT))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_eyes_meet_eyes_and_nothing_is_sheared(
    eyes: tuple[tuple[float, float], tuple[float, float]],
    onto: tuple[tuple[float, float], tuple[float, float]],
) -> None:
    if min(math.dist(*eyes), math.dist(*onto)) < 4:
        with pytest.raises(PortraitError):
            similarity(eyes, onto)
        return
    matrix = similarity(eyes, onto)
    moved = np.array(eyes) @ matrix[:, :2].T + matrix[:, 2]
    assert np.abs(moved - np.array(onto)).max() < 1e-3
    (a, b), (c, d) = matrix[:, :2]
    assert (a, b) == pytest.approx((d, -c))
    assert a * d - b * c > 0


def test_a_turned_small_picture_lies_over_the_new_one(studio: Picture, detector: Detector) -> None:
    turn = cv2.getRotationMatrix2D((640, 320), 12, 0.6)
    old = np.asarray(cv2.warpAffine(studio, turn, (1280, 720), borderMode=cv2.BORDER_REPLICATE), np.uint8)
    found = [examine(picture, PortraitLimits(), detector).eyes for picture in (old, studio)]
    assert found[0] is not None
    assert found[1] is not None
    laid = align(old, found[0], found[1], (1280, 720))
    x, y = (int((one + other) / 2) for one, other in zip(*found[1], strict=True))
    face = (slice(y - 100, y + 150), slice(x - 100, x + 100))
    apart = np.abs(laid[face].astype(int) - studio[face]).mean()
    assert apart < np.abs(old[face].astype(int) - studio[face]).mean() / 3


@pytest.mark.parametrize("cap", [10_000, 20_000, 30_000])
def test_jpeg_2000_fills_its_cap_and_keeps_the_colours(studio: Picture, cap: int) -> None:
    face = np.ascontiguousarray(studio[60:588, 430:843])
    content = encode_jpeg2000(face, cap_bytes=cap)
    assert cap * 0.9 < len(content) <= cap
    with Image.open(io.BytesIO(content)) as back:
        assert back.format == "JPEG2000"
        pixels = np.asarray(back.convert("RGB"))[:, :, ::-1]
    assert pixels.shape == face.shape
    assert np.abs(pixels.astype(int) - face).mean() < 5


def test_a_cap_that_leaves_nothing_of_a_face_is_refused(studio: Picture) -> None:
    with pytest.raises(PortraitError) as raised:
        encode_jpeg2000(studio, cap_bytes=4_000)
    assert raised.value.code == "too-large"
