"""Pictures that are none: what a failed decoder, a torn line or a covered driver shows in place of a scene."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_SMALLEST_SIDE = 64
_STEP = 8
# Luminance and colour of zero, decoded: no red, no blue, and a green that no light in a room makes.
_RED_BLUE, _GREEN, _EVEN = 16.0, 60.0, 6.0
_GREEN_SHARE = 0.10


def is_usable(picture: NDArray[np.uint8]) -> bool:
    """picture: blue-green-red. False for nothing, a dot, one colour all over, or a tenth of the rows dead green."""
    if picture.ndim != 3 or picture.shape[2] != 3 or min(picture.shape[:2]) < _SMALLEST_SIDE:
        return False
    sample = picture[::_STEP, ::_STEP]
    if not (sample.max(axis=(0, 1)) > sample.min(axis=(0, 1))).any():
        return False
    rows = sample.astype(np.float32)
    blue, green, red = (rows[:, :, channel] for channel in range(3))
    dead = (
        (blue.max(axis=1) <= _RED_BLUE)
        & (red.max(axis=1) <= _RED_BLUE)
        & (green.mean(axis=1) >= _GREEN)
        & (np.ptp(green, axis=1) <= _EVEN)
    )
    return float(dead.mean()) < _GREEN_SHARE
