"""Where the portrait lies in the camera's picture: the eyes level and on their line, the layout's proportions."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workstation.biometrics.portrait.landmarks import FaceGeometry

# ISO/IEC 19794-5, 8.3 and Annex A (after the token of travel documents): head 70-80 % of the height, eyes
# at 50-70 % of it from below.
HEAD_SHARE = 0.70
EYE_LINE = 0.46
# A sliver beyond the edge is filled with the edge's own pixels; more would show.
MOST_OUTSIDE = 0.05
MM_PER_INCH = 25.4

# Fewer pixels between the eyes than this are no portrait, whatever it is printed at.
_SMALLEST_EYE_DISTANCE = 24.0
# Eyes and chin of people, seen from the front or turned, lie so far apart in eye distances.
_CHIN_AWAY = (0.4, 6.0)


class PortraitError(Exception):
    """No portrait can be made. code: "no-face", "several-faces", "face-unclear" (found, but its parts were not),
    "too-few-pixels", "outside-frame", "too-large" (encode); facts: the figures that a message needs."""

    def __init__(self, code: str, **facts: int) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, eq=False)
class Placement:
    """matrix: 2x3 float64 from the picture's pixels to the portrait's; width, height: of the portrait, pixels.

    scale: portrait pixels for one of the picture, above 1 where it is enlarged. degrees: by which the picture
    is turned, against the clock. outside: how much of the portrait's width or height, whichever is more,
    lies beyond the picture's edge, 0-1.
    """

    matrix: NDArray[np.float64]
    width: int
    height: int
    scale: float
    degrees: float
    outside: float

    def moved(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """Points (n, 2) of the picture as the portrait has them."""
        return np.asarray(points, np.float64) @ self.matrix[:, :2].T + self.matrix[:, 2]

    def face(self, face: FaceGeometry) -> FaceGeometry:
        """The same face in the portrait."""
        right, left, chin = (tuple(map(float, point)) for point in self.moved(_points(face)))
        return FaceGeometry(((right[0], right[1]), (left[0], left[1])), (chin[0], chin[1]))


def place(
    face: FaceGeometry,
    picture: tuple[int, int],
    *,
    width_mm: float,
    height_mm: float,
    dpi: int,
    enlarge_up_to: float = 1.0,
) -> Placement:
    """The portrait of `face` in a picture of `picture` (width, height) pixels.

    At `dpi`, or, where that asked for more than `enlarge_up_to` pixels of one, as large as that gives. Width
    and height have the proportions of width_mm and height_mm to half a pixel. Raises PortraitError
    "face-unclear", "too-few-pixels", "outside-frame" (more than 5 % lies beyond the edge).
    """
    distance, length = face.eye_distance, face.head_length
    if not (np.isfinite(_points(face)).all() and math.isfinite(distance)):
        raise PortraitError("face-unclear")
    if distance < _SMALLEST_EYE_DISTANCE:
        raise PortraitError("too-few-pixels", eye_distance=round(distance))
    if not _CHIN_AWAY[0] <= face.eyes_to_chin / distance <= _CHIN_AWAY[1]:
        raise PortraitError("face-unclear")
    scale = min(enlarge_up_to, height_mm / MM_PER_INCH * dpi * HEAD_SHARE / length)
    height = round(length * scale / HEAD_SHARE)
    width = round(height * width_mm / height_mm)
    (x1, y1), (x2, y2) = face.eyes
    angle = math.atan2(y2 - y1, x2 - x1)
    cosine, sine = scale * math.cos(angle), scale * math.sin(angle)
    x, y = face.middle
    matrix = np.array(
        [
            [cosine, sine, width / 2 - cosine * x - sine * y],
            [-sine, cosine, height * EYE_LINE + sine * x - cosine * y],
        ]
    )
    outside = _outside(matrix, width, height, picture)
    if outside > MOST_OUTSIDE:
        raise PortraitError("outside-frame", percent=round(outside * 100))
    return Placement(matrix, width, height, scale, math.degrees(angle), outside)


def _outside(matrix: NDArray[np.float64], width: int, height: int, picture: tuple[int, int]) -> float:
    back = np.linalg.inv(matrix[:, :2])
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], np.float64)
    places = (corners - matrix[:, 2]) @ back.T
    low, high = places.min(axis=0), places.max(axis=0)
    return max(0.0, float(np.max(np.maximum(-low, high - np.array(picture)) / (high - low))))


def _points(face: FaceGeometry) -> NDArray[np.float64]:
    return np.array([*face.eyes, face.chin], np.float64)
