"""What lies over the eyes: frames of glasses, reflections, the flash's red."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.face_view import EYE_DISTANCE, LEFT_EYE, MIDDLE, RIGHT_EYE, FaceView

_BRIDGE = (193, 417, 412, 188)
# A line thinner than this and so much darker or lighter than what is beside it is a frame's, not a wrinkle.
_LINE_WIDTH, _LINE_DEPTH = 9, 0.22
# A reflection is so much lighter than the skin, and nearly white.
_GLARE_LIGHTER, _GLARE_LEAST, _GLARE_MOST = 1.15, 215.0, 252.0
# A brown iris is a third less green than red.
_RED_LEAST, _RED_OVER = 70, 0.5
_IRISES = ((468, 469), (473, 474))


def measure_eye_region(face: FaceView) -> Mapping[str, float | None]:
    """glasses: share of the area close below, beside and between the eyes that thin lines cross (ours: a frame
    that keeps clear of the eyes costs nothing; ISO/IEC 19794-5, 7.2.12 forbids frames over the eyes).

    glare: share of the area of the eyes that is nearly white; None where the skin itself is (ours; 7.2.12
    there). red_eye: share of the irises that is redder than any iris is (ours; ISO/IEC 19794-5, 7.3.4).
    """
    return {"glasses": _frames(face), "glare": _reflections(face), "red_eye": _red(face)}


def _frames(face: FaceView) -> float:
    # Rows from above the eyes to the cheeks; the rest has no part in it.
    band = slice(int(MIDDLE[1] - 0.6 * EYE_DISTANCE), int(MIDDLE[1] + 0.8 * EYE_DISTANCE))
    luminance = cv2.GaussianBlur(face.luminance[band], (3, 3), 0)
    kernel = np.ones((_LINE_WIDTH, _LINE_WIDTH), np.uint8)
    lines = np.maximum(
        cv2.morphologyEx(luminance, cv2.MORPH_BLACKHAT, kernel),
        cv2.morphologyEx(luminance, cv2.MORPH_TOPHAT, kernel),
    )
    zone = face.area(_BRIDGE)
    for eye in (RIGHT_EYE, LEFT_EYE):
        ring = face.area(eye, grown=9) & ~face.area(eye, grown=4)
        # Above the eyes are lid, lashes and brow, which are lines by nature.
        ring[: int(face.mesh[list(eye), 1].mean())] = False
        zone = zone | ring
    zone = zone[band]
    return float((lines[zone] > _LINE_DEPTH * face.skin_luminance).mean()) if zone.any() else 0.0


def _reflections(face: FaceView) -> float | None:
    zone = face.area(RIGHT_EYE, grown=7) | face.area(LEFT_EYE, grown=7)
    least = max(_GLARE_LEAST, _GLARE_LIGHTER * face.skin_luminance)
    if least > _GLARE_MOST:
        return None
    # The darkest of the three colours: a reflection is white.
    whiteness = face.pixels[zone].min(axis=1) if zone.any() else np.zeros(1)
    return float((whiteness >= least).mean())


def _red(face: FaceView) -> float:
    redder, total = 0, 0
    for centre, end in _IRISES:
        x, y = (round(float(value)) for value in face.mesh[centre, :2])
        radius = max(2, round(float(abs(face.mesh[end, 0] - x))))
        rows, columns = (slice(max(0, middle - radius), middle + radius + 1) for middle in (y, x))
        patch = face.pixels[rows, columns]
        down, across = np.ogrid[
            rows.start : rows.start + len(patch), columns.start : columns.start + patch.shape[1]
        ]
        disc = (down - y) ** 2 + (across - x) ** 2 <= radius**2
        blue, green, red = patch[disc].astype(np.float32).T
        redder += int(((red > _RED_LEAST) & (red - np.maximum(blue, green) > _RED_OVER * red)).sum())
        total += red.size
    return redder / max(total, 1)
