"""Where a card lies that does not stand out from its ground (white on a scanner's white lid): found by its print."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from workstation.card_reading.model import HEIGHT, WIDTH, Picture, SideModel

_WORK = 900
_MODEL_SCALE = 0.5
_FEATURES = 800
_NEARER = 0.78
_LEAST_MATCHES = 18
_REPROJECTION = 4.0


def find_by_print(picture: Picture, models: tuple[SideModel, ...]) -> NDArray[np.float32] | None:
    """The corners (4, 2) of the card whose print the picture (BGR) shares with one of the models, from the print's own
    upper left clockwise; None when there is no such card."""
    scale = min(1.0, _WORK / max(picture.shape[:2]))
    seen = _features(picture, scale)
    if seen is None:
        return None
    found: tuple[int, NDArray[np.float32]] | None = None
    for model in models:
        known = _features(model.raster, _MODEL_SCALE)
        if known is None:
            continue
        pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(known[1], seen[1], k=2)
        close = [
            pair[0] for pair in pairs if len(pair) == 2 and pair[0].distance < _NEARER * pair[1].distance
        ]
        if len(close) < _LEAST_MATCHES or (found is not None and len(close) <= found[0]):
            continue
        there = np.array([known[0][match.queryIdx] for match in close], np.float32)
        here = np.array([seen[0][match.trainIdx] for match in close], np.float32)
        # Where no four points agree OpenCV returns no matrix, which its types do not say.
        place, inliers = _homography(there, here)
        if place is None or int(inliers.sum()) < _LEAST_MATCHES:
            continue
        edge = np.array([[[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]]], np.float32)
        corners = cv2.perspectiveTransform(edge, place)[0]
        if cv2.isContourConvex(corners[:, None, :].astype(np.int32)):
            found = (len(close), np.asarray(corners, np.float32))
    return None if found is None else found[1]


def _homography(
    there: NDArray[np.float32], here: NDArray[np.float32]
) -> tuple[NDArray[np.float64] | None, NDArray[np.uint8]]:
    found: Any = cv2.findHomography(there, here, cv2.RANSAC, _REPROJECTION)
    return found[0], np.zeros(0, np.uint8) if found[1] is None else found[1]


def _features(picture: Picture, scale: float) -> tuple[list[tuple[float, float]], NDArray[np.float32]] | None:
    """Where in the picture, at its full size, and what."""
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    found: Any = cv2.SIFT.create(_FEATURES).detectAndCompute(grey, np.ones_like(grey, np.uint8))
    points, described = found
    if len(points) < _LEAST_MATCHES:
        return None
    return [(point.pt[0] / scale, point.pt[1] / scale) for point in points], np.asarray(described, np.float32)
