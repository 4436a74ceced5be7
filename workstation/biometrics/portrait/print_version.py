"""The print version of a portrait: its background in one tone, with a soft edge, the face's own bytes untouched.

The tone is the background's own, so that fine hair, in which the old background shines through, keeps no fringe.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.landmarks import FaceGeometry, Mask, Picture

# From hardly to surely a person; between them both are mixed.
_FREE, _PERSON = 0.25, 0.75
_FREE_SHARE = 0.03
# Of the face itself the segmentation must be so sure, or it is not trusted with the rest.
_FACE_SEEN = 0.8
# Face without ears and hair, in lengths from eyes to chin: half width, half height, centre below the eyes.
_FACE_ELLIPSE = (0.66, 0.90, 0.12)
# The edge, as a share of the portrait's height: a cut-out's hard rim shows on the card.
_SOFTNESS = 0.0025
_NOTHING = 1e-3
_GUIDE_RADIUS, _GUIDE_TOLERANCE = 0.012, 1e-3


def even_background(portrait: Picture, person: Mask, face: FaceGeometry) -> Picture | None:
    """portrait: (height, width, 3) uint8 blue-green-red; person: float32 0-1, 1 where a person is, of any
    size; face: in the portrait's pixels, its eyes level.

    Returns a picture of the same size whose pixels are byte for byte the portrait's on the face and wherever
    the person is beyond doubt. None where the person cannot be told from the background: it covers nearly all,
    or the face is not seen as part of a person.
    """
    height, width = portrait.shape[:2]
    mask = np.asarray(cv2.resize(person, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    core = _face_core(width, height, face)
    if not core.any() or float(mask[core].mean()) < _FACE_SEEN:
        return None
    ramp = np.clip((_guided(mask, portrait) - _FREE) / (_PERSON - _FREE), 0, 1)
    opacity = np.asarray(cv2.GaussianBlur(ramp, (0, 0), _SOFTNESS * height), np.float32)
    opacity[core] = 1.0
    free = cv2.erode((opacity < _NOTHING).astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
    if free.mean() < _FREE_SHARE:
        return None
    tone = np.median(portrait[free], axis=0).astype(np.float32)
    share = opacity[..., None]
    mixed = np.rint(portrait * share + tone * (1 - share)).astype(np.uint8)
    return np.where(share > 1 - _NOTHING, portrait, mixed)


def _face_core(width: int, height: int, face: FaceGeometry) -> NDArray[np.bool_]:
    across, down, below = (share * face.eyes_to_chin for share in _FACE_ELLIPSE)
    x, y = face.middle
    core = np.zeros((height, width), np.uint8)
    centre = (round(x), round(y + below))
    cv2.ellipse(core, centre, (max(1, round(across)), max(1, round(down))), 0, 0, 360, 1, cv2.FILLED)
    return core.astype(bool)


def _guided(mask: Mask, guide: Picture) -> NDArray[np.float32]:
    """Draws a coarse mask to the edges of the picture: guided filter (He, Sun and Tang 2010), grey guide."""
    light = cv2.cvtColor(guide, cv2.COLOR_BGR2GRAY).astype(np.float32) / 255
    radius = max(2, round(_GUIDE_RADIUS * len(guide)))
    size = (2 * radius + 1, 2 * radius + 1)

    def mean(plane: NDArray[Any]) -> NDArray[Any]:
        return np.asarray(cv2.blur(plane, size))

    middle, average = mean(light), mean(mask)
    slope = (mean(light * mask) - middle * average) / (mean(light**2) - middle**2 + _GUIDE_TOLERANCE)
    offset = average - slope * middle
    return np.asarray(np.clip(mean(slope) * light + mean(offset), 0, 1), np.float32)
