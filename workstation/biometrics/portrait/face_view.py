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
from workstation.biometrics.portrait.landmarks import FaceGeometry, Picture

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
INNER_LIPS = (
    *(78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308),
    *(324, 318, 402, 317, 14, 87, 178, 88, 95),
)
LIPS = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185)
_NOSTRILS = (98, 97, 2, 326, 327, 4)
OUTLINE = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)


@dataclass(frozen=True, eq=False)
class FaceView:
    """pixels: (288, 256, 3) uint8 blue-green-red, the face upright; mesh: (478, 3) float32 in its pixels, picture_mesh
    in those of the whole picture; geometry: in the whole picture; person: 0-1 at half the
    size, or None."""

    pixels: Picture
    mesh: Plane
    picture_mesh: Plane
    geometry: FaceGeometry
    person: Plane | None

    @property
    def eyes_to_chin(self) -> float:
        """The length T of ISO/IEC 29794-5 in these pixels."""
        return EYE_DISTANCE * self.geometry.eyes_to_chin / max(self.geometry.eye_distance, 1.0)

    @property
    def brow(self) -> float:
        """The row of the brows' upper edge."""
        return float(self.mesh[list(RIGHT_BROW + LEFT_BROW), 1].min())

    @cached_property
    def luminance(self) -> Plane:
        """0-255, float32."""
        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_BGR2GRAY), np.float32)

    @cached_property
    def outline(self) -> Flags:
        """Within the outline of the face, from the brow's top to the chin."""
        return self.area(OUTLINE)

    @cached_property
    def skin(self) -> Flags:
        """The face below the brows' upper edge without eyes, brows, lips and nostrils: where an uncovered face shows
        skin. The forehead is left out, for fringes and headwear may lie on it."""
        mask = _filled(self.mesh, OUTLINE, -4)
        mask[: max(0, int(self.brow))] = 0
        for part in (RIGHT_EYE, LEFT_EYE, RIGHT_BROW, LEFT_BROW, LIPS, _NOSTRILS):
            _fill(mask, self.mesh, part, 4, 0)
        return np.asarray(mask > 0)

    @cached_property
    def skin_luminance(self) -> float:
        """Median over the skin, at least 1: what all light in the face is compared with."""
        values = self.luminance[::2, ::2][self.skin[::2, ::2]]
        return max(float(np.median(values)), 1.0) if values.size else 1.0

    @cached_property
    def half(self) -> HalfView:
        """The same face at half the size, for what is told in shares of areas."""
        return HalfView(self)

    def area(self, part: tuple[int, ...], *, grown: int = 0) -> Flags:
        """The pixels inside a ring of mesh points, grown (or, negative, shrunk) by so many pixels."""
        return np.asarray(_filled(self.mesh, part, grown) > 0)


class HalfView:
    """pixels: (144, 128, 3) uint8; skin and outline: the masks of the whole view beside them."""

    def __init__(self, face: FaceView) -> None:
        self.face = face
        size = (WIDTH // 2, HEIGHT // 2)
        self.pixels = np.asarray(cv2.resize(face.pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        self.luminance = np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_BGR2GRAY), np.float32)
        self.skin = face.skin[::2, ::2]
        self.outline = face.outline[::2, ::2]
        self.person = face.person

    def area(self, part: tuple[int, ...], *, grown: int = 0) -> Flags:
        """The pixels inside a ring of mesh points; `grown` in pixels of the whole view."""
        return self.face.area(part, grown=grown)[::2, ::2]

    @staticmethod
    def lab(pixels: Picture) -> Plane:
        """(n, 3) blue-green-red to CIELAB, L* 0-100."""
        scaled = pixels[None].astype(np.float32) * np.float32(1 / 255)
        return np.asarray(cv2.cvtColor(scaled, cv2.COLOR_BGR2LAB)[0], np.float32)


def view_face(image: Picture, findings: Findings) -> FaceView | None:
    """The largest face made comparable; None where no mesh was found."""
    landmarks = findings.landmarks
    if landmarks is None or landmarks.mesh is None:
        return None
    geometry = landmarks.geometry
    place = _place(geometry)
    points = landmarks.mesh[:, :2] @ place[:, :2].T + place[:, 2]
    scale = math.hypot(place[0, 0], place[0, 1])
    mesh = np.column_stack([points, landmarks.mesh[:, 2] * scale]).astype(np.float32)
    person = None
    if findings.person is not None:
        shrunk = findings.person.shape[1] / image.shape[1], findings.person.shape[0] / image.shape[0]
        halved = place / np.array([*shrunk, 1.0]) / 2
        person = np.asarray(
            cv2.warpAffine(findings.person, halved, (WIDTH // 2, HEIGHT // 2), borderValue=0.0), np.float32
        )
    return FaceView(_upright(image, geometry, place), mesh, landmarks.mesh, geometry, person)


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
    """Halved first where the face is much larger, for warpAffine alone takes single pixels."""
    halvings = max(0, math.floor(math.log2(max(face.eye_distance, 1.0) / EYE_DISTANCE)))
    if halvings == 0:
        return np.asarray(_warped(image, place), np.uint8)
    reach = 3 * face.eye_distance
    x, y = face.middle
    left, top = max(0, int(x - reach)), max(0, int(y - reach))
    small: NDArray[Any] = image[top : int(y + reach), left : int(x + reach)]
    before = small.shape
    for _ in range(halvings):
        small = cv2.resize(small, (small.shape[1] // 2, small.shape[0] // 2), interpolation=cv2.INTER_AREA)
    back = np.array([[before[1] / small.shape[1], 0, left], [0, before[0] / small.shape[0], top], [0, 0, 1]])
    return np.asarray(_warped(small, place @ back), np.uint8)


def _warped(plane: NDArray[Any], place: NDArray[np.float64]) -> NDArray[Any]:
    return np.asarray(cv2.warpAffine(plane, place, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE))


def _filled(mesh: Plane, part: tuple[int, ...], grown: int = 0) -> Picture:
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    _fill(mask, mesh, part, grown, 255)
    return mask


def _fill(mask: Picture, mesh: Plane, part: tuple[int, ...], grown: int, value: int) -> None:
    """A ring drawn with a thick line is the ring dilated, at a fraction of the cost; drawn with nothing, eroded."""
    ring = [np.rint(mesh[list(part), :2]).astype(np.int32)]
    cv2.fillPoly(mask, ring, value)
    if grown:
        cv2.polylines(mask, ring, True, value if grown > 0 else 0, 2 * abs(grown) + 1)
