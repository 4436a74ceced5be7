"""A card in a picture is laid flat: ID-1 at 300 dpi, the right way up, exactly over the side that it is."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from workstation.card_reading.bands import Plane, grey, soft
from workstation.card_reading.by_print import find_by_print
from workstation.card_reading.errors import PictureFault, PictureUnusable
from workstation.card_reading.model import HEIGHT, MM_WIDTH, WIDTH, Picture, SideModel
from workstation.card_reading.outline import LEAST_DPI, find_card, is_tight, whole

# Half a card's structure at a glance: enough to tell the sides and what is up, not who is on it.
_GLANCE = (128, 80)
_ALIKE = 0.30
# Correlation of what every card of a layout has in common; a card that was laid wrongly comes nowhere near.
_LIES_WELL = 0.60
_ECC_SCALE = 0.25
_ECC_ROUNDS = 40
# As a share of the card's width: no corner is off by more.
_FARTHEST = 0.03


@dataclass(frozen=True, eq=False)
class Straightened:
    """`picture` (638, 1012, 3) BGR lies over `model.raster`, so alike (-1 to 1, without codes and
    portraits); `dpi` is what the original picture held of it."""

    picture: Picture
    model: SideModel
    alike: float
    dpi: float


def straighten(picture: Picture, models: tuple[SideModel, ...]) -> Straightened:
    """The card in `picture` (BGR, any size) over the model that it shows.

    Raises PictureUnusable no-card, two-cards, partly-outside, too-small, unknown-side.
    """
    glances = [_glance(np.asarray(cv2.resize(model.raster, _GLANCE), np.uint8)) for model in models]
    fault: PictureUnusable | None = None
    best: Straightened | None = None
    for look in (_as_it_is, _on_its_ground, lambda seen: find_by_print(seen, models)):
        try:
            corners = look(picture)
        except PictureUnusable as unusable:
            fault = unusable
            if fault.fault in (PictureFault.DARK, PictureFault.TWO_CARDS, PictureFault.TOO_SMALL):
                break
            continue
        found = None if corners is None else _most_alike(picture, corners, models, glances)
        if found is None or found.alike < _ALIKE:
            continue
        if _outside(found.corners, picture):
            fault = PictureUnusable(PictureFault.PARTLY_OUTSIDE)
            continue
        laid = _refined(picture, found)
        if best is None or laid.alike > best.alike:
            best = laid
        if best.alike >= _LIES_WELL:
            break
    if best is None:
        raise fault or PictureUnusable(PictureFault.UNKNOWN_SIDE)
    if best.dpi < LEAST_DPI:
        raise PictureUnusable(PictureFault.TOO_SMALL)
    return best


@dataclass(frozen=True, eq=False)
class _Found:
    alike: float
    model: SideModel
    corners: NDArray[np.float32]


def _as_it_is(picture: Picture) -> NDArray[np.float32] | None:
    return whole(picture).corners if is_tight(picture) else None


def _on_its_ground(picture: Picture) -> NDArray[np.float32]:
    return find_card(picture).corners


def _outside(corners: NDArray[np.float32], picture: Picture) -> bool:
    """Whether more than a rounded corner lies beyond the picture's edge."""
    height, width = picture.shape[:2]
    slack = 0.02 * float(np.hypot(*(corners[1] - corners[0])))
    return bool((corners < -slack).any() or (corners > np.array([width, height]) + slack).any())


def _most_alike(
    picture: Picture, corners: NDArray[np.float32], models: tuple[SideModel, ...], glances: list[Plane]
) -> _Found:
    """Which side it is and which way up: by what stands where, not by who is on it."""
    tried = []
    for turned in (corners, np.roll(corners, 2, axis=0)):
        glance = _glance(_warped(picture, _to_card(turned, _GLANCE), _GLANCE))
        for model, wanted in zip(models, glances, strict=True):
            tried.append(_Found(float((glance * wanted).mean()), model, turned))
    return max(tried, key=lambda found: found.alike)


def _to_card(corners: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float64]:
    width, height = size
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(np.ascontiguousarray(corners), flat), np.float64)


def _glance(picture: Picture) -> Plane:
    """Light and dark without the light's own slope, mean 0, deviation 1."""
    light = soft(grey(picture), 1.5)
    light = light - soft(light, 12)
    deviation = float(light.std()) or 1.0
    return np.asarray((light - light.mean()) / deviation, np.float32)


def _refined(picture: Picture, found: _Found) -> Straightened:
    """Corners are good to a few pixels; the printed surface, compared with the model, to a fraction of one.

    Codes and portraits are left out: another person's would pull the card askew.
    """
    corners, model = found.corners, found.model
    to_card = _to_card(corners, (WIDTH, HEIGHT))
    wanted, counts = _structure(model.raster), _common_ground(model)
    width = (np.hypot(*(corners[1] - corners[0])) + np.hypot(*(corners[2] - corners[3]))) / 2
    dpi = float(width / MM_WIDTH * 25.4)

    def lying(place: NDArray[np.float64]) -> Straightened:
        laid = _warped(picture, place, (WIDTH, HEIGHT))
        return Straightened(laid, model, _correlation(_structure(laid), wanted, counts), dpi)

    first = lying(to_card)
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, _ECC_ROUNDS, 1e-4)
    try:
        _alike, move = cv2.findTransformECC(
            wanted,
            _structure(first.picture),
            np.eye(3, dtype=np.float32),
            cv2.MOTION_HOMOGRAPHY,
            criteria,
            counts,
            3,
        )
    except cv2.error:
        # It does not converge on a card that looks quite different; the corners are what there is.
        return first
    scale = np.diag([_ECC_SCALE, _ECC_SCALE, 1.0])
    whole_move = np.linalg.inv(scale) @ move.astype(np.float64) @ scale
    corner = np.array([[[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]]], np.float64)
    if np.abs(cv2.perspectiveTransform(corner, whole_move) - corner).max() > _FARTHEST * WIDTH:
        return first
    return max((first, lying(np.linalg.inv(whole_move) @ to_card)), key=lambda laid: laid.alike)


def _common_ground(model: SideModel) -> Picture:
    """Where every card of this layout looks much the same, at the scale of `_structure`."""
    counts = np.full((HEIGHT, WIDTH), 255, np.uint8)
    for place in (*model.symbols, *model.portraits):
        left, top, right, bottom = place.box(2.0)
        counts[top:bottom, left:right] = 0
    size = (round(WIDTH * _ECC_SCALE), round(HEIGHT * _ECC_SCALE))
    return np.asarray(cv2.resize(counts, size, interpolation=cv2.INTER_NEAREST), np.uint8)


def _correlation(one: Plane, two: Plane, counts: Picture) -> float:
    return float(np.corrcoef(one[counts > 0], two[counts > 0])[0, 1])


def _warped(picture: Picture, place: NDArray[np.float64], size: tuple[int, int]) -> Picture:
    return np.asarray(cv2.warpPerspective(picture, place, size, flags=cv2.INTER_CUBIC), np.uint8)


def _structure(picture: Picture) -> Plane:
    size = (round(WIDTH * _ECC_SCALE), round(HEIGHT * _ECC_SCALE))
    small = np.asarray(cv2.resize(grey(picture), size, interpolation=cv2.INTER_AREA), np.float32)
    return soft(small - soft(small, 10), 1.0)
