"""Eyes and mouth: eyes open and turned to the camera, mouth closed, face at rest."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from workstation.biometrics.portrait.face_view import LEFT_EYE, RIGHT_EYE, FaceView

_INNER_LIPS = ((81, 178), (13, 14), (311, 402))
_MOUTH_CORNERS = (61, 291)
# Of each eye: its ring, its corners, opposite points of the lids, the iris's centre and its left and right end.
_EYES = (
    (RIGHT_EYE, (33, 133), ((160, 144), (159, 145), (158, 153)), 468, (469, 471)),
    (LEFT_EYE, (362, 263), ((385, 380), (386, 374), (387, 373)), 473, (474, 476)),
)
# Between white and pupil there is at least so much of the skin's luminance; under a lid or a patch there is not.
_SEEN_CONTRAST = 0.45


def measure_eyes_mouth(face: FaceView) -> Mapping[str, float | None]:
    """eyes_open (0x4D): the distance of the lids by the diameter of the person's own iris, of the less open
    eye; less where no white and dark is seen between them. Ours: the standard divides by T, which fails narrow
    eyes.

    gaze: how far the irises lie from the middle of the eyes to the side, as a share of the eye's width, the
    mean of both (ours). mouth_closed (0x4E): the largest gap between the inner lips as a share of T.
    expression: how much higher the corners of the mouth are than its middle, as a share of T (ours, for a smile
    alone; 0x5B needs models of its own).
    """
    return {
        "eyes_open": min(_opening(face, *eye) for eye in _EYES),
        "gaze": abs(sum(_aside(face, corners, iris) for _, corners, _, iris, _ in _EYES) / len(_EYES)),
        "mouth_closed": _mouth_gap(face),
        "expression": _corner_lift(face),
    }


def _opening(
    face: FaceView,
    ring: tuple[int, ...],
    _corners: tuple[int, int],
    lids: tuple[tuple[int, int], ...],
    _iris: int,
    iris_ends: tuple[int, int],
) -> float:
    mesh = face.mesh
    gap = max(math.dist(mesh[upper, :2], mesh[lower, :2]) for upper, lower in lids)
    iris = math.dist(mesh[iris_ends[0], :2], mesh[iris_ends[1], :2])
    inside = face.luminance[face.area(ring)]
    if not inside.size:
        return 0.0
    dark, light = np.percentile(inside, (5, 95))
    seen = float(light - dark) / face.skin_luminance / _SEEN_CONTRAST
    return gap / max(iris, 1.0) * min(1.0, seen)


def _aside(face: FaceView, corners: tuple[int, int], iris: int) -> float:
    first, second = (face.mesh[corner, :2] for corner in corners)
    along = second - first
    width = max(float(np.linalg.norm(along)), 1.0)
    return float((face.mesh[iris, :2] - (first + second) / 2) @ along) / width**2


def _mouth_gap(face: FaceView) -> float:
    mesh = face.mesh
    gaps = [math.dist(mesh[upper, :2], mesh[lower, :2]) for upper, lower in _INNER_LIPS]
    return max(gaps) / face.eyes_to_chin


def _corner_lift(face: FaceView) -> float:
    middle = face.mesh[[13, 14], 1].mean()
    corners = face.mesh[list(_MOUTH_CORNERS), 1].mean()
    return float(middle - corners) / face.eyes_to_chin
