"""Softening: what is left of a plane when detail finer than some pixels is taken away."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
_WIDE = 4.0


def grey(picture: NDArray[np.uint8]) -> Plane:
    """The light of a picture (BGR), 0 to 255."""
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.float32)


def soft(plane: Plane, deviation: float) -> Plane:
    """A Gaussian of `deviation` pixels; a wide one is made on a quarter of the plane, where it costs a twentieth."""
    if deviation < _WIDE:
        return np.asarray(cv2.GaussianBlur(plane, (0, 0), deviation), np.float32)
    small = cv2.resize(plane, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    blurred = cv2.GaussianBlur(small, (0, 0), deviation / 4)
    return np.asarray(cv2.resize(blurred, plane.shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)
