"""What is behind the person: even, light, without shadows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.detect import Findings
from workstation.biometrics.portrait.landmarks import FaceGeometry

_WIDTH, _NOBODY = 160, 0.1


def measure_background(findings: Findings, face: FaceGeometry, width: int) -> Mapping[str, float | None]:
    """background: how uneven the background around the head is: root mean square distance in CIELAB from its
    mean colour. Looked at from the picture's top to the chin, two head lengths to either side; None where the person
    leaves less than a hundredth of that free. (Ours; 0x42 needs the standard's own segmentation.)
    """
    if findings.person is None:
        return {"background": None}
    size = (_WIDTH, max(1, round(_WIDTH * findings.small.shape[0] / findings.small.shape[1])))
    small = cv2.resize(findings.small, size, interpolation=cv2.INTER_AREA)
    person = cv2.resize(findings.person, size, interpolation=cv2.INTER_AREA)
    scale = _WIDTH / width
    left, right = (int(scale * (face.middle[0] + side * 2 * face.head_length)) for side in (-1, 1))
    rows, columns = slice(0, max(1, int(scale * face.chin[1]))), slice(max(0, left), max(1, right))
    # A margin round the person, whose edge is a mixture of both.
    free = cv2.erode((person < _NOBODY).astype(np.uint8), np.ones((3, 3), np.uint8))[rows, columns]
    inside = free.astype(bool)
    if inside.size == 0 or inside.mean() < 0.01:
        return {"background": None}
    colours = cv2.cvtColor(small[rows, columns][inside][None].astype(np.float32) / 255, cv2.COLOR_BGR2LAB)[0]
    return {"background": float(np.sqrt(colours.var(axis=0).sum()))}
