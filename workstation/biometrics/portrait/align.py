"""An earlier picture of the person laid over the new one: turned, scaled and moved until the eyes meet.

A face-matching engine would take the two pictures that stand here side by side; none is in the program.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.landmarks import Picture, Point
from workstation.biometrics.portrait.placement import PortraitError

Eyes = tuple[Point, Point]

_SMALLEST_EYE_DISTANCE = 4.0
_SURROUND = (200, 200, 200)


def align(earlier: Picture, eyes: Eyes, onto: Eyes, size: tuple[int, int]) -> Picture:
    """earlier: blue-green-red; eyes: its eye centres, the person's right one first, pixels; onto: where they shall
    lie in the result, of `size` (width, height).

    Grey where the earlier picture has nothing. Only turned, scaled and moved, never sheared or mirrored, so that
    proportions of the face stay comparable. Raises PortraitError "too-few-pixels" for eyes that fall together.
    """
    matrix = similarity(eyes, onto)
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    smooth = cv2.GaussianBlur(earlier, (0, 0), 0.4 / scale) if scale < 0.7 else earlier
    return np.asarray(
        cv2.warpAffine(smooth, matrix, size, flags=cv2.INTER_CUBIC, borderValue=_SURROUND), np.uint8
    )


def similarity(eyes: Eyes, onto: Eyes) -> NDArray[np.float64]:
    """The 2x3 matrix that moves the one pair of points onto the other. Raises PortraitError "too-few-pixels"."""
    (a, b), (c, d) = (tuple(complex(x, y) for x, y in pair) for pair in (eyes, onto))
    if min(abs(b - a), abs(d - c)) < _SMALLEST_EYE_DISTANCE:
        raise PortraitError("too-few-pixels", eye_distance=round(min(abs(b - a), abs(d - c))))
    turn = (d - c) / (b - a)
    shift = c - turn * a
    return np.array([[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag]])
