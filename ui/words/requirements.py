"""What the portrait requirements are called."""

from __future__ import annotations

from ui.language import _


def requirement_name(name: str) -> str:
    """The requirement in words; an unknown one keeps its stable name."""
    return {
        "face_count": _("One face"),
        "head_size": _("Size of the head"),
        "eye_distance": _("Distance of the eyes"),
        "centring": _("Position"),
        "sharpness": _("Sharpness"),
        "exposure": _("Light on the face"),
        "mouth_closed": _("Mouth"),
        "background": _("Background"),
    }.get(name, name)
