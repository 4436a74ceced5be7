"""The engine without a mesh: OpenCV's Haar cascades find faces and eyes; what needs more stays unmeasured."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.detect import EngineName
from workstation.biometrics.portrait.landmarks import Box, FaceLandmarks, Mask, Picture, Point

_FACE_SIDE = 256
# Chin below the line of the eyes, in eye distances: the middle of what the mesh says of upright faces.
_EYES_TO_CHIN = 1.75
# The eyes lie in the upper part of the cascade's box.
_EYE_ROWS = (0.2, 0.55)


class HaarEngine:
    """See FaceEngine. It misses faces that are turned or covered: 11 of 16 where the mesh finds all."""

    name = EngineName.HAAR

    def __init__(self) -> None:
        folder = Path(cv2.__file__).parent / "data"
        self._faces = cv2.CascadeClassifier(str(folder / "haarcascade_frontalface_default.xml"))
        self._eyes = cv2.CascadeClassifier(str(folder / "haarcascade_eye.xml"))

    def find_faces(self, small: Picture) -> list[tuple[Box, float | None]]:
        grey = cv2.equalizeHist(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY))
        boxes = self._faces.detectMultiScale(grey, scaleFactor=1.1, minNeighbors=6, minSize=(24, 24))
        return [(Box(*(float(value) for value in box)), None) for box in boxes]

    def find_landmarks(self, image: Picture, face: Box, score: float | None) -> FaceLandmarks | None:
        x, y = max(0, int(face.x)), max(0, int(face.y))
        cut = image[y : int(face.y + face.height), x : int(face.x + face.width)]
        if cut.size == 0:
            return None
        scale = _FACE_SIDE / cut.shape[1]
        even = cv2.resize(
            cut, (_FACE_SIDE, max(1, round(cut.shape[0] * scale))), interpolation=cv2.INTER_AREA
        )
        top, bottom = (int(share * even.shape[0]) for share in _EYE_ROWS)
        grey = cv2.equalizeHist(cv2.cvtColor(even, cv2.COLOR_BGR2GRAY))[top:bottom]
        found = self._eyes.detectMultiScale(grey, scaleFactor=1.05, minNeighbors=4, minSize=(36, 36))
        centres = [(ex + width / 2, ey + height / 2 + top) for ex, ey, width, height in found]
        pair = _pair(centres)
        if pair is None:
            return None
        right, left = ((x + px / scale, y + py / scale) for px, py in pair)
        return FaceLandmarks((right, left), _chin(right, left), None, score)

    def find_person(self, small: Picture) -> Mask | None:
        return None

    def close(self) -> None:
        """Nothing to give back."""


def _pair(centres: list[Point]) -> tuple[Point, Point] | None:
    """The two of all that lie most level, one in each half of the face."""
    rights = [point for point in centres if point[0] < _FACE_SIDE / 2]
    lefts = [point for point in centres if point[0] >= _FACE_SIDE / 2]
    pairs = [
        (right, left)
        for right in rights
        for left in lefts
        if 0.25 * _FACE_SIDE < math.dist(right, left) < 0.6 * _FACE_SIDE
        and abs(left[1] - right[1]) < 0.3 * (left[0] - right[0])
    ]
    return min(pairs, key=lambda pair: abs(pair[1][1] - pair[0][1]), default=None)


def _chin(right: Point, left: Point) -> Point:
    """Straight below the middle of the eyes, across the line between them."""
    along = np.subtract(left, right)
    down = np.array([-along[1], along[0]])
    middle = np.add(left, right) / 2
    x, y = middle + _EYES_TO_CHIN * down
    return float(x), float(y)
