"""Light on the face: everything relative to the face itself, so that no skin is too dark or too light."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.biometrics.portrait.face_view import FaceView

# ISO/IEC 29794-5 (0x46, 0x47): luminance of 0-25 is under-, of 247-255 over-exposed.
_BLACK, _WHITE = 25, 247


def measure_light(face: FaceView) -> Mapping[str, float | None]:
    """exposure: share of the face's pixels without drawing: negative for black ones (0x46), positive for white
    ones (0x47), whichever is more."""
    return {"exposure": _exposure(face)}


def _exposure(face: FaceView) -> float:
    values = face.luminance[face.outline]
    if not values.size:
        return -1.0
    black, white = float((values <= _BLACK).mean()), float((values >= _WHITE).mean())
    return white if white >= black else -black
