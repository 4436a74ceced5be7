"""Where a card lies in a picture: its four corners, found by how it stands out from the ground around it.

A card is a bright or coloured quadrilateral of ID-1 proportions (ISO/IEC 7810: 85.60 x 53.98 mm, corners rounded by
3.18 mm) on a ground of one colour. The ground is what the picture's border shows most.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from workstation.card_reading.errors import PictureFault, PictureUnusable

Picture = NDArray[np.uint8]
Contour = NDArray[np.int32]
ASPECT = 85.60 / 53.98
_WORK = 640
# Of 255; where nothing is brighter than this no card can be told from what it lies on.
_LIGHTLESS = 48
# Shares of the picture's area: what is smaller is nothing, and what runs out of the picture is no card unless larger.
_SPECK, _LEAVING = 0.02, 0.08
# Below it a camera has not seen the codes' modules.
LEAST_DPI = 120
_LEAST_LENGTH = 85.60 / 25.4 * LEAST_DPI
# Perspective makes a card look longer or shorter than it is.
_ASPECT_SLACK = 0.22
_TIGHT_SLACK = 0.02
# How much of its own quadrilateral a card fills: rounded corners and a torn edge of the mask take a little.
_FILLED = 0.90


@dataclass(frozen=True)
class Outline:
    """Corners in pixels of the picture, (4, 2), clockwise from one end of a long side."""

    corners: NDArray[np.float32]


def is_tight(picture: Picture) -> bool:
    """Whether the picture has a card's own proportions: a rendered or cut-out side that shows nothing else."""
    height, width = picture.shape[:2]
    long, short = max(height, width), min(height, width)
    return bool(abs(long / short / ASPECT - 1) < _TIGHT_SLACK)


def whole(picture: Picture) -> Outline:
    """The picture's own frame as an outline."""
    height, width = picture.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return Outline(_from_long_side(corners))


def find_card(picture: Picture) -> Outline:
    """The one card in the picture (BGR). Raises PictureUnusable no-card, two-cards, partly-outside, too-small,
    dark."""
    height, width = picture.shape[:2]
    scale = min(1.0, _WORK / max(height, width))
    small = np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    if float(np.percentile(small, 99.5)) < _LIGHTLESS:
        raise PictureUnusable(PictureFault.DARK)
    area = float(small.shape[0] * small.shape[1])
    found: list[NDArray[np.float32]] = []
    outside = tiny = False
    for mask in _masks(small):
        for contour in _contours(mask):
            share = cv2.contourArea(contour) / area
            if share < _SPECK:
                continue
            if _touches(contour, small.shape[:2]):
                outside = outside or share > _LEAVING
                continue
            corners = _quadrilateral(contour)
            if corners is None or not _is_card(corners, contour):
                continue
            if max(cv2.minAreaRect(contour)[1]) / scale < _LEAST_LENGTH:
                tiny = True
            elif not any(_same(corners, other) for other in found):
                found.append(corners)
        if found:
            break
    if len(found) > 1:
        raise PictureUnusable(PictureFault.TWO_CARDS)
    if not found:
        kind = PictureFault.PARTLY_OUTSIDE if outside else PictureFault.NO_CARD
        raise PictureUnusable(PictureFault.TOO_SMALL if tiny else kind)
    return Outline(_from_long_side(found[0] / scale))


def _masks(small: Picture) -> list[Picture]:
    """Where the picture differs from its ground, by colour and then by edges alone."""
    lab = cv2.cvtColor(cv2.GaussianBlur(small, (5, 5), 0), cv2.COLOR_BGR2LAB).astype(np.int16)
    border = np.concatenate([lab[:4].reshape(-1, 3), lab[-4:].reshape(-1, 3), lab[:, :4].reshape(-1, 3)])
    ground = np.median(border, axis=0)
    distance = np.clip(np.abs(lab - ground).max(axis=2), 0, 255).astype(np.uint8)
    spread = float(np.percentile(np.abs(border - ground).max(axis=1), 90))
    level, _mask = cv2.threshold(distance, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    masks = []
    for limit in (max(level * 0.75, spread + 6), max(level * 0.4, spread + 3), spread + 3):
        _level, mask = cv2.threshold(distance, limit, 255, cv2.THRESH_BINARY)
        masks.append(_whole_areas(np.asarray(mask, np.uint8), 7))
    edges = cv2.Canny(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), 25, 75)
    masks.append(_whole_areas(np.asarray(edges, np.uint8), 9))
    return masks


def _contours(mask: Picture) -> list[Contour]:
    found, _tree = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return [np.asarray(contour, np.int32) for contour in found]


def _whole_areas(mask: Picture, reach: int) -> Picture:
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    closing = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel, borderType=cv2.BORDER_REPLICATE)
    closed = np.asarray(closing, np.uint8)
    filled = np.zeros_like(closed)
    cv2.drawContours(filled, _contours(closed), -1, (255.0,), -1)
    # A shadow or a hair that hangs on the card is no part of it.
    return np.asarray(cv2.morphologyEx(filled, cv2.MORPH_OPEN, kernel), np.uint8)


def _touches(contour: Contour, size: tuple[int, int]) -> bool:
    x, y, wide, high = cv2.boundingRect(contour)
    return x <= 1 or y <= 1 or x + wide >= size[1] - 1 or y + high >= size[0] - 1


def _quadrilateral(contour: Contour) -> NDArray[np.float32] | None:
    """Four lines along the straight parts of the outline, and where they meet; None when it has no four sides."""
    hull = cv2.convexHull(contour)
    around = cv2.arcLength(hull, True)
    rough = None
    for share in (0.02, 0.03, 0.045, 0.06):
        rough = cv2.approxPolyDP(hull, share * around, True)
        if len(rough) == 4:
            break
    if rough is None or len(rough) != 4:
        rough = cv2.boxPoints(cv2.minAreaRect(hull))[:, None, :]
    corners = rough[:, 0, :].astype(np.float32)
    points = contour[:, 0, :].astype(np.float32)
    lines = []
    for one, two in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = two - one
        length = float(np.hypot(*along))
        if length < 8:
            return None
        along = along / length
        offset = points - one
        reach, away = offset @ along / length, np.abs(offset @ np.array([-along[1], along[0]]))
        near = points[(reach > 0.14) & (reach < 0.86) & (away < max(4.0, 0.03 * length))]
        if len(near) < 8:
            return None
        lines.append(cv2.fitLine(near, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel())
    met = [_meet(lines[i - 1], lines[i]) for i in range(4)]
    if any(point is None for point in met):
        return None
    return np.array(met, np.float32)


def _meet(one: NDArray[np.float32], two: NDArray[np.float32]) -> NDArray[np.float64] | None:
    matrix = np.array([[one[0], -two[0]], [one[1], -two[1]]], float)
    if abs(np.linalg.det(matrix)) < 1e-3:
        return None
    along = np.linalg.solve(matrix, np.array([two[2] - one[2], two[3] - one[3]], float))
    return np.array([one[2] + along[0] * one[0], one[3] + along[0] * one[1]])


def _is_card(corners: NDArray[np.float32], contour: Contour) -> bool:
    if not cv2.isContourConvex(corners[:, None, :].astype(np.int32)):
        return False
    sides = np.hypot(*(corners - np.roll(corners, -1, axis=0)).T)
    one, two = (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2
    proportion = max(one, two) / min(one, two)
    own = cv2.contourArea(corners)
    return abs(proportion / ASPECT - 1) < _ASPECT_SLACK and cv2.contourArea(contour) > _FILLED * own


def _same(one: NDArray[np.float32], two: NDArray[np.float32]) -> bool:
    return bool(np.hypot(*(one.mean(axis=0) - two.mean(axis=0))) < 12)


def _from_long_side(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """Clockwise as the picture shows it, the first side a long one."""
    across, down = corners[1] - corners[0], corners[2] - corners[1]
    if across[0] * down[1] - across[1] * down[0] < 0:
        corners = corners[::-1]
    sides = np.hypot(*(corners - np.roll(corners, -1, axis=0)).T)
    if sides[0] + sides[2] < sides[1] + sides[3]:
        corners = np.roll(corners, -1, axis=0)
    return np.ascontiguousarray(corners, np.float32)
