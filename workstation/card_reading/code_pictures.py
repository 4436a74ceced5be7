"""The texts of the QR codes in a picture that shows a card's code, or anything else. Pure: bytes or pixels in.

Without numpy and OpenCV, whose loading takes longer than a code takes to be verified.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from workstation.card_reading.errors import NoCode

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MOST_PIXELS = 60_000_000
_LONG_SIDE = 3000
_FORMATS = "QRCode"
_FILES = ("JPEG", "PNG", "TIFF", "BMP", "WEBP")


def codes_in(data: bytes) -> tuple[str, ...]:
    """The texts of the QR codes in a picture file's bytes. Raises NoCode."""
    for attempt in _attempts(_grey(data)):
        # As a plain buffer: given a picture of Pillow's, zxing-cpp asks numpy for it.
        texts = _read(memoryview(attempt.tobytes()).cast("B", (attempt.height, attempt.width)))
        if texts:
            return texts
    raise NoCode("no-code")


def codes_in_frame(frame: NDArray[np.uint8]) -> tuple[str, ...]:
    """The same of a camera's picture (h x w x 3, BGR); only as it is, because the next one follows at once."""
    texts = _read(frame)
    if not texts:
        raise NoCode("no-code")
    return texts


def _read(picture: memoryview | NDArray[np.uint8]) -> tuple[str, ...]:
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.barcode_formats_from_str(_FORMATS))
    return tuple(read.text for read in found if read.text)


def _attempts(grey: Image.Image) -> Iterator[Image.Image]:
    yield grey
    if max(grey.size) <= _LONG_SIDE // 2:
        yield grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC)
    yield ImageOps.autocontrast(grey.filter(ImageFilter.UnsharpMask(4, 180, 0)), cutoff=2)
    yield grey.resize((grey.width // 2, grey.height // 2), Image.Resampling.BOX)


def _grey(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # Pillow warns of what is refused here by its size.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=_FILES) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise NoCode("too-large")
                picture.draft("L", (_LONG_SIDE, _LONG_SIDE))
                grey = picture.convert("L")
    except NoCode:
        raise
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NoCode("not-a-picture") from error
    if min(grey.size) < 4:
        raise NoCode("no-code")
    if max(grey.size) > _LONG_SIDE:
        grey.thumbnail((_LONG_SIDE, _LONG_SIDE), Image.Resampling.BOX)
    return grey
