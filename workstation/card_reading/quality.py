"""Whether a picture of a card is good enough to blame the card for what cannot be read: dark, blurred, glare."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from workstation.card_reading.bands import Plane, grey, soft
from workstation.card_reading.errors import PictureFault
from workstation.card_reading.model import Picture

# Measured on rendered cards under simulated light (tests/benchmarks/bench_card_check.py): what a check reads lies
# above the first two and below the third with room to spare; what it fails on lies beyond one of them.
DARK_BELOW = 70.0
BLURRED_BELOW = 0.36
GLARE_ABOVE = 0.30
_DARK_PRINT = 120.0
_CELL = 64
_LEAST_PRINT = 0.02


@dataclass(frozen=True)
class Quality:
    """`white`: the light of the card's ground (0 to 255); `sharpness`: fine detail against coarse, as a share of what
    the model has, across or down, whichever is less; `glare`: of the dark print in the worst of the card's cells
    (5.4 mm wide), the share that is drowned in light."""

    white: float
    sharpness: float
    glare: float

    @property
    def fault(self) -> PictureFault | None:
        """The first thing that is wrong, or None."""
        if self.white < DARK_BELOW:
            return PictureFault.DARK
        if self.glare > GLARE_ABOVE:
            return PictureFault.GLARE
        if self.sharpness < BLURRED_BELOW:
            return PictureFault.BLURRED
        return None


def quality(card: Picture, model: Picture) -> Quality:
    """Of the straightened `card` against its `model` (both 638 x 1012 x 3, BGR)."""
    seen, wanted = grey(card), grey(model)
    white = float(np.percentile(seen, 90))
    sharpness = min(one / max(two, 1e-6) for one, two in zip(_detail(seen), _detail(wanted), strict=True))
    return Quality(white, sharpness, _drowned(seen, wanted, white))


def _detail(plane: Plane) -> tuple[float, float]:
    """How much of the change from pixel to pixel is fine: across, down."""
    fine = soft(plane, 1.0) - soft(plane, 2.4)
    coarse = soft(plane, 5.0) - soft(plane, 10.0)
    return tuple(
        float(np.diff(fine, axis=axis).std() / max(float(np.diff(coarse, axis=axis).std()), 1e-6))
        for axis in (1, 0)
    )  # type: ignore[return-value]  # two axes


def _drowned(seen: Plane, wanted: Plane, white: float) -> float:
    dark = (cv2.dilate(wanted, np.ones((3, 3), np.uint8)) < _DARK_PRINT).astype(np.float32)
    # Brighter than the bare card in the same light: a lamp's picture, not print that is missing.
    lit = dark * (soft(seen, 2.0) > min(252.0, 1.03 * white))
    size = (dark.shape[1] // _CELL + 1, dark.shape[0] // _CELL + 1)
    print_, lost = (cv2.resize(plane, size, interpolation=cv2.INTER_AREA) for plane in (dark, lit))
    counted = print_ > _LEAST_PRINT
    return float((lost[counted] / print_[counted]).max()) if counted.any() else 0.0
