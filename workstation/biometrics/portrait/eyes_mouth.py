"""Eyes and mouth: open, looking into the camera, closed and calm."""

from __future__ import annotations

import math
from collections.abc import Mapping

from workstation.biometrics.portrait.face_view import FaceView

_INNER_LIPS = ((81, 178), (13, 14), (311, 402))


def measure_eyes_mouth(face: FaceView) -> Mapping[str, float | None]:
    """mouth_closed (0x4E): the largest gap between the inner lips as a share of T."""
    return {"mouth_closed": _mouth_gap(face)}


def _mouth_gap(face: FaceView) -> float:
    mesh = face.mesh
    gaps = [math.dist(mesh[upper, :2], mesh[lower, :2]) for upper, lower in _INNER_LIPS]
    return max(gaps) / face.eyes_to_chin
