"""The print version: one tone behind the person, the face byte for byte, a soft edge, no guess where it is unsure."""

import numpy as np
import pytest
from numpy.typing import NDArray

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.crop import single_face
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.examine import examine
from workstation.biometrics.portrait.landmarks import FaceGeometry
from workstation.biometrics.portrait.limits import PortraitLimits
from workstation.biometrics.portrait.print_version import even_background
from workstation.biometrics.portrait.result import ResultRules, chip_portrait, make_result

Picture = NDArray[np.uint8]
WIDTH, HEIGHT = 400, 512
FACE = FaceGeometry(((150.0, 235.0), (250.0, 235.0)), (200.0, 350.0))


def drawn(*, noise: int = 8) -> tuple[Picture, NDArray[np.float32]]:
    """A head and shoulders before a wall that is darker on one side, and where the person is."""
    person = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.ellipse(person, (200, 225), (110, 150), 0, 0, 360, 255, cv2.FILLED)
    cv2.ellipse(person, (200, 520), (190, 130), 0, 0, 360, 255, cv2.FILLED)
    wall = np.linspace(150, 225, WIDTH)[None, :, None] + np.zeros((HEIGHT, WIDTH, 3))
    skin = np.full((HEIGHT, WIDTH, 3), (90, 120, 170), float)
    grain = np.random.default_rng(5).integers(-noise, noise + 1, (HEIGHT, WIDTH, 3))
    image = np.where(person[..., None] > 0, skin, wall) + grain
    mask = cv2.GaussianBlur(person.astype(np.float32) / 255, (0, 0), 4)
    return np.clip(image, 0, 255).astype(np.uint8), np.asarray(mask, np.float32)


def test_the_wall_has_one_tone_and_the_face_its_own_bytes() -> None:
    portrait, mask = drawn()
    printed = even_background(portrait, mask, FACE)
    assert printed is not None
    far = mask < 0.02
    assert portrait[far].astype(float).std(axis=0).max() > 15
    assert printed[far].astype(float).std(axis=0).max() < 1
    core = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.ellipse(core, (200, 249), (74, 102), 0, 0, 360, 1, cv2.FILLED)
    assert np.array_equal(printed[core > 0], portrait[core > 0])
    # Inside the head beyond the face's ellipse, too, wherever the mask leaves no doubt.
    sure = cv2.erode((mask > 0.98).astype(np.uint8), np.ones((25, 25), np.uint8)) > 0
    assert np.array_equal(printed[sure], portrait[sure])


def test_a_hole_in_the_mask_does_not_reach_the_face() -> None:
    portrait, mask = drawn()
    mask[225:250, 135:170] = 0.0
    printed = even_background(portrait, mask, FACE)
    assert printed is not None
    assert np.array_equal(printed[225:250, 135:170], portrait[225:250, 135:170])


def test_the_edge_is_soft_and_only_there_is_anything_mixed() -> None:
    portrait, mask = drawn(noise=0)
    printed = even_background(portrait, mask, FACE)
    assert printed is not None
    tone = np.median(printed[mask < 0.02], axis=0)
    row = printed[120].astype(int)
    mixed = (np.abs(row - tone).max(axis=1) > 2) & (np.abs(row - portrait[120].astype(int)).max(axis=1) > 2)
    assert 2 <= int(mixed.sum()) <= 80
    steps = np.abs(np.diff(row, axis=0)).max()
    assert steps < np.abs(tone - (90, 120, 170)).max() * 0.9


def test_a_mask_that_misses_the_face_is_not_followed() -> None:
    portrait, mask = drawn()
    assert even_background(portrait, np.zeros_like(mask), FACE) is None
    assert even_background(portrait, np.asarray(np.roll(mask, 260, axis=1)), FACE) is None
    upper = mask.copy()
    upper[250:] = 0
    assert even_background(portrait, upper, FACE) is None


def test_a_person_who_fills_the_picture_leaves_nothing_to_even() -> None:
    portrait, _ = drawn()
    assert even_background(portrait, np.ones((HEIGHT, WIDTH), np.float32), FACE) is None


def test_a_face_outside_the_picture_is_no_core() -> None:
    portrait, mask = drawn()
    away = FaceGeometry(((2150.0, 235.0), (2250.0, 235.0)), (2200.0, 350.0))
    assert even_background(portrait, mask, away) is None


@pytest.fixture(scope="module")
def patterned(studio: Picture, detector: Detector) -> Picture:
    """The studio picture before a wall with broad stripes."""
    person = detector.segment(studio)
    assert person is not None
    stripes = 120 + 90 * (np.arange(1280)[None, :, None] // 90 % 2) + np.zeros((720, 1280, 3))
    share = person[..., None]
    return np.clip(studio * share + stripes * (1 - share), 0, 255).astype(np.uint8)


def test_a_real_face_before_stripes(patterned: Picture, detector: Detector) -> None:
    report = examine(patterned, PortraitLimits(), detector)
    result = make_result(patterned, report, ResultRules(), detector.segment)
    assert result.printed is not None
    pictures = [
        np.asarray(cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR))
        for content in (result.exchange, result.printed)
    ]
    person = detector.segment(pictures[0])
    assert person is not None
    wall = cv2.dilate(person, np.ones((25, 25), np.uint8)) < 0.05
    assert wall.mean() > 0.05
    before, after = (float(picture[wall].astype(float).std()) for picture in pictures)
    assert before > 25
    assert after < 2
    x, y = (int(value) for value in result.face.middle)
    face = (slice(y - 40, y + 120), slice(x - 60, x + 60))
    # Both are JPEG: the bytes of the face were the same before they were encoded.
    assert np.abs(pictures[0][face].astype(int) - pictures[1][face]).max() <= 3


def test_switched_off_there_is_none(studio: Picture, detector: Detector) -> None:
    report = examine(studio, PortraitLimits(), detector)
    off = make_result(studio, report, ResultRules(even_background=False), detector.segment)
    assert off.printed is None
    nobody_knows = make_result(studio, report, ResultRules(), lambda _image: None)
    assert nobody_knows.printed is None
    assert nobody_knows.exchange == off.exchange


def test_the_chip_s_picture_fits_and_is_the_same_face(studio: Picture, detector: Detector) -> None:
    report = examine(studio, PortraitLimits(), detector)
    chip = chip_portrait(studio, report, ResultRules())
    assert 15_000 < len(chip) <= 20_000
    assert chip[4:8] == b"jP  "
    result = make_result(studio, report, ResultRules(), detector.segment)
    exchanged = np.asarray(cv2.imdecode(np.frombuffer(result.exchange, np.uint8), cv2.IMREAD_COLOR))
    decoded = cv2.imdecode(np.frombuffer(chip, np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    size = (decoded.shape[1], decoded.shape[0])
    assert size[0] <= 413
    assert np.abs(decoded.astype(int) - cv2.resize(exchanged, size, interpolation=cv2.INTER_AREA)).mean() < 4
    found = single_face(examine(np.asarray(decoded, np.uint8), PortraitLimits(), detector))
    assert found.eye_distance > 90
