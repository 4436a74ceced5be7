"""Where the head is and how it is held: faces, size, place, roll, pitch and yaw.

Numbers in brackets as (0x52) are the quality elements of ISO/IEC 29794-5:2025, here and in the rooms beside.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from workstation.biometrics.portrait.detect import Findings
from workstation.biometrics.portrait.landmarks import FaceGeometry, Picture

# Another face of at least so much of the first one's height is a second person, not a poster.
SECOND_PERSON = 0.45

_EYE_LEVEL = 0.45
# Mesh points that mirror each other, right and left of the person: corners of eyes and mouth, temples, jaw.
_PAIRS = ((33, 263), (133, 362), (61, 291), (234, 454), (127, 356), (93, 323), (58, 288), (172, 397))
_FOREHEAD, _CHIN = 10, 152
# From forehead to chin the mesh of a face turned to the camera leans back by so much: the median of the hundred
# faces of scikit-image's part of Labeled Faces in the Wild.
_UPRIGHT_LEAN = 7.0


def measure_faces(findings: Findings) -> Mapping[str, float | None]:
    """face_count (0x4C): the largest face and each other of at least 0.45 of its height.

    second_face: the height of the largest other face by that of the first, 0 where there is none (ours; the
    standard's 0x4C takes the areas).
    """
    if not findings.faces:
        return {"face_count": 0.0, "second_face": None}
    heights = [face.height for face in findings.faces]
    shares = [height / heights[0] for height in heights[1:]]
    count = 1 + sum(share >= SECOND_PERSON for share in shares)
    return {"face_count": float(count), "second_face": max(shares, default=0.0)}


def measure_place(face: FaceGeometry, image: Picture) -> Mapping[str, float | None]:
    """head_size: chin to crown as a share of the picture's height (0x53 takes T instead, of a picture already
    cropped). eye_distance: pixels (0x52). centring: how far the eyes are from the middle and from 45 % of the
    height, the larger, as a share of width or height (ours; ISO/IEC 19794-5, 8.3.2 asks it of the cropped picture,
    which is made so)."""
    height, width = image.shape[:2]
    x, y = face.middle
    return {
        "head_size": face.head_length / height,
        "eye_distance": face.eye_distance,
        "centring": float(max(abs(x / width - 0.5), abs(y / height - _EYE_LEVEL))),
    }


def measure_pose(mesh: NDArray[np.float32]) -> Mapping[str, float | None]:
    """roll (0x5A), pitch (0x59) and yaw (0x58) in degrees, from the mesh (478, 3); ours from its depth.

    Positive: the head tilted clockwise as the camera sees it; chin raised; turned to the person's own left.
    """
    points = mesh.astype(np.float64)
    right, left = np.array(_PAIRS).T
    across = (points[left] - points[right]).sum(axis=0)
    across /= max(float(np.linalg.norm(across)), 1e-9)
    down = points[_CHIN] - points[_FOREHEAD]
    down -= across * float(down @ across)
    down /= max(float(np.linalg.norm(down)), 1e-9)
    roll = math.degrees(math.atan2(across[1], across[0]))
    yaw = math.degrees(math.asin(float(np.clip(across[2], -1, 1))))
    forward = np.cross(across, down)
    pitch = math.degrees(math.atan2(down[2], math.copysign(math.hypot(down[1], down[0]), forward[2])))
    return {"roll": roll, "pitch": _UPRIGHT_LEAN - pitch, "yaw": yaw}
