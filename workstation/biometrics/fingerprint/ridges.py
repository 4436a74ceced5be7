"""Whether a picture shows friction ridges at all: local waves of a ridge's width, in one direction each.

Minutiae detectors find minutiae in noise and in faces too, and NFIQ 2 gives noise a middling score; so
this is asked first. Blocks of 32 x 32 pixels at 500 dpi are looked at in the frequency domain.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_BLOCK = 32
_STRIDE = 16
# Ridge periods at 500 dpi: about 9 pixels in adults, 5 in small children, 13 in broad-ridged thumbs. Faces
# and blurred noise have waves of this length too, but their strongest is longer.
_SHORTEST, _LONGEST = 4.0, 14.0
_LEAST_CONTRAST = 12.0
_LEAST_SHARE = 0.3
_LEAST_BLOCKS = 12
_LEAST_PART = 0.4


def ridge_blocks(pixels: NDArray[np.uint8]) -> tuple[int, int]:
    """(blocks with ridges, blocks with any contrast) of a 500 dpi picture, rows x columns."""
    if min(pixels.shape) < _BLOCK:
        return 0, 0
    views = np.lib.stride_tricks.sliding_window_view(pixels, (_BLOCK, _BLOCK))[::_STRIDE, ::_STRIDE]
    blocks = views.reshape(-1, _BLOCK, _BLOCK).astype(np.float64)
    blocks = blocks[blocks.std(axis=(1, 2)) >= _LEAST_CONTRAST]
    if not len(blocks):
        return 0, 0
    window = np.hanning(_BLOCK)
    blocks = (blocks - blocks.mean(axis=(1, 2), keepdims=True)) * np.outer(window, window)
    power = np.abs(np.fft.fft2(blocks)) ** 2
    waves = np.fft.fftfreq(_BLOCK)
    length = np.hypot(waves[:, None], waves[None, :])
    peaks = power.reshape(len(blocks), -1).argmax(axis=1)
    in_band = (length.ravel()[peaks] >= 1 / _LONGEST) & (length.ravel()[peaks] <= 1 / _SHORTEST)
    rows, columns = np.unravel_index(peaks, (_BLOCK, _BLOCK))
    near = np.arange(-1, 2)
    lobe = power[
        np.arange(len(blocks))[:, None, None],
        (rows[:, None, None] + near[None, :, None]) % _BLOCK,
        (columns[:, None, None] + near[None, None, :]) % _BLOCK,
    ].sum(axis=(1, 2))
    share = 2 * lobe / np.maximum(power.sum(axis=(1, 2)), 1e-9)
    return int((in_band & (share >= _LEAST_SHARE)).sum()), len(blocks)


def shows_ridges(pixels: NDArray[np.uint8]) -> bool:
    """True when enough of the picture, and enough of what is not empty in it, is ridges."""
    ridged, filled = ridge_blocks(pixels)
    return ridged >= _LEAST_BLOCKS and ridged >= _LEAST_PART * filled
