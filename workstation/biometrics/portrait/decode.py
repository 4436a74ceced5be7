"""A picture file to pixels: the header is read and judged before anything of the picture's size is allocated."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "BMP", "TIFF", "WEBP", "JPEG2000")

_MOST_BYTES = 40_000_000
_MOST_PIXELS = 40_000_000
_LONGEST_SIDE = 12_000


class PictureError(Exception):
    """A file that is no usable picture. code: "too-many-bytes", "too-many-pixels", "unknown-format" or
    "damaged"; facts: the figures that a message may tell, where they are known."""

    def __init__(self, code: str, **facts: int) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


def decode_picture(content: bytes) -> NDArray[np.uint8]:
    """(height, width, 3) uint8 blue-green-red, upright as its EXIF orientation says.

    JPEG, PNG, BMP, TIFF, WebP and JPEG 2000; grey, CMYK, palette and 16 bit are brought to three channels
    of 8 bit, what is transparent is laid on white. At most 40 megabytes and 40 megapixels, 12,000 pixels a side.
    Raises PictureError.
    """
    if len(content) > _MOST_BYTES:
        raise PictureError("too-many-bytes", most=_MOST_BYTES)
    try:
        with warnings.catch_warnings():
            # Pillow warns of a size that is judged here, and of EXIF data it cannot read.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
                width, height = picture.size
                if max(width, height) > _LONGEST_SIDE or width * height > _MOST_PIXELS:
                    raise PictureError("too-many-pixels", width=width, height=height)
                return _pixels(picture)
    except PictureError:
        raise
    except Image.DecompressionBombError as fault:
        raise PictureError("too-many-pixels") from fault
    except UnidentifiedImageError as fault:
        raise PictureError("unknown-format") from fault
    except Exception as fault:
        # A decoder fed with a stranger's bytes raises nearly anything; all of it means the same to the clerk.
        raise PictureError("damaged") from fault


def read_picture(file: Path) -> NDArray[np.uint8]:
    """A picture file, never more of it than is allowed. Raises OSError, and PictureError as decode_picture."""
    if file.exists() and not file.is_file():
        # A folder is no picture; a pipe might never end.
        raise PictureError("unknown-format")
    with file.open("rb") as stream:
        return decode_picture(stream.read(_MOST_BYTES + 1))


def _pixels(picture: Image.Image) -> NDArray[np.uint8]:
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith(("I", "F")):
        upright = Image.fromarray(_eight_bit(np.asarray(upright)))
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        upright = Image.new("RGB", clear.size, (255, 255, 255))
        upright.paste(clear, mask=clear.getchannel("A"))
    return np.ascontiguousarray(np.asarray(upright.convert("RGB"), np.uint8)[:, :, ::-1])


def _eight_bit(values: NDArray[np.generic]) -> NDArray[np.uint8]:
    """16 bit by its own range; of 32 bit and floating point the largest value says which range is meant."""
    numbers = np.nan_to_num(np.asarray(values, np.float32))
    top = float(numbers.max(initial=0.0))
    scale = 1 / 257 if top > 255 or values.dtype == np.uint16 else 255.0 if top <= 1 else 1.0
    return np.asarray(np.clip(np.rint(numbers * scale), 0, 255), np.uint8)
