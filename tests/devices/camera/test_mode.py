"""Size and exposure in each driver's own terms."""

import pytest

from devices.camera.mode import USUAL, CameraMode, exposure_properties
from devices.camera.opencv import cv2


def test_left_to_the_camera() -> None:
    assert exposure_properties(USUAL, "linux") == [(cv2.CAP_PROP_AUTO_EXPOSURE, 3.0)]
    assert exposure_properties(USUAL, "win32") == [(cv2.CAP_PROP_AUTO_EXPOSURE, 0.75)]


@pytest.mark.parametrize(
    ("milliseconds", "hundreds_of_microseconds", "power_of_two"),
    [(10, 100, -7), (20, 200, -6), (31, 310, -5)],
)
def test_a_chosen_time(milliseconds: int, hundreds_of_microseconds: float, power_of_two: float) -> None:
    mode = CameraMode(exposure_ms=milliseconds)
    assert exposure_properties(mode, "linux") == [
        (cv2.CAP_PROP_AUTO_EXPOSURE, 1.0),
        (cv2.CAP_PROP_EXPOSURE, hundreds_of_microseconds),
    ]
    assert exposure_properties(mode, "win32") == [
        (cv2.CAP_PROP_AUTO_EXPOSURE, 0.25),
        (cv2.CAP_PROP_EXPOSURE, power_of_two),
    ]
