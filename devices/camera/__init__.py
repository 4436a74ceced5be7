"""Cameras: a picture at a time, the newest one, from a USB camera, a file, a sequence or a network address."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture of a source.

    image: (height, width, 3) uint8, blue-green-red; it belongs to the receiver alone.
    sequence: counts up by one for each picture of a Camera, also across a source's coming back.
    taken_at: time.monotonic() seconds at which it arrived.
    jpeg: the very bytes from which the image was decoded, None where the source gives pixels.
    """

    image: NDArray[np.uint8]
    sequence: int
    taken_at: float
    jpeg: bytes | None = None
