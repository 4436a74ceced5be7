"""Where a card lies that does not stand out from its ground (white on a scanner's white lid): found by its print."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from workstation.card_reading.model import HEIGHT, WIDTH, Picture, SideModel

_WORK = 720
_GLANCE = 640
_MODEL_SCALE = 0.5
_FEATURES = 800
_NEARER = 0.78
_LEAST_MATCHES = 18
_PLAIN_MATCHES = 80
_REPROJECTION = 4.0
# Of a picture that was made small: how far apart the drawn parts of one card may lie, and what is only dust.
_GAP = 15
_DUST = 0.002
_AROUND = 0.10

Features = tuple[list[tuple[float, float]], NDArray[np.float32]]


def find_by_print(picture: Picture, models: tuple[SideModel, ...]) -> NDArray[np.float32] | None:
    """The corners (4, 2) of the card whose print the picture (BGR) shares with one of the models, from the print's own
    upper left clockwise; None when there is no such card.

    Of several models of a side the first is looked for: what the blank brings is the same on every card.
    """
    left, top, right, bottom = _drawn(picture)
    part = picture[top:bottom, left:right]
    seen = _features(part, min(1.0, _WORK / max(part.shape[:2])))
    if seen is None:
        return None
    best, found = 0, None
    sides = {model.side: model for model in reversed(models)}
    for model in sides.values():
        known = _known(model)
        if known is None or best >= _PLAIN_MATCHES:
            continue
        pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(known[1], seen[1], k=2)
        close = [
            pair[0] for pair in pairs if len(pair) == 2 and pair[0].distance < _NEARER * pair[1].distance
        ]
        if len(close) < max(_LEAST_MATCHES, best + 1):
            continue
        there = np.array([known[0][match.queryIdx] for match in close], np.float32)
        here = np.array([seen[0][match.trainIdx] for match in close], np.float32)
        place, agreeing = _homography(there, here)
        if place is None or agreeing < max(_LEAST_MATCHES, best + 1):
            continue
        edge = np.array([[[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]]], np.float32)
        corners = cv2.perspectiveTransform(edge, place)[0]
        if cv2.isContourConvex(corners[:, None, :].astype(np.int32)):
            best, found = agreeing, np.asarray(corners + np.array([left, top]), np.float32)
    return found


def _drawn(picture: Picture) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of all that is drawn in the picture: on a scanner's glass a card is a small part."""
    height, width = picture.shape[:2]
    scale = min(1.0, _GLANCE / max(height, width))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    edges = cv2.Canny(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), 25, 75)
    joined = cv2.morphologyEx(edges, cv2.MORPH_CLOSE, np.ones((_GAP, _GAP), np.uint8))
    _count, _labels, stats, _middles = cv2.connectedComponentsWithStats(joined)
    boxes = stats[1:, :4]
    boxes = boxes[boxes[:, 2] * boxes[:, 3] > _DUST * small.shape[0] * small.shape[1]]
    if not len(boxes):
        return 0, 0, width, height
    low = boxes[:, :2].min(axis=0) / scale
    high = (boxes[:, :2] + boxes[:, 2:]).max(axis=0) / scale
    room = _AROUND * float((high - low).max())
    left, top = np.maximum(low - room, 0).astype(int).tolist()
    right, bottom = np.minimum(high + room, (width, height)).astype(int).tolist()
    return left, top, right, bottom


def _homography(
    there: NDArray[np.float32], here: NDArray[np.float32]
) -> tuple[NDArray[np.float64] | None, int]:
    """The one that most points agree on, and how many they are; none where no four agree."""
    found: Any = cv2.findHomography(there, here, cv2.RANSAC, _REPROJECTION)
    return found[0], 0 if found[1] is None else int(found[1].sum())


# Of the card in the hand and of the one before, as their models are kept.
@lru_cache(maxsize=4)
def _known(model: SideModel) -> Features | None:
    return _features(model.raster, _MODEL_SCALE)


def _features(picture: Picture, scale: float) -> Features | None:
    """Where in the picture, at its full size, and what."""
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    found: Any = cv2.SIFT.create(_FEATURES).detectAndCompute(grey, np.ones_like(grey, np.uint8))
    points, described = found
    if len(points) < _LEAST_MATCHES:
        return None
    return [(point.pt[0] / scale, point.pt[1] / scale) for point in points], np.asarray(described, np.float32)
