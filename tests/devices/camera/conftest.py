"""A scene that every camera test shows: no photograph, but as full of detail as one."""

import numpy as np
import pytest
from numpy.typing import NDArray

from devices.camera.opencv import cv2


@pytest.fixture
def scene() -> NDArray[np.uint8]:
    """(240, 320, 3): coloured blocks, a bright disc at the left of the upper half, reproducible."""
    blocks = np.random.default_rng(7).integers(40, 200, (12, 16, 3), dtype=np.uint8)
    image = np.asarray(cv2.resize(blocks, (320, 240), interpolation=cv2.INTER_CUBIC), np.uint8)
    cv2.circle(image, (80, 60), 30, (240, 240, 240), -1)
    return image
