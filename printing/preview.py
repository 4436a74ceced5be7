"""The printed PDF as pictures: what the preview shows and what a check reads is what the printer gets."""

from io import BytesIO
from threading import Lock

import numpy
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

# PDFium serves one thread at a time, whatever the document.
_reading = Lock()


def rasterise(pdf: bytes, page: int, dpi: int) -> NDArray[numpy.uint8]:
    """Return page `page` (from 0) as RGB pixels, shape (height, width, 3), on a white ground."""
    with _reading:
        document = pypdfium2.PdfDocument(pdf)
        try:
            bitmap = document[page].render(scale=dpi / 72, rev_byteorder=True)
            # The array is a view of memory that ends with the document.
            pixels: NDArray[numpy.uint8] = numpy.array(bitmap.to_numpy()[:, :, :3])
        finally:
            document.close()
    return pixels


def rasterise_clear(pdf: bytes, page: int, dpi: int) -> NDArray[numpy.uint8]:
    """Return page `page` as RGBA pixels, shape (height, width, 4): clear where nothing is drawn."""
    with _reading:
        document = pypdfium2.PdfDocument(pdf)
        try:
            bitmap = document[page].render(scale=dpi / 72, rev_byteorder=True, fill_color=(255, 255, 255, 0))
            pixels: NDArray[numpy.uint8] = numpy.array(bitmap.to_numpy())
        finally:
            document.close()
    return pixels


def rasterise_on_blank(pdf: bytes, blank: bytes, page: int, dpi: int) -> NDArray[numpy.uint8]:
    """Return page `page` of the printed `pdf` as it looks on the card: its ink darkens the page of `blank`."""
    ink = rasterise(pdf, page, dpi).astype(numpy.uint16)
    ground = rasterise(blank, page, dpi)
    return ((ink * ground + 127) // 255).astype(numpy.uint8)


def as_png(pixels: NDArray[numpy.uint8], dpi: int) -> bytes:
    """Return pixels as a PNG that knows its resolution."""
    out = BytesIO()
    Image.fromarray(pixels).save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()


def rasterise_png(pdf: bytes, page: int, dpi: int) -> bytes:
    """Return page `page` (from 0) as a PNG that knows its resolution."""
    return as_png(rasterise(pdf, page, dpi), dpi)
