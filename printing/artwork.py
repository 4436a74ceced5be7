"""Static artwork inside a layout: whether each piece is whole, what it says it is, and small enough to be printed."""

import hashlib
from io import BytesIO

from PIL import Image

from printing.elements import Art
from printing.errors import LayoutProblem
from printing.vector_art import VectorArtDamaged, read_vector_art

MOST_BYTES = 1_000_000
MOST_PIXELS = 4_000_000  # both sides of a card at 600 dpi have 5.2 million
_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG"}


def art_problems(art: Art) -> list[LayoutProblem]:
    """Return art-too-large, art-hash (its bytes are not those the document states), art-damaged."""
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
                picture.load()
        else:
            read_vector_art(art.data)
    except VectorArtDamaged as fault:
        return [LayoutProblem("art-damaged", art.name, {"reason": fault.reason})]
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:
        return [LayoutProblem("art-damaged", art.name, {"reason": type(fault).__name__})]
    return []
