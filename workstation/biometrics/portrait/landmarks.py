"""Where a face lies in the picture: eyes, chin, the mesh, and the few lengths that the requirements are told in."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Mask = NDArray[np.float32]
Point = tuple[float, float]

# MediaPipe's face mesh: the corners of the person's right and left eye; the chin.
RIGHT_EYE_CORNERS, LEFT_EYE_CORNERS = (33, 133), (362, 263)
CHIN = 152


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels of the picture; x and y are its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class FaceGeometry:
    """eyes: centres of the person's right and left eye, each the middle of its corners (ISO/IEC 19794-5,
    5.5.4); chin: its lowest point; middle: between the eyes. All in pixels of the picture."""

    eyes: tuple[Point, Point]
    chin: Point

    @property
    def middle(self) -> Point:
        (x1, y1), (x2, y2) = self.eyes
        return (x1 + x2) / 2, (y1 + y2) / 2

    @property
    def eye_distance(self) -> float:
        """Between the eye centres, in pixels (0x52)."""
        return math.dist(*self.eyes)

    @property
    def eyes_to_chin(self) -> float:
        """From between the eyes to the chin, in pixels: the length T of ISO/IEC 29794-5."""
        return math.dist(self.middle, self.chin)

    @property
    def head_length(self) -> float:
        """Chin to crown in pixels, hair left out: the eyes lie half-way (ours, after the proportions of the
        full frontal image in ISO/IEC 19794-5, 8.3)."""
        return 2 * self.eyes_to_chin


@dataclass(frozen=True, eq=False)
class FaceLandmarks:
    """The parts of the largest face, in pixels of the whole picture.

    eyes: the person's right one first; chin: its lowest point, with the Haar engine a guess from the eyes.
    mesh: (478, 3) float32 in the order of MediaPipe's face mesh, the third value the depth in pixels, smaller
    is nearer; None where the engine has no mesh. confidence: 0-1, that of the face's detection; None where
    the engine gives none.
    """

    eyes: tuple[Point, Point]
    chin: Point
    mesh: NDArray[np.float32] | None
    confidence: float | None

    @property
    def geometry(self) -> FaceGeometry:
        return FaceGeometry(self.eyes, self.chin)


def geometry(landmarks: NDArray[np.float32]) -> FaceGeometry:
    """The few points that place a face, from a mesh (478, 2) or (478, 3)."""
    right = landmarks[list(RIGHT_EYE_CORNERS)].mean(axis=0)
    left = landmarks[list(LEFT_EYE_CORNERS)].mean(axis=0)
    chin = landmarks[CHIN]
    return FaceGeometry(
        ((float(right[0]), float(right[1])), (float(left[0]), float(left[1]))),
        (float(chin[0]), float(chin[1])),
    )
