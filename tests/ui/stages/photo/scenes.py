"""What stands before the simulated camera: one good scene and its faults, all made from one public-domain face."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from devices.camera.opencv import cv2
from tests.ui.stages.photo.counter import a_person
from ui.demo_portrait import build_studio_portrait

Scene = NDArray[np.uint8]


@cache
def good() -> Scene:
    """All requirements are green."""
    return build_studio_portrait()


def bad() -> Scene:
    """A true bad portrait: lips parted, far away, a flag behind."""
    wide = np.full((720, 1280, 3), 205, np.uint8)
    wide[:, 280:1000] = cv2.resize(a_person(), (720, 720))
    return wide


def moved(scale: float = 1.0, right: float = 0.0, degrees: float = 0.0) -> Scene:
    """The good scene with the camera farther away, to the side, or tilted."""
    height, width = good().shape[:2]
    place = cv2.getRotationMatrix2D((width / 2, height * 0.45), degrees, scale)
    place[0, 2] += right
    return np.asarray(
        cv2.warpAffine(good(), place, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def two_people() -> Scene:
    half = good()[:, 320:960]
    return np.ascontiguousarray(np.concatenate([half, half], axis=1))


def nobody() -> Scene:
    wall = np.full((720, 1280, 3), 170, np.uint8)
    wall[::40] = 150
    return wall


def blurred() -> Scene:
    return np.asarray(cv2.GaussianBlur(good(), (0, 0), 7), np.uint8)


def too_bright() -> Scene:
    return np.asarray(np.clip(good().astype(np.float32) * 1.5 + 40, 0, 255), np.uint8)
