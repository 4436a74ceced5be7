"""WSQ: the compressed fingerprint image (IAFIS-IC-0110 v3.1), 8 bits a pixel at 500 dpi."""

from __future__ import annotations

import io

import wsq  # the import registers the format with Pillow
from PIL import Image

FORMAT: str = wsq.WsqImagePlugin.WsqImageFile.format
# The wavelet tree halves the picture five times over.
SMALLEST_SIDE = 64
# A damaged header can claim 65535 x 65535; the largest slap at 1000 dpi is 3200 x 3000.
_LARGEST_AREA = 10_000_000


class WsqError(ValueError):
    """Bytes that are no whole WSQ image, or a picture that WSQ cannot hold."""


def encode_wsq(pixels: bytes, width: int, height: int) -> bytes:
    """Compress 8-bit grey pixels, row by row, at 0.75 bits a pixel (12:1 to 15:1)."""
    if width < SMALLEST_SIDE or height < SMALLEST_SIDE or len(pixels) != width * height:
        raise WsqError("size")
    out = io.BytesIO()
    Image.frombytes("L", (width, height), pixels).save(out, format=FORMAT)
    return out.getvalue()


def decode_wsq(data: bytes) -> tuple[bytes, int, int]:
    """Pixels (8-bit grey, row by row), width and height."""
    try:
        with Image.open(io.BytesIO(data), formats=[FORMAT]) as picture:
            if picture.width * picture.height > _LARGEST_AREA:
                raise WsqError("size")
            picture.load()
            return picture.tobytes(), picture.width, picture.height
    except WsqError:
        raise
    except Exception as fault:
        # The codec reports damage by bare Exception, and a missing frame by UnboundLocalError.
        raise WsqError("damaged") from fault
