"""One face made comparable: turned upright, its eyes 64 pixels apart, with masks of its parts from the mesh.

Every requirement of the face looks at this small picture, so that size, place and roll count nowhere else, and
what it costs does not grow with the camera.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.detect import Findings
from workstation.biometrics.portrait.landmarks import FaceGeometry, FaceLandmarks, Picture

EYE_DISTANCE = 64.0
WIDTH, HEIGHT = 256, 288
MIDDLE = (128.0, 136.0)

Flags = NDArray[np.bool_]
Plane = NDArray[np.float32]

# MediaPipe's face mesh; right and left are the person's.
RIGHT_EYE = (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246)
LEFT_EYE = (362, 382, 381, 380, 374, 373, 390, 249, 263, 466, 388, 387, 386, 385, 384, 398)
RIGHT_BROW = (70, 63, 105, 66, 107, 55, 65, 52, 53, 46)
LEFT_BROW = (300, 293, 334, 296, 336, 285, 295, 282, 283, 276)
LIPS = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185)
_NOSTRILS = (98, 97, 2, 326, 327, 4)
OUTLINE = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)


@dataclass(frozen=True, eq=False)
class FaceView:
    """image: the whole picture; pixels: (288, 256, 3) uint8 blue-green-red, the face upright; mesh: (478, 3)
    float32 in its pixels; place: the 2x3 matrix from picture to pixels; person: 0-1 beside pixels, or None."""

    image: Picture
    landmarks: FaceLandmarks
    pixels: Picture
    mesh: Plane
    place: NDArray[np.float64]
    person: Plane | None

    @property
    def geometry(self) -> FaceGeometry:
        return self.landmarks.geometry

    @property
    def eyes_to_chin(self) -> float:
        """The length T of ISO/IEC 29794-5 in these pixels."""
        return EYE_DISTANCE * self.geometry.eyes_to_chin / max(self.geometry.eye_distance, 1.0)

    @cached_property
    def luminance(self) -> Plane:
        """0-255, float32."""
        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_BGR2GRAY), np.float32)

    @cached_property
    def lab(self) -> Plane:
        """CIELAB, L* 0-100."""
        scaled = self.pixels.astype(np.float32) * np.float32(1 / 255)
        return np.asarray(cv2.cvtColor(scaled, cv2.COLOR_BGR2LAB), np.float32)

    @cached_property
    def outline(self) -> Flags:
        """Within the outline of the face, from the brow's top to the chin."""
        return self.area(OUTLINE)

    @cached_property
    def skin(self) -> Flags:
        """The face without eyes, brows, lips and nostrils: where an uncovered face shows skin."""
        inner: NDArray[Any] = cv2.erode(_filled(self.mesh, OUTLINE), np.ones((9, 9), np.uint8))
        parts = np.zeros((HEIGHT, WIDTH), np.uint8)
        for part in (RIGHT_EYE, LEFT_EYE, RIGHT_BROW, LEFT_BROW, LIPS, _NOSTRILS):
            _fill(parts, self.mesh, part)
        return np.asarray((inner > 0) & (cv2.dilate(parts, np.ones((9, 9), np.uint8)) == 0))

    @cached_property
    def skin_luminance(self) -> float:
        """Median over the skin, at least 1: what all light in the face is compared with."""
        values = self.luminance[self.skin]
        return max(float(np.median(values)), 1.0) if values.size else 1.0

    @cached_property
    def skin_lab(self) -> NDArray[np.float32]:
        """The median colour of the skin."""
        values = self.lab[self.skin]
        return np.asarray(np.median(values, axis=0) if len(values) else np.zeros(3), np.float32)

    def area(self, part: tuple[int, ...], *, grown: int = 0) -> Flags:
        """The pixels inside a ring of mesh points, grown (or, negative, shrunk) by so many pixels."""
        filled: NDArray[Any] = _filled(self.mesh, part)
        if grown:
            kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * abs(grown) + 1,) * 2)
            filled = (cv2.dilate if grown > 0 else cv2.erode)(filled, kernel)
        return np.asarray(filled > 0)


def view_face(image: Picture, findings: Findings) -> FaceView | None:
    """The largest face made comparable; None where no mesh was found."""
    landmarks = findings.landmarks
    if landmarks is None or landmarks.mesh is None:
        return None
    place = _place(landmarks.geometry)
    points = landmarks.mesh[:, :2] @ place[:, :2].T + place[:, 2]
    scale = math.hypot(place[0, 0], place[0, 1])
    mesh = np.column_stack([points, landmarks.mesh[:, 2] * scale]).astype(np.float32)
    person = None
    if findings.person is not None:
        shrunk = findings.person.shape[1] / image.shape[1], findings.person.shape[0] / image.shape[0]
        person = np.asarray(_warped(findings.person, place / np.array([*shrunk, 1.0]), 0.0), np.float32)
    return FaceView(image, landmarks, _upright(image, landmarks.geometry, place), mesh, place, person)


def _place(face: FaceGeometry) -> NDArray[np.float64]:
    (x1, y1), (x2, y2) = face.eyes
    angle = math.atan2(y2 - y1, x2 - x1)
    scale = EYE_DISTANCE / max(face.eye_distance, 1.0)
    cosine, sine = scale * math.cos(angle), scale * math.sin(angle)
    x, y = face.middle
    return np.array(
        [
            [cosine, sine, MIDDLE[0] - cosine * x - sine * y],
            [-sine, cosine, MIDDLE[1] + sine * x - cosine * y],
        ]
    )


def _upright(image: Picture, face: FaceGeometry, place: NDArray[np.float64]) -> Picture:
    """Reduced by area first where the face is much larger, for warpAffine alone takes single pixels."""
    reduction = face.eye_distance / EYE_DISTANCE
    if reduction < 1.5:
        return np.asarray(_warped(image, place), np.uint8)
    reach = 3 * face.eye_distance
    x, y = face.middle
    left, top = max(0, int(x - reach)), max(0, int(y - reach))
    cut = image[top : int(y + reach), left : int(x + reach)]
    small = cv2.resize(cut, None, fx=1 / reduction, fy=1 / reduction, interpolation=cv2.INTER_AREA)
    back = np.array(
        [[cut.shape[1] / small.shape[1], 0, left], [0, cut.shape[0] / small.shape[0], top], [0, 0, 1]]
    )
    return np.asarray(_warped(small, place @ back), np.uint8)


def _warped(plane: NDArray[Any], place: NDArray[np.float64], outside: float | None = None) -> NDArray[Any]:
    border = cv2.BORDER_REPLICATE if outside is None else cv2.BORDER_CONSTANT
    return np.asarray(
        cv2.warpAffine(plane, place, (WIDTH, HEIGHT), borderMode=border, borderValue=outside or 0.0)
    )


def _filled(mesh: Plane, part: tuple[int, ...]) -> Picture:
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    _fill(mask, mesh, part)
    return mask


def _fill(mask: Picture, mesh: Plane, part: tuple[int, ...]) -> None:
    cv2.fillPoly(mask, [np.rint(mesh[list(part), :2]).astype(np.int32)], 255)
