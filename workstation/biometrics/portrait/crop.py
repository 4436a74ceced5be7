"""From a camera picture to the card's portrait: eyes level and on their line, the layout's proportions."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.examine import PortraitReport
from workstation.biometrics.portrait.measures import FaceGeometry

# ISO/IEC 19794-5, 8.3 and Annex A (after the token of travel documents): head 70-80 % of the height, eyes
# at 50-70 % of it from below.
_HEAD_SHARE = 0.70
_EYE_LINE = 0.46
_MM_PER_INCH = 25.4
# Fewer pixels between the eyes than this are no portrait, whatever it is printed at.
_SMALLEST_EYE_DISTANCE = 24.0
_LARGEST_OUTSIDE = 0.05


class PortraitError(Exception):
    """No portrait can be made. code: "no-face", "several-faces", "face-unclear" (found, but its parts were not),
    "too-few-pixels", "outside-frame", "too-large" (encode); facts: the figures that a message needs."""

    def __init__(self, code: str, **facts: int) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


def crop(
    image: NDArray[np.uint8],
    report: PortraitReport,
    *,
    width_mm: float = 25.0,
    height_mm: float = 32.0,
    dpi: int = 300,
) -> NDArray[np.uint8]:
    """Cut the portrait out of the picture that `report` was made from.

    Returns blue-green-red in the proportions of width_mm and height_mm, at `dpi` or, where the camera gave
    fewer pixels, at those: a picture is never enlarged. Raises PortraitError.
    """
    face = _single_face(report)
    if face.eye_distance < _SMALLEST_EYE_DISTANCE:
        raise PortraitError("too-few-pixels", eye_distance=round(face.eye_distance))
    wanted_height = height_mm / _MM_PER_INCH * dpi
    scale = min(1.0, wanted_height * _HEAD_SHARE / face.head_length)
    height = round(face.head_length * scale / _HEAD_SHARE)
    width = round(height * width_mm / height_mm)
    place = _placement(face, scale, width, height)
    _must_lie_inside(image, place, width, height)
    # Blurred as much as it is reduced, for warpAffine takes single pixels.
    smooth = cv2.GaussianBlur(image, (0, 0), 0.4 / scale) if scale < 0.7 else image
    cut = cv2.warpAffine(
        smooth, place, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(cut, np.uint8)


def _single_face(report: PortraitReport) -> FaceGeometry:
    if report.faces != 1:
        raise PortraitError("several-faces" if report.faces else "no-face", faces=report.faces)
    if report.eyes is None or report.chin is None:
        raise PortraitError("face-unclear")
    return FaceGeometry(report.eyes, report.chin)


def _placement(face: FaceGeometry, scale: float, width: int, height: int) -> NDArray[np.float64]:
    """The 2x3 matrix from picture to portrait: turned until the eyes are level, their middle on its place."""
    (x1, y1), (x2, y2) = face.eyes
    angle = math.atan2(y2 - y1, x2 - x1)
    cosine, sine = scale * math.cos(angle), scale * math.sin(angle)
    x, y = face.middle
    return np.array(
        [
            [cosine, sine, width / 2 - cosine * x - sine * y],
            [-sine, cosine, height * _EYE_LINE + sine * x - cosine * y],
        ]
    )


def _must_lie_inside(image: NDArray[np.uint8], place: NDArray[np.float64], width: int, height: int) -> None:
    inverse = cv2.invertAffineTransform(place)
    corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]]) @ inverse.T
    low, high = corners.min(axis=0), corners.max(axis=0)
    size = np.array([image.shape[1], image.shape[0]])
    outside = float(np.max(np.maximum(-low, high - size) / (high - low)))
    # A sliver beyond the edge is filled with the edge's own pixels; more would show.
    if outside > _LARGEST_OUTSIDE:
        raise PortraitError("outside-frame", percent=round(outside * 100))
