"""How a USB camera shall take its pictures: size and exposure, in the terms of each operating system's driver."""

from __future__ import annotations

import math
from dataclasses import dataclass

from devices.camera.opencv import cv2

# What nearly every USB camera offers; others are asked for, and the camera gives the nearest it has.
RESOLUTIONS = ((640, 480), (1280, 720), (1920, 1080))

# V4L2_EXPOSURE_MANUAL and V4L2_EXPOSURE_APERTURE_PRIORITY (linux/v4l2-controls.h), in units of 100 microseconds.
_V4L2_MANUAL, _V4L2_AUTOMATIC, _V4L2_PER_MS = 1.0, 3.0, 10.0
# DirectShow and Media Foundation behind OpenCV: on and off as quarters, time as the power of two of seconds.
_WINDOWS_MANUAL, _WINDOWS_AUTOMATIC = 0.25, 0.75


@dataclass(frozen=True)
class CameraMode:
    """width, height: pixels asked for; exposure_ms: of each picture, 0 leaves it to the camera.

    Under lamps on 50 Hz mains, 10, 20 or 30 ms keep the picture from flickering.
    """

    width: int = 1280
    height: int = 720
    exposure_ms: int = 0


USUAL = CameraMode()


def exposure_properties(mode: CameraMode, platform: str) -> list[tuple[int, float]]:
    """OpenCV properties and their values, in the order in which they are set; platform: as sys.platform."""
    manual = mode.exposure_ms > 0
    if platform == "linux":
        properties = [(cv2.CAP_PROP_AUTO_EXPOSURE, _V4L2_MANUAL if manual else _V4L2_AUTOMATIC)]
        value = mode.exposure_ms * _V4L2_PER_MS
    else:
        properties = [(cv2.CAP_PROP_AUTO_EXPOSURE, _WINDOWS_MANUAL if manual else _WINDOWS_AUTOMATIC)]
        value = float(round(math.log2(max(mode.exposure_ms, 1) / 1000)))
    return [*properties, (cv2.CAP_PROP_EXPOSURE, value)] if manual else properties
