"""The demo's applicant: a studio camera picture built from scikit-image's astronaut (NASA, public domain).

The raw picture fails for its true defects: a small face far from the middle, lips parted, a flag and a
model behind it. The studio version enlarges it, puts a plain light background behind the person and closes
the lips, and is then judged like any other picture. Nothing of it is shipped; it is built where it is wanted.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.landmarks import FaceLandmarks

Picture = NDArray[np.uint8]
Plane = NDArray[np.float32]

WIDTH, HEIGHT = 1280, 720

# The policy under which the training office judges portraits. Its picture is enlarged 2.4 times: the camera
# never saw details finer than that, so sharpness is asked for as far as an enlarged picture can have it.
TRAINING_LIMITS: dict[str, Any] = {"sharpness": {"low": 0.035, "red_low": 0.025}}

_ENLARGEMENT = 2.4
_EYE_LEVEL = 0.43
_BACKGROUND = np.array([214.0, 213.0, 211.0], np.float32)
_SENSOR_NOISE = 1.2

# In the raw picture, without the flag and the model: top, bottom, left, right.
_HEAD_AND_SHOULDERS = (0, 300, 75, 375)

# MediaPipe's face mesh: the inner edges of the lips from the person's right corner to the left.
_UPPER_INNER = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
_LOWER_INNER = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)
_UNDER_NOSE, _CHIN = 2, 152
# Of the gap, so much is closed by the jaw coming up; the upper lip comes down for the rest.
_JAW_SHARE = 0.7


def build_studio_portrait() -> Picture:
    """(720, 1280, 3) uint8 blue-green-red; the same each time. Takes about two seconds."""
    with Detector() as detector:
        enlarged, person = _framed(raw_picture(), detector)
        landmarks = detector.detect(enlarged).landmarks
        if landmarks is None:
            raise RuntimeError("no face was found in scikit-image's astronaut")
        closed = _close_lips(enlarged, landmarks)
    return _before_plain_background(closed, person)


def raw_picture() -> Picture:
    """The astronaut as scikit-image has her: (512, 512, 3) uint8 blue-green-red."""
    # Only the demo and the tests need scikit-image.
    from skimage import data

    astronaut = data.astronaut()  # type: ignore[no-untyped-call]  # scikit-image ships few types
    return np.asarray(cv2.cvtColor(astronaut, cv2.COLOR_RGB2BGR), np.uint8)


def _framed(raw: Picture, detector: Detector) -> tuple[Picture, Plane]:
    """Enlarged and moved as a camera before a sitting person would frame it, with the person's mask."""
    found = detector.detect(raw)
    if found.landmarks is None:
        raise RuntimeError("no face was found in scikit-image's astronaut")
    x, y = found.landmarks.geometry.middle
    place = np.array(
        [
            [_ENLARGEMENT, 0, WIDTH / 2 - _ENLARGEMENT * x],
            [0, _ENLARGEMENT, HEIGHT * _EYE_LEVEL - _ENLARGEMENT * y],
        ]
    )
    enlarged = cv2.warpAffine(
        raw, place, (WIDTH, HEIGHT), flags=cv2.INTER_LANCZOS4, borderMode=cv2.BORDER_REPLICATE
    )
    softened = cv2.GaussianBlur(enlarged, (0, 0), 2.0)
    sharpened = np.asarray(cv2.addWeighted(enlarged, 1.6, softened, -0.6, 0), np.uint8)
    guided = _guided(_person(raw, detector), raw)
    person = cv2.warpAffine(guided, place, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC, borderValue=0)
    return sharpened, np.asarray(np.clip(person, 0, 1), np.float32)


def _person(raw: Picture, detector: Detector) -> Plane:
    """Where the person is, 0-1, at the picture's size: looked for in the whole and closer about head and shoulders."""
    size = (raw.shape[1], raw.shape[0])
    whole = cv2.resize(_mask(raw, detector), size, interpolation=cv2.INTER_CUBIC)
    top, bottom, left, right = _HEAD_AND_SHOULDERS
    close = _mask(np.ascontiguousarray(raw[top:bottom, left:right]), detector)
    whole[top:bottom, left:right] = np.maximum(
        whole[top:bottom, left:right],
        cv2.resize(close, (right - left, bottom - top), interpolation=cv2.INTER_CUBIC),
    )
    return np.asarray(whole, np.float32)


def _mask(picture: Picture, detector: Detector) -> Plane:
    person = detector.detect(picture).person
    if person is None:
        raise RuntimeError("the studio picture needs MediaPipe's segmentation")
    return person


def _guided(mask: Plane, guide: Picture, radius: int = 6, tolerance: float = 1e-3) -> Plane:
    """Draw a coarse mask to the edges of the picture: guided filter (He, Sun and Tang 2010), grey guide."""
    light = cv2.cvtColor(guide, cv2.COLOR_BGR2GRAY).astype(np.float32) / 255
    size = (2 * radius + 1, 2 * radius + 1)

    def mean(plane: NDArray[Any]) -> NDArray[Any]:
        return np.asarray(cv2.blur(plane, size))

    slope = (mean(light * mask) - mean(light) * mean(mask)) / (mean(light**2) - mean(light) ** 2 + tolerance)
    offset = mean(mask) - slope * mean(light)
    return np.asarray(np.clip(mean(slope) * light + mean(offset), 0, 1), np.float32)


def _close_lips(image: Picture, face: FaceLandmarks) -> Picture:
    """Bring the inner edges of the lips together, so that what was between them is gone.

    Each column is pulled towards the line where the lips shall meet; the pull fades out under the nose
    and at the chin, and to nothing at the corners of the mouth.
    """
    landmarks = face.mesh
    if landmarks is None:
        raise RuntimeError("the studio picture needs MediaPipe's mesh")
    upper, lower = (_curve(landmarks[list(points)]) for points in (_UPPER_INNER, _LOWER_INNER))
    left, right = float(landmarks[78, 0]), float(landmarks[308, 0])
    across = np.arange(WIDTH, dtype=np.float64)
    inside = np.clip(across, left, right)
    gap = np.maximum(lower(inside) - upper(inside), 0.0)
    # A little more than the mesh says: the edge of a lip lies in shadow.
    corner = np.clip(np.minimum(inside - left, right - inside) / 6.0, 0, 1)
    gap = (gap + 3.0) * corner
    line = (upper(inside) - 1.5 * corner) + (1 - _JAW_SHARE) * gap

    rows = np.arange(HEIGHT, dtype=np.float64)[:, None]
    nose, chin = float(landmarks[_UNDER_NOSE, 1]), float(face.chin[1])
    above = _fade((line - rows) / (line - nose))
    below = _fade((rows - line) / (chin - line))
    shift = np.where(rows < line, -(1 - _JAW_SHARE) * gap * above, _JAW_SHARE * gap * below)
    columns = np.broadcast_to(across.astype(np.float32), shift.shape)
    moved = cv2.remap(
        image, np.ascontiguousarray(columns), (rows + shift).astype(np.float32), cv2.INTER_CUBIC
    )
    # Where lips meet there is a soft dark line.
    seam = np.exp(-(((rows - line) / 1.8) ** 2)) * corner * (gap > 0)
    shade = (1 - 0.28 * seam)[..., None]
    softened = cv2.GaussianBlur(moved, (0, 0), 1.2).astype(np.float64)
    blend = np.exp(-(((rows - line) / 3.0) ** 2))[..., None] * corner[None, :, None]
    return np.asarray(np.clip((moved * (1 - blend) + softened * blend) * shade, 0, 255), np.uint8)


def _fade(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 at distance 0, smoothly to 0 at distance 1 and beyond."""
    inside = np.clip(distance, 0, 1)
    return np.asarray(0.5 + 0.5 * np.cos(np.pi * inside))


def _curve(points: NDArray[np.float32]) -> PchipInterpolator:
    ordered = points[np.argsort(points[:, 0])].astype(np.float64)
    return PchipInterpolator(ordered[:, 0], ordered[:, 1])


def _before_plain_background(image: Picture, person: Plane) -> Picture:
    # From half to wholly a person, so that no fringe of the old background stays.
    edge = np.clip((person - 0.25) / 0.5, 0, 1)
    edge = cv2.GaussianBlur(edge.astype(np.float32), (0, 0), 1.2)[..., None]
    # A lamp lights the middle of a wall a little more than its rim.
    rows, columns = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j].astype(np.float32)
    wall = _BACKGROUND * (1.02 - 0.03 * (rows**2 + columns**2))[..., None]
    noise = np.random.default_rng(20251217).normal(0, _SENSOR_NOISE, (HEIGHT, WIDTH, 1))
    return np.asarray(np.clip(image * edge + wall * (1 - edge) + noise, 0, 255), np.uint8)
