"""Static artwork inside a layout: whether each piece is whole, what it says it is, and small enough to be printed."""

import hashlib
from io import BytesIO

from PIL import Image

from printing.elements import Art
from printing.errors import LayoutError, LayoutProblem
from printing.vector_art import VectorArtDamaged, read_vector_art

MOST_BYTES = 1_000_000
MOST_PIXELS = 4_000_000  # both sides of a card at 600 dpi have 5.2 million
_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG"}
# What ReportLab draws as it looks on a screen: CMYK and 16 bits a channel come out otherwise on each printer.
_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA")
_BEGINNINGS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}


def art_from_file(name: str, data: bytes) -> Art:
    """Return the content of a picture file as artwork called `name`, whatever the file's name says that it is.

    Raises LayoutError unknown-media-type, and what `art_problems` finds.
    """
    kinds = [kind for kind, beginning in _BEGINNINGS.items() if data.startswith(beginning)]
    if not kinds and b"<svg" in data[:2000]:
        kinds = ["image/svg+xml"]
    if not kinds:
        raise LayoutError((LayoutProblem("unknown-media-type", name),))
    art = Art(name=name, media_type=kinds[0], sha256=hashlib.sha256(data).hexdigest(), data=data)
    if problems := art_problems(art):
        raise LayoutError(tuple(problems))
    return art


def art_problems(art: Art) -> list[LayoutProblem]:
    """Return art-too-large, art-hash (its bytes are not those the document states), art-animated, art-colour,
    art-damaged."""
    if len(art.data) > MOST_BYTES:
        return [LayoutProblem("art-too-large", art.name, {"bytes": len(art.data), "most": MOST_BYTES})]
    if hashlib.sha256(art.data).hexdigest() != art.sha256:
        return [LayoutProblem("art-hash", art.name)]
    try:
        if art.media_type in _FORMATS:
            with Image.open(BytesIO(art.data), formats=(_FORMATS[art.media_type],)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    facts: dict[str, str | float] = {"width": picture.width, "height": picture.height}
                    return [LayoutProblem("art-too-large", art.name, facts)]
                if getattr(picture, "n_frames", 1) > 1:
                    return [LayoutProblem("art-animated", art.name)]
                if picture.mode not in _MODES:
                    return [LayoutProblem("art-colour", art.name, {"reason": picture.mode})]
                picture.load()
        else:
            read_vector_art(art.data)
    except VectorArtDamaged as fault:
        return [LayoutProblem("art-damaged", art.name, {"reason": fault.reason})]
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:
        return [LayoutProblem("art-damaged", art.name, {"reason": type(fault).__name__})]
    return []
