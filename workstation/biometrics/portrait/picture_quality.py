"""What camera and line made of the face: sharpness, movement, colour, blocks and pixels."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.landmarks import Box, FaceGeometry, Picture

_SHARPNESS_EYE_DISTANCE = 60.0


def measure_picture(image: Picture, face: FaceGeometry, box: Box) -> Mapping[str, float | None]:
    """sharpness: deviation of the Laplacian over the face, divided by its mean luminance, after bringing the eyes
    to 60 pixels' distance: so that neither size nor light counts (ours; 0x49 needs a trained forest)."""
    return {"sharpness": _sharpness(image, face, box)}


def _sharpness(image: Picture, face: FaceGeometry, box: Box) -> float:
    luminance = cv2.cvtColor(_inside(image, box), cv2.COLOR_BGR2GRAY)
    scale = _SHARPNESS_EYE_DISTANCE / max(face.eye_distance, 1.0)
    interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    even = cv2.resize(luminance, None, fx=scale, fy=scale, interpolation=interpolation)
    edges = cv2.Laplacian(even, cv2.CV_16S)
    _, deviation = cv2.meanStdDev(edges)
    return float(deviation[0, 0]) / max(float(even.mean()), 1.0)


def _inside(image: Picture, box: Box) -> Picture:
    height, width = image.shape[:2]
    x, y = min(max(int(box.x), 0), width - 1), min(max(int(box.y), 0), height - 1)
    right, bottom = max(int(box.x + box.width), x + 1), max(int(box.y + box.height), y + 1)
    return np.asarray(image[y:bottom, x:right])
