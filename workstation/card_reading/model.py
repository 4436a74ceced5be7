"""What a side should look like: its own raster, and where on it stands what is compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
# ISO/IEC 7810 ID-1 at 300 dots per inch, as the renderer rasterises it.
WIDTH, HEIGHT = 1012, 638
MM_WIDTH, MM_HEIGHT = 85.60, 53.98
PIXELS_PER_MM = WIDTH / MM_WIDTH


@dataclass(frozen=True)
class Place:
    """A named rectangle, in mm from the card's top left corner; `value` names what of the record stands there."""

    name: str
    value: str
    x: float
    y: float
    width: float
    height: float

    def box(self, margin: float = 0.0) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in pixels of the straightened card, widened by `margin` mm, never outside."""
        left, top = (self.x - margin) * PIXELS_PER_MM, (self.y - margin) * PIXELS_PER_MM
        right = (self.x + self.width + margin) * PIXELS_PER_MM
        bottom = (self.y + self.height + margin) * PIXELS_PER_MM
        return (
            max(0, round(left)),
            max(0, round(top)),
            min(WIDTH, round(right)),
            min(HEIGHT, round(bottom)),
        )


@dataclass(frozen=True)
class ZonePlace:
    """Where the three OCR-B lines stand: the left edge of their first letters' pitch, and their baselines, in mm."""

    left: float
    baselines: tuple[float, float, float]


@dataclass(frozen=True, eq=False)
class SideModel:
    """One side of the card that is expected: `raster` (638, 1012, 3) BGR as it would be printed from the record.

    `portraits` and `texts` are compared by likeness with the raster; `zone` and `symbols` are where codes
    stand. Places that are empty on this card are left out by whoever makes the model.
    """

    side: str
    raster: Picture
    portraits: tuple[Place, ...] = ()
    texts: tuple[Place, ...] = ()
    zone: ZonePlace | None = None
    symbols: tuple[Place, ...] = ()
