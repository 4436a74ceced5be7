"""A signature as a picture: trimmed to its ink for the record, its ink alone for the card."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageFilter

from workstation.domain.refused import Reason, Refused

LARGEST_FILE = 500_000  # bytes, as it comes from a pad
LONGEST_SIDE = 3_000  # pixels, likewise
LARGEST_KEPT = 100_000  # bytes of what is kept, sent and printed
FAINTEST = 200  # a grey below this is ink, not paper
LEAST_INK = 1 / 25  # of the pad's width: a dot is no signature
LEAST_HEIGHT = 1 / 3  # of the pad's height: smaller ink is not blown up on the card
_MARGIN = 3  # pixels of paper around the ink
_PEN = 5  # pixels, how thick a pad of 900 x 300 writes
# A card printer loses thinner lines than this; the field is that of the shipped layouts. All in mm.
_LINE, _FIELD = 0.2, (22.0, 5.4)
_INK = [255] * FAINTEST + [0] * (256 - FAINTEST)
_OPAQUE = [255 - grey for grey in range(256)]


@dataclass(frozen=True)
class TrimmedSignature:
    """PNG, 8-bit grey on white, `width` x `height` pixels."""

    png: bytes
    width: int
    height: int


def trimmed(png: bytes) -> TrimmedSignature:
    """What was written on a pad, without the paper around it.

    Raises Refused SIGNATURE_EMPTY (nothing, or no more than a dot), SIGNATURE_UNUSABLE (no whole PNG, or too large).
    """
    whole = _grey(png)
    ink = whole.point(_INK).getbbox()
    if ink is None or max(ink[2] - ink[0], ink[3] - ink[1]) < whole.width * LEAST_INK:
        raise Refused(Reason.SIGNATURE_EMPTY)
    left, top, right, bottom = ink
    missing = max(0, round(whole.height * LEAST_HEIGHT) - (bottom - top))
    around = whole.crop(
        (
            max(0, left - _MARGIN),
            max(0, top - _MARGIN - missing // 2),
            min(whole.width, right + _MARGIN),
            min(whole.height, bottom + _MARGIN + missing // 2),
        )
    )
    kept = _written(around)
    if len(kept) > LARGEST_KEPT:
        raise Refused(Reason.SIGNATURE_UNUSABLE)
    return TrimmedSignature(kept, around.width, around.height)


@lru_cache(maxsize=16)
def ink_alone(png: bytes) -> bytes:
    """The same picture for the card: its paper cannot be seen, and a line that would be too thin there is thicker."""
    with Image.open(BytesIO(png), formats=("PNG",)) as picture:
        grey = picture.convert("L")
    thick = _LINE * max(grey.width / _FIELD[0], grey.height / _FIELD[1])
    around = round((thick - _PEN) / 2)
    if around > 0:
        grey = grey.filter(ImageFilter.MinFilter(2 * around + 1))
    return _written(Image.merge("LA", (Image.new("L", grey.size, 0), grey.point(_OPAQUE))))


def _grey(png: bytes) -> Image.Image:
    if len(png) > LARGEST_FILE:
        raise Refused(Reason.SIGNATURE_UNUSABLE)
    try:
        with Image.open(BytesIO(png), formats=("PNG",)) as picture:
            # Before anything is unpacked: a small file can hold a very large picture.
            if max(picture.size) > LONGEST_SIDE:
                raise Refused(Reason.SIGNATURE_UNUSABLE)
            colours = picture.convert("RGBA")
    except (OSError, SyntaxError, ValueError) as fault:
        raise Refused(Reason.SIGNATURE_UNUSABLE) from fault
    paper = Image.new("RGBA", colours.size, "white")
    return Image.alpha_composite(paper, colours).convert("L")


def _written(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
