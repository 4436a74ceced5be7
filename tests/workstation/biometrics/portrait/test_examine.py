"""Requirements measured on real and harmed pictures: each harm is found by the requirement it breaks."""

import json
from collections.abc import Callable
from dataclasses import asdict

import numpy as np
import pytest
from numpy.typing import NDArray

from devices.camera.opencv import cv2
from ui.demo_portrait import TRAINING_LIMITS
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.examine import REQUIREMENTS, PortraitReport, Verdict, examine
from workstation.biometrics.portrait.limits import PortraitLimits

Picture = NDArray[np.uint8]
LIMITS = PortraitLimits()


def verdicts(report: PortraitReport) -> dict[str, Verdict]:
    return {requirement.name: requirement.verdict for requirement in report.requirements}


def value(report: PortraitReport, name: str) -> float:
    found = next(requirement.value for requirement in report.requirements if requirement.name == name)
    assert found is not None
    return found


@pytest.mark.parametrize("policy", [TRAINING_LIMITS, {}], ids=["training policy", "default policy"])
def test_the_studio_picture_is_green_throughout(
    studio: Picture, detector: Detector, policy: dict[str, object]
) -> None:
    report = examine(studio, PortraitLimits.from_policy(policy), detector)
    assert {name for name, verdict in verdicts(report).items() if verdict is not Verdict.GREEN} == set()
    assert report.verdict is Verdict.GREEN
    assert [r.name for r in report.requirements] == [n for n in REQUIREMENTS if n in verdicts(report)]


def test_the_raw_picture_shows_its_true_defects(raw: Picture, detector: Detector) -> None:
    report = examine(raw, PortraitLimits.from_policy(TRAINING_LIMITS), detector)
    found = verdicts(report)
    assert report.verdict is Verdict.RED
    assert found["mouth_closed"] is Verdict.RED
    assert found["eye_distance"] is Verdict.RED
    assert found["background"] is Verdict.RED
    assert found["head_size"] is Verdict.AMBER
    assert found["face_count"] is found["exposure"] is found["sharpness"] is Verdict.GREEN
    assert value(report, "eye_distance") == pytest.approx(43, abs=2)
    # 0.16 of the eye distance, 0.09 of the length from eyes to chin.
    assert value(report, "mouth_closed") == pytest.approx(0.09, abs=0.02)


def gain(factor: float) -> Callable[[Picture], Picture]:
    return lambda picture: np.clip(picture.astype(np.float32) * factor, 0, 255).astype(np.uint8)


def blur(sigma: float) -> Callable[[Picture], Picture]:
    return lambda picture: np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.uint8)


def move(across: float, down: float) -> Callable[[Picture], Picture]:
    place = np.array([[1, 0, across], [0, 1, down]], np.float32)
    return lambda picture: np.asarray(
        cv2.warpAffine(picture, place, (1280, 720), borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def zoom(factor: float) -> Callable[[Picture], Picture]:
    place = np.array([[factor, 0, 640 * (1 - factor)], [0, factor, 310 * (1 - factor)]], np.float32)
    return lambda picture: np.asarray(
        cv2.warpAffine(picture, place, (1280, 720), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE),
        np.uint8,
    )


def curtain(picture: Picture) -> Picture:
    striped = picture.copy()
    for left in range(0, 440, 80):
        striped[:, left : left + 40] = (90, 60, 140)
    return striped


def second_person(picture: Picture) -> Picture:
    doubled = picture.copy()
    doubled[100:520, 900:1280] = picture[100:520, 450:830]
    return doubled


@pytest.mark.parametrize(
    ("harm", "requirement"),
    [
        (blur(6), "sharpness"),
        (gain(0.12), "exposure"),
        (gain(1.9), "exposure"),
        (move(330, 0), "centring"),
        (zoom(0.5), "head_size"),
        (zoom(0.5), "eye_distance"),
        (zoom(1.75), "head_size"),
        (curtain, "background"),
        (second_person, "face_count"),
    ],
    ids=["blurred", "dark", "bright", "aside", "far", "far", "near", "curtain", "second person"],
)
def test_a_harm_is_found(
    studio: Picture, detector: Detector, harm: Callable[[Picture], Picture], requirement: str
) -> None:
    assert verdicts(examine(studio, LIMITS, detector))[requirement] is Verdict.GREEN
    assert verdicts(examine(harm(studio), LIMITS, detector))[requirement] is Verdict.RED


def test_the_sign_of_exposure_tells_which_way(studio: Picture, detector: Detector) -> None:
    assert value(examine(gain(0.12)(studio), LIMITS, detector), "exposure") < 0
    assert value(examine(gain(1.9)(studio), LIMITS, detector), "exposure") > 0


def test_neither_size_nor_light_counts_as_sharpness(studio: Picture, detector: Detector) -> None:
    plain = value(examine(studio, LIMITS, detector), "sharpness")
    dimmed = value(examine(gain(0.6)(studio), LIMITS, detector), "sharpness")
    larger = np.asarray(cv2.resize(studio, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC), np.uint8)
    assert dimmed == pytest.approx(plain, rel=0.15)
    assert value(examine(larger, LIMITS, detector), "sharpness") == pytest.approx(plain, rel=0.25)


@pytest.mark.parametrize(
    "picture",
    [
        np.full((480, 640, 3), 128, np.uint8),
        np.full((480, 640, 3), (0, 135, 0), np.uint8),
        np.zeros((1, 1, 3), np.uint8),
        np.zeros((20, 3000, 3), np.uint8),
        np.zeros((3000, 20, 3), np.uint8),
        np.zeros((300, 1200, 3), np.uint8),
        np.zeros((1200, 300, 3), np.uint8),
        np.zeros((480, 640, 4), np.uint8),
        np.zeros((480, 640), np.uint8),
        np.random.default_rng(5).integers(0, 256, (480, 640, 3), dtype=np.uint8),
    ],
    ids=[
        "grey",
        "green",
        "dot",
        "wide",
        "tall",
        "wide at the limit",
        "tall at the limit",
        "alpha",
        "flat",
        "noise",
    ],
)
def test_no_face_is_red_and_nothing_else_is_claimed(picture: Picture, detector: Detector) -> None:
    report = examine(picture, LIMITS, detector)
    assert report.faces == 0
    assert (report.face, report.eyes, report.chin, report.verdict) == (None, None, None, Verdict.RED)
    assert {requirement.value for requirement in report.requirements[1:]} == {None}
    assert {r.verdict for r in report.requirements[1:]} == {Verdict.NOT_MEASURED}


def test_the_same_pixels_give_the_same_report(studio: Picture, detector: Detector) -> None:
    assert examine(studio, LIMITS, detector) == examine(studio.copy(), LIMITS, detector)


def test_a_report_can_be_kept_as_json(raw: Picture, detector: Detector) -> None:
    report = examine(raw, LIMITS, detector)
    kept = json.loads(json.dumps([asdict(requirement) for requirement in report.requirements]))
    assert kept[0] == {
        "name": "face_count",
        "value": 1.0,
        "unit": "count",
        "low": 1,
        "high": 1,
        "verdict": "green",
    }
    assert kept[3]["high"] is None


def test_the_face_is_outlined_where_it_is(studio: Picture, detector: Detector) -> None:
    report = examine(studio, LIMITS, detector)
    assert report.face is not None
    assert report.eyes is not None
    assert report.chin is not None
    right, left = report.eyes
    assert right[0] < left[0]
    for x, y in (*report.eyes, report.chin):
        assert report.face.x < x < report.face.x + report.face.width
        assert report.face.y < y < report.face.y + report.face.height * 1.1
    assert report.chin[1] > max(right[1], left[1])


@pytest.mark.parametrize("degrees", [-12, -5, 5, 12])
def test_eyes_are_found_in_a_tilted_head(studio: Picture, detector: Detector, degrees: float) -> None:
    turn = cv2.getRotationMatrix2D((640, 320), -degrees, 1.0)
    tilted = np.asarray(cv2.warpAffine(studio, turn, (1280, 720), borderMode=cv2.BORDER_REPLICATE), np.uint8)
    level = examine(studio, LIMITS, detector).eyes
    eyes = examine(tilted, LIMITS, detector).eyes
    assert level is not None
    assert eyes is not None

    def angle(pair: tuple[tuple[float, float], tuple[float, float]]) -> float:
        (x1, y1), (x2, y2) = pair
        return float(np.degrees(np.arctan2(y2 - y1, x2 - x1)))

    assert angle(eyes) - angle(level) == pytest.approx(degrees, abs=1.5)


def test_a_closed_detector_may_be_closed_again() -> None:
    detector = Detector()
    detector.close()
    detector.close()


def test_the_models_write_nothing_on_standard_error(raw: Picture, capfd: pytest.CaptureFixture[str]) -> None:
    with Detector() as fresh:
        fresh.detect(raw)
        fresh.detect(raw)
    assert capfd.readouterr() == ("", "")
