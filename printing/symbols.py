"""Two-dimensional and linear codes as grids of modules, and the smallest modules a reader takes."""

from dataclasses import dataclass
from functools import lru_cache

import numpy
import zxingcpp

from printing.elements import SymbolElement
from printing.errors import SymbolDoesNotFit

# Millimetres, to two decimals: four dots of 300 dpi are 0.34, and PDF417 failed on poor scans at three.
SMALLEST_MODULE = {"qr": 0.30, "pdf417": 0.34, "code128": 0.25}
# Light modules on each side (ISO/IEC 18004 §6.3.8, 15438 §5.8.4, 15417 §4.6).
QUIET_MODULES = {"qr": 4, "pdf417": 2, "code128": 10}
_FORMATS = {"qr": zxingcpp.QRCode, "pdf417": zxingcpp.PDF417, "code128": zxingcpp.Code128}
_OPTIONS = {"qr": {"ec_level": "M"}, "pdf417": {}, "code128": {}}


@dataclass(frozen=True)
class Grid:
    """Dark modules of a code without its quiet zone: (column, row, columns wide), one row at a time."""

    columns: int
    rows: int
    dark: tuple[tuple[int, int, int], ...]


@lru_cache(maxsize=256)
def grid(symbology: str, text: str) -> Grid:
    """Return the modules of `text`, one row for a linear code; SymbolDoesNotFit when it cannot be coded."""
    try:
        barcode = zxingcpp.create_barcode(text, _FORMATS[symbology], **_OPTIONS[symbology])
        image = zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=False)
    except ValueError as fault:
        raise SymbolDoesNotFit(symbology=symbology, characters=len(text)) from fault
    modules = numpy.array(image) < 128
    if symbology == "code128":
        modules = modules[:1]
    dark: list[tuple[int, int, int]] = []
    for row, line in enumerate(modules):
        edges = numpy.flatnonzero(numpy.diff(numpy.concatenate(([0], line.astype(numpy.int8), [0]))))
        dark.extend((int(a), row, int(b - a)) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return Grid(modules.shape[1], modules.shape[0], tuple(dark))


def is_readable(symbology: str, module: float) -> bool:
    """Tell whether readers take modules of `module` mm."""
    return round(module, 2) >= SMALLEST_MODULE[symbology]


def module_size(element: SymbolElement, columns: int, dpi: int) -> float:
    """Return the module in mm for `columns` with quiet zones, a whole number of printer dots."""
    room = min(element.width, element.height) if element.symbology == "qr" else element.width
    dots = int(room * dpi / 25.4 / columns + 1e-9)
    return dots * 25.4 / dpi
