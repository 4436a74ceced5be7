"""The exception photo's own rules: one face and room for both hands beside it, where fingerprints are missing.

Whether the hands are in the picture is for the clerk's eye: a hand that lacks fingers is just what a detector of
hands does not find. None of the portrait's requirements applies.
"""

from __future__ import annotations

from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.landmarks import Picture
from workstation.biometrics.portrait.placement import PortraitError

_SHORTEST_SIDE = 480
# Ours: enough to know a face again, and little enough of the height that raised hands have room beside it.
_SMALLEST_EYE_DISTANCE = 30.0
_LONGEST_HEAD = 0.40


def check_exception_photo(image: Picture, detector: Detector) -> None:
    """image: (height, width, 3) uint8 blue-green-red. Raises PortraitError "no-face", "several-faces",
    "face-unclear", "too-few-pixels" or "no-room-for-hands"."""
    if min(image.shape[:2]) < _SHORTEST_SIDE:
        raise PortraitError("too-few-pixels", eye_distance=0)
    found = detector.detect(image)
    if len(found.faces) != 1:
        raise PortraitError("several-faces" if found.faces else "no-face", faces=len(found.faces))
    if found.landmarks is None:
        raise PortraitError("face-unclear")
    face = found.landmarks.geometry
    if face.eye_distance < _SMALLEST_EYE_DISTANCE:
        raise PortraitError("too-few-pixels", eye_distance=round(face.eye_distance))
    if face.head_length > _LONGEST_HEAD * image.shape[0]:
        raise PortraitError("no-room-for-hands")
