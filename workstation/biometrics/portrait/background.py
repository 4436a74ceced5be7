"""What is behind the person: even, light, without shadows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.detect import Findings
from workstation.biometrics.portrait.landmarks import FaceGeometry

_WIDTH, _NOBODY = 160, 0.1
# A shadow is so much darker than the wall and has nearly its colour.
_DARKER, _SAME_COLOUR = 7.0, 7.0


def measure_background(findings: Findings, face: FaceGeometry, width: int) -> Mapping[str, float | None]:
    """background: how uneven the background around the head is: root mean square distance in CIELAB from its
    mean colour (ours; 0x42 needs the standard's own segmentation). background_colour: its lightness L* less its
    chroma, so that white, grey and pale blue are much and dark or strong colours little (ours; no Lao authority
    has named a colour). background_shadow: share of it that is darker than the wall but of its colour (ours;
    ISO/IEC 19794-5, 7.2.6).

    Looked at from the picture's top to the chin, two head lengths to either side; None where the engine knows
    no person or the person leaves less than a hundredth of that free.
    """
    free = _free(findings, face, width)
    if free is None:
        return dict.fromkeys(("background", "background_colour", "background_shadow"))
    mean = free.mean(axis=0)
    # The wall itself: the lighter part of what is seen.
    wall = np.percentile(free[:, 0], 75)
    colour = free[free[:, 0] >= wall - _DARKER][:, 1:].mean(axis=0)
    shadow = (free[:, 0] < wall - _DARKER) & (np.linalg.norm(free[:, 1:] - colour, axis=1) < _SAME_COLOUR)
    return {
        "background": float(np.sqrt(free.var(axis=0).sum())),
        "background_colour": float(mean[0] - np.hypot(mean[1], mean[2])),
        "background_shadow": float(shadow.mean()),
    }


def _free(
    findings: Findings, face: FaceGeometry, width: int
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]] | None:
    """The CIELAB colours (n, 3) of the background around the head, out of the reduced picture."""
    if findings.person is None:
        return None
    small, person = findings.small, findings.person
    while small.shape[1] >= 2 * _WIDTH:
        size = (small.shape[1] // 2, small.shape[0] // 2)
        small = np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_AREA), np.uint8)
        person = np.asarray(cv2.resize(person, size, interpolation=cv2.INTER_AREA), np.float32)
    scale = small.shape[1] / width
    left, right = (int(scale * (face.middle[0] + side * 2 * face.head_length)) for side in (-1, 1))
    rows, columns = slice(0, max(1, int(scale * face.chin[1]))), slice(max(0, left), max(1, right))
    # A margin round the person, whose edge is a mixture of both.
    free = cv2.erode((person < _NOBODY).astype(np.uint8), np.ones((3, 3), np.uint8))[rows, columns]
    inside = free.astype(bool)
    if inside.size == 0 or inside.mean() < 0.01:
        return None
    # Every other pixel tells as much.
    colours = small[rows, columns][inside][None, ::2].astype(np.float32) / 255
    return np.asarray(cv2.cvtColor(colours, cv2.COLOR_BGR2LAB)[0], np.float32)
