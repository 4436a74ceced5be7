"""Which pictures are none: one colour, a dot, rows of dead green; and which are, however green the wall."""

import numpy as np
import pytest
from numpy.typing import NDArray

from devices.camera.opencv import cv2
from devices.camera.usable import is_usable

DEAD_GREEN = (0, 135, 0)


def test_a_scene_is_usable(scene: NDArray[np.uint8]) -> None:
    assert is_usable(scene)
    assert is_usable(scene // 12)


@pytest.mark.parametrize("share", [0.15, 0.5, 0.95])
def test_dead_green_from_some_row_on(scene: NDArray[np.uint8], share: float) -> None:
    torn = scene.copy()
    torn[round(240 * (1 - share)) :] = DEAD_GREEN
    assert not is_usable(torn)
    _, jpeg = cv2.imencode(".jpg", torn, [cv2.IMWRITE_JPEG_QUALITY, 80])
    decoded = cv2.imdecode(jpeg, cv2.IMREAD_COLOR)
    assert decoded is not None
    assert not is_usable(np.asarray(decoded, np.uint8))


def test_a_green_wall_is_a_wall(scene: NDArray[np.uint8]) -> None:
    noise = np.random.default_rng(1).normal(0, 3, scene.shape)
    for colour in ((60, 150, 40), (25, 120, 25), (64, 177, 0)):
        wall = np.clip(np.full(scene.shape, colour, float) + noise, 0, 255).astype(np.uint8)
        wall[100:, 80:240] = scene[100:, 80:240]
        assert is_usable(wall), colour


@pytest.mark.parametrize("shape", [(0, 0, 3), (1, 1, 3), (63, 900, 3), (240, 320), (240, 320, 4)])
def test_what_is_no_picture(shape: tuple[int, ...]) -> None:
    assert not is_usable(np.arange(int(np.prod(shape)), dtype=np.uint8).reshape(shape))
