"""The measures behind the portrait requirements: one function each, from pixels and landmarks to a number.

Numbers in brackets as (0x52) are the quality elements of ISO/IEC 29794-5:2025. Where the standard's own
computation needs models of its own, the measure is ours and says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.detect import Box, Findings

Picture = NDArray[np.uint8]
Point = tuple[float, float]

# MediaPipe's face mesh: eye corners, inner lips (upper, lower) and chin; outline of the face.
_RIGHT_EYE_CORNERS, _LEFT_EYE_CORNERS = (33, 133), (362, 263)
_INNER_LIPS = ((81, 178), (13, 14), (311, 402))
_CHIN = 152
_OUTLINE = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)

# ISO/IEC 29794-5 (0x46, 0x47): luminance of 0-25 is under-, of 247-255 over-exposed.
_BLACK, _WHITE = 25, 247
_EYE_LEVEL = 0.45
_SHARPNESS_EYE_DISTANCE = 60.0
_BACKGROUND_WIDTH, _NOBODY = 160, 0.1


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


def geometry(landmarks: NDArray[np.float32]) -> FaceGeometry:
    """The few points that place a face, from a mesh (478, 2)."""
    right = landmarks[list(_RIGHT_EYE_CORNERS)].mean(axis=0)
    left = landmarks[list(_LEFT_EYE_CORNERS)].mean(axis=0)
    chin = landmarks[_CHIN]
    return FaceGeometry(
        ((float(right[0]), float(right[1])), (float(left[0]), float(left[1]))),
        (float(chin[0]), float(chin[1])),
    )


def head_size(face: FaceGeometry, image: Picture) -> float:
    """Chin to crown as a share of the picture's height (0x53 takes T instead, of a picture already cropped)."""
    return face.head_length / len(image)


def centring(face: FaceGeometry, image: Picture) -> float:
    """How far the eyes are from the middle and from 45 % of the height, the larger, as a share of
    width or height (ours; ISO/IEC 19794-5, 8.3.2 asks it of the cropped picture, which is made so)."""
    height, width = image.shape[:2]
    x, y = face.middle
    return float(max(abs(x / width - 0.5), abs(y / height - _EYE_LEVEL)))


def sharpness(image: Picture, face: FaceGeometry, box: Box) -> float:
    """Deviation of the Laplacian over the face, divided by its mean luminance, after bringing the eyes to 60
    pixels' distance: so that neither size nor light counts (ours; 0x49 needs a trained forest)."""
    luminance = _luminance(_inside(image, box))
    scale = _SHARPNESS_EYE_DISTANCE / max(face.eye_distance, 1.0)
    interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    even = cv2.resize(luminance, None, fx=scale, fy=scale, interpolation=interpolation)
    edges = cv2.Laplacian(even, cv2.CV_16S)
    _, deviation = cv2.meanStdDev(edges)
    return float(deviation[0, 0]) / max(float(even.mean()), 1.0)


def exposure(image: Picture, landmarks: NDArray[np.float32], box: Box) -> float:
    """Share of the face's pixels without drawing: negative for black ones (0x46), positive for white ones (0x47),
    whichever is more. Relative to the face itself, so that no skin is too dark or too light."""
    cut = _luminance(_inside(image, box))
    outline = landmarks[list(_OUTLINE)] - np.array(_corner(image, box), np.float32)
    face = np.zeros(cut.shape, np.uint8)
    cv2.fillPoly(face, [np.rint(outline).astype(np.int32)], 255)
    counts = cv2.calcHist([cut], [0], face, [256], [0, 256]).ravel()
    total = max(float(counts.sum()), 1.0)
    black, white = float(counts[: _BLACK + 1].sum()) / total, float(counts[_WHITE:].sum()) / total
    return white if white >= black else -black


def mouth_opening(landmarks: NDArray[np.float32], face: FaceGeometry) -> float:
    """Largest gap between the inner lips as a share of T (0x4E)."""
    gaps = [math.dist(landmarks[upper], landmarks[lower]) for upper, lower in _INNER_LIPS]
    return max(gaps) / max(face.eyes_to_chin, 1.0)


def background_spread(findings: Findings, face: FaceGeometry, image: Picture) -> float | None:
    """How uneven the background around the head is: root mean square distance in CIELAB from its mean colour.

    Looked at from the picture's top to the chin, two head lengths to either side; None where the person
    leaves less than a hundredth of that free. (Ours; 0x42 needs the standard's own segmentation.)
    """
    size = (_BACKGROUND_WIDTH, max(1, round(_BACKGROUND_WIDTH * image.shape[0] / image.shape[1])))
    small = cv2.resize(findings.small, size, interpolation=cv2.INTER_AREA)
    person = cv2.resize(findings.person, size, interpolation=cv2.INTER_AREA)
    scale = _BACKGROUND_WIDTH / image.shape[1]
    left, right = (int(scale * (face.middle[0] + side * 2 * face.head_length)) for side in (-1, 1))
    rows, columns = slice(0, max(1, int(scale * face.chin[1]))), slice(max(0, left), max(1, right))
    # A margin round the person, whose edge is a mixture of both.
    free = cv2.erode((person < _NOBODY).astype(np.uint8), np.ones((3, 3), np.uint8))[rows, columns].astype(
        bool
    )
    if free.size == 0 or free.mean() < 0.01:
        return None
    colours = cv2.cvtColor(small[rows, columns][free][None].astype(np.float32) / 255, cv2.COLOR_BGR2LAB)[0]
    return float(np.sqrt(colours.var(axis=0).sum()))


def _luminance(image: Picture) -> Picture:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)


def _corner(image: Picture, box: Box) -> tuple[int, int]:
    height, width = image.shape[:2]
    return min(max(int(box.x), 0), width - 1), min(max(int(box.y), 0), height - 1)


def _inside(image: Picture, box: Box) -> Picture:
    x, y = _corner(image, box)
    right, bottom = max(int(box.x + box.width), x + 1), max(int(box.y + box.height), y + 1)
    return image[y:bottom, x:right]
