"""The demo's applicant: the same picture each time, a camera's size, and green again after the camera's line."""

import numpy as np

from devices.camera.capture import Camera
from devices.simulated.camera import SimulatedCamera
from ui.demo_portrait import TRAINING_LIMITS, build_studio_portrait, raw_picture
from workstation.biometrics.portrait.crop import crop
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.examine import Verdict, examine
from workstation.biometrics.portrait.limits import PortraitLimits


def test_the_studio_picture_goes_over_the_line_and_stays_green() -> None:
    studio = build_studio_portrait()
    assert studio.shape == (720, 1280, 3)
    assert np.array_equal(studio, build_studio_portrait())
    limits = PortraitLimits.from_policy(TRAINING_LIMITS)
    with SimulatedCamera(studio) as simulated, Camera(simulated.url) as camera, Detector() as detector:
        frame = camera.latest(seconds=10)
        report = examine(frame.image, limits, detector)
        assert [r for r in report.requirements if r.verdict is not Verdict.GREEN] == []
        assert crop(frame.image, report).shape == (378, 295, 3)


def test_the_raw_picture_is_untouched() -> None:
    raw = raw_picture()
    assert raw.shape == (512, 512, 3)
    # Blue-green-red: the suit is orange.
    blue, _, red = raw[330, 130]
    assert red > blue + 80
