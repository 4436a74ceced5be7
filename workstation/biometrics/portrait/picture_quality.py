"""What camera and line made of the face: sharpness, movement, blocks, pixels."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.landmarks import Box, FaceGeometry, Picture

_EYE_DISTANCE = 60.0
_LARGEST_SIDE = 512
_JPEG_BLOCK = 8
# Steps above this are drawing, not the edge of a block.
_LARGEST_STEP = 12
_PIXEL_SIZES, _PIXELATED = range(2, 17), 0.4
_EVEN_SHARES = 1 / np.array(_PIXEL_SIZES)
_FIRST_PLACES = np.cumsum([0, *_PIXEL_SIZES[:-1]])


def measure_picture(image: Picture, face: FaceGeometry, box: Box) -> Mapping[str, float | None]:
    """sharpness: deviation of the Laplacian over the face, divided by its mean luminance, after bringing the
    eyes to 60 pixels' distance: so that neither size nor light counts (ours; 0x49 needs a trained forest).

    motion_blur: how much more detail there is across one direction than across the other, in doublings: a face
    at rest has as much in both (ours). pixelation: how much of all steps between neighbours falls on one grid
    of 2 to 16 pixels (ours). compression: how much larger small steps are on JPEG's grid of 8 than beside it
    (ours; 0x4A needs a trained network; blind to a picture resized after compression, None in a pixelated one).
    resolution: the shorter side of the picture in pixels.
    """
    cut = _inside(image, box)
    luminance = np.asarray(cv2.cvtColor(cut.pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    even = _even(luminance, face)
    steps = _steps(luminance)
    pixelation = _grid(steps)
    # Large pixels have edges of their own on the grid.
    blocks = None if pixelation is None or pixelation > _PIXELATED else _blocks(steps, cut.left, cut.top)
    return {
        "sharpness": _sharpness(even),
        "motion_blur": _motion(even),
        "pixelation": pixelation,
        "compression": blocks,
        "resolution": float(min(image.shape[:2])),
    }


class _Cut:
    """The middle of the face, at most 512 pixels a side, in the camera's own pixels; where it lies in the
    picture."""

    def __init__(self, pixels: Picture, left: int, top: int) -> None:
        self.pixels, self.left, self.top = pixels, left, top


def _inside(image: Picture, box: Box) -> _Cut:
    height, width = image.shape[:2]
    x, y = box.x + box.width / 2, box.y + box.height / 2
    half_width, half_height = min(box.width, _LARGEST_SIDE) / 2, min(box.height, _LARGEST_SIDE) / 2
    left, top = min(max(int(x - half_width), 0), width - 1), min(max(int(y - half_height), 0), height - 1)
    right, bottom = max(int(x + half_width), left + 1), max(int(y + half_height), top + 1)
    return _Cut(np.asarray(image[top:bottom, left:right]), left, top)


def _even(luminance: Picture, face: FaceGeometry) -> Picture:
    scale = _EYE_DISTANCE / max(face.eye_distance, 1.0)
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(luminance, None, fx=scale, fy=scale, interpolation=method), np.uint8)


def _sharpness(even: Picture) -> float:
    edges = cv2.Laplacian(even, cv2.CV_16S)
    _, deviation = cv2.meanStdDev(edges)
    return float(deviation[0, 0]) / max(float(even.mean()), 1.0)


def _motion(even: Picture) -> float | None:
    if min(even.shape) < 8:
        return None
    light = even.astype(np.int16)
    twice = 2 * light[1:-1, 1:-1]
    across = _detail(light[1:-1, :-2] + light[1:-1, 2:] - twice)
    down = _detail(light[:-2, 1:-1] + light[2:, 1:-1] - twice)
    falling = _detail(light[:-2, :-2] + light[2:, 2:] - twice)
    rising = _detail(light[:-2, 2:] + light[2:, :-2] - twice)
    return max(abs(math.log2(across / down)), abs(math.log2(falling / rising)))


def _detail(bend: NDArray[Any]) -> float:
    return float(cv2.norm(bend, cv2.NORM_L1)) / bend.size + 0.1


def _steps(luminance: Picture) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The mean of small steps to the next column, of each column, and to the next row, of each row."""
    across = np.minimum(cv2.absdiff(luminance[:, 1:], luminance[:, :-1]), _LARGEST_STEP)
    down = np.minimum(cv2.absdiff(luminance[1:], luminance[:-1]), _LARGEST_STEP)
    return across.mean(axis=0, dtype=np.float32), down.mean(axis=1, dtype=np.float32)


def _blocks(steps: tuple[NDArray[np.float32], NDArray[np.float32]], left: int, top: int) -> float | None:
    found = []
    for profile, start in zip(steps, (left, top), strict=True):
        on_grid = (np.arange(profile.size) + start) % _JPEG_BLOCK == _JPEG_BLOCK - 1
        if on_grid.sum() < 3:
            return None
        beside = float(profile[~on_grid].mean())
        found.append((float(profile[on_grid].mean()) - beside) / (beside + 0.5))
    return max(0.0, sum(found) / 2)


def _grid(steps: tuple[NDArray[np.float32], NDArray[np.float32]]) -> float | None:
    strongest = 0.0
    for profile in steps:
        if profile.size < 3 * _PIXEL_SIZES[-1]:
            return None
        shares = (profile @ _places(profile.size)) / max(float(profile.sum()), 1e-3)
        largest = np.maximum.reduceat(shares, _FIRST_PLACES)
        strongest = max(strongest, float(((largest - _EVEN_SHARES) / (1 - _EVEN_SHARES)).max()))
    return strongest


@lru_cache(maxsize=64)
def _places(length: int) -> NDArray[np.float32]:
    """(length, places): 1 where a step of the profile falls on that place of the grid of 2, of 3, ... pixels."""
    steps = np.arange(length)
    grids = [steps[:, None] % size == np.arange(size) for size in _PIXEL_SIZES]
    return np.concatenate(grids, axis=1).astype(np.float32)
