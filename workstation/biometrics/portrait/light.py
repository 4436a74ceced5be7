"""Light on the face: everything relative to the face itself, so that no skin is too dark or too light."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.face_view import MIDDLE, FaceView

# ISO/IEC 29794-5 (0x46, 0x47): luminance of 0-25 is under-, of 247-255 over-exposed.
_BLACK, _WHITE = 25, 247
_SHADOW = 0.65
# ISO/IEC 29794-5 (0x4B): between these a* and b* of skin are natural.
_RED, _YELLOW = (5.0, 25.0), (5.0, 35.0)


def measure_light(face: FaceView) -> Mapping[str, float | None]:
    """lighting: how much lighter the skin is on the picture's left half than on its right, by the sum of both
    (ours; 0x43 compares histograms, which side-lit pores fail too). face_shadow: share of the skin darker than
    0.65 of what light falling off evenly would give there (ours; ISO/IEC 19794-5, 7.2.8).

    exposure: share of the face's pixels without drawing: negative for black ones (0x46), positive for white
    ones (0x47), whichever is more. contrast: the range of nine tenths of the face's luminances by their middle
    (ours, after 0x48). colour_cast (0x4B): how far the skin's mean a* and b* lie from the natural range, ΔE;
    below zero it goes on growing, where the standard says 100.
    """
    return {
        "lighting": _left_against_right(face),
        "face_shadow": _shadow(face),
        "exposure": _exposure(face),
        "contrast": _contrast(face),
        "colour_cast": _cast(face),
    }


def _left_against_right(face: FaceView) -> float | None:
    half, middle = face.half, int(MIDDLE[0]) // 2
    left, right = (
        half.luminance[:, part][half.skin[:, part]] for part in (slice(middle), slice(middle, None))
    )
    if not left.size or not right.size:
        return None
    brighter, darker = float(left.mean()), float(right.mean())
    return (brighter - darker) / max(brighter + darker, 1.0)


def _shadow(face: FaceView) -> float | None:
    rows, columns = np.nonzero(face.half.skin)
    if rows.size < 200:
        return None
    smooth = cv2.GaussianBlur(face.half.luminance, (3, 3), 0)
    light = np.log(np.maximum(smooth[rows, columns], 1.0))
    plane = np.column_stack([rows, columns, np.ones(rows.size)])
    # Every eighth pixel gives the same plane; twice, the second time without what lies far below it.
    some = slice(None, None, 8)
    kept = np.ones(light[some].size, bool)
    for _ in range(2):
        fit = np.linalg.lstsq(plane[some][kept], light[some][kept], rcond=None)[0]
        rest = light[some] - plane[some] @ fit
        kept = rest > np.log(_SHADOW)
        if kept.sum() < 50:
            break
    return float((light - plane @ fit < np.log(_SHADOW)).mean())


def _exposure(face: FaceView) -> float:
    values = face.half.luminance[face.half.outline]
    if not values.size:
        return -1.0
    black, white = float((values <= _BLACK).mean()), float((values >= _WHITE).mean())
    return white if white >= black else -black


def _contrast(face: FaceView) -> float | None:
    values = face.half.luminance[face.half.outline]
    if not values.size:
        return None
    dark, middle, light = np.percentile(values, (5, 50, 95))
    return float(light - dark) / max(float(middle), 1.0)


def _cast(face: FaceView) -> float | None:
    half = face.half
    if not half.skin.any():
        return None
    _, red, yellow = half.lab(half.pixels[half.skin]).mean(axis=0)
    return float(np.hypot(_beyond(float(red), _RED), _beyond(float(yellow), _YELLOW)))


def _beyond(value: float, ends: tuple[float, float]) -> float:
    return max(ends[0] - value, value - ends[1], 0.0)
