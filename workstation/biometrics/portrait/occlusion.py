"""What covers the face or the head: mask, hand with a thing, hair, lenses; a cap or a scarf is only noted."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.face_view import (
    EYE_DISTANCE,
    INNER_LIPS,
    LEFT_EYE,
    LIPS,
    MIDDLE,
    RIGHT_EYE,
    FaceView,
    Flags,
    Plane,
)

# Distance of chromaticity (r, g) at which a pixel is no skin of this person, whatever the light on it.
_OTHER_COLOUR = 0.055
_DARK = 0.35
# What of an open eye and its lids looks unlike skin anyway.
_EYES_OWN = 0.55
_UNDER_NOSE = 2
# Hair is dark or brown or grey: from red to yellow where it has a colour at all.
_HAIR_HUES = (15.0, 105.0)
_COLOURED, _WHITE_LIGHTNESS, _WHITE_COLOUR = 12.0, 82.0, 8.0
_SOMEBODY = 0.6


def measure_occlusion(face: FaceView) -> Mapping[str, float | None]:
    """face_covered (0x51, with 0x4F and 0x50): of cheeks, mouth and eyes the one most covered, as the share of
    it that has not the colour of the person's own skin (ours: the standard segments by a model). Skin over
    skin, a bare hand, is not seen; a beard is left alone.

    head_covering (0x5C): share of the head above and beside the face with a colour that hair has not (ours):
    bright cloth is noted, black or grey cloth is not told from hair.
    """
    return {"face_covered": _covered(face), "head_covering": _covering(face)}


def _covered(face: FaceView) -> float:
    other, dark = _unlike_skin(face)
    half = face.half
    rows = 2 * np.arange(half.pixels.shape[0])[:, None]
    nose = face.mesh[_UNDER_NOSE, 1]
    columns = 2 * np.arange(half.pixels.shape[1])[None, :]
    lower = half.skin & (rows > nose + 4)
    cheeks = half.skin & (rows >= MIDDLE[1]) & (rows <= nose + 4)
    parts = [
        _share(other | dark, cheeks & (columns < MIDDLE[0])),
        _share(other | dark, cheeks & (columns >= MIDDLE[0])),
        # A beard is dark too; what is dark over the lips is none.
        max(_share(other & ~dark, lower), _share(dark, half.area(LIPS) & ~half.area(INNER_LIPS, grown=2))),
    ]
    for eye in (RIGHT_EYE, LEFT_EYE):
        share = _share(other | dark, half.area(eye, grown=6))
        parts.append(max(0.0, share - _EYES_OWN) / (1 - _EYES_OWN))
    return max(parts)


def _unlike_skin(face: FaceView) -> tuple[Flags, Flags]:
    """Pixels of another colour than this skin's in any light, and pixels too dark for it."""
    half = face.half
    blue, green, red = cv2.split(half.pixels.astype(np.float32) + np.float32(1))
    total = blue + green + red
    other = np.zeros(total.shape, bool)
    for colour in (blue, red):
        share = colour / total
        own = np.median(share[half.skin][::4]) if half.skin.any() else 1 / 3
        other |= np.abs(share - own) > _OTHER_COLOUR
    dark = half.luminance < _DARK * face.skin_luminance
    return other, np.asarray(dark)


def _share(flags: Flags, part: Flags) -> float:
    return float(flags[part].mean()) if part.any() else 0.0


def _covering(face: FaceView) -> float | None:
    half = face.half
    if half.person is None:
        return None
    rows = 2 * np.arange(half.pixels.shape[0])[:, None]
    head = (half.person > _SOMEBODY) & ~half.outline & (rows < MIDDLE[1] + 0.6 * face.eyes_to_chin)
    if head.sum() < EYE_DISTANCE**2 / 32:
        return None
    return float(_no_hair(half.lab(half.pixels[head])).mean())


def _no_hair(lab: Plane) -> Flags:
    lightness, red, yellow = lab.T
    colour = np.hypot(red, yellow)
    hue = np.degrees(np.arctan2(yellow, red))
    coloured = (colour > _COLOURED) & ((hue < _HAIR_HUES[0]) | (hue > _HAIR_HUES[1]))
    white = (lightness > _WHITE_LIGHTNESS) & (colour < _WHITE_COLOUR)
    return np.asarray(coloured | white)
