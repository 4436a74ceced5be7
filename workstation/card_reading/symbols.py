"""The codes on a card: QR, PDF417 and Code 128, read by zxing-cpp, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from workstation.card_reading.model import Picture, Place

SYMBOLOGIES = {
    zxingcpp.BarcodeFormat.QRCode: "qr",
    zxingcpp.BarcodeFormat.PDF417: "pdf417",
    zxingcpp.BarcodeFormat.Code128: "code128",
}
# As a text: an object of the library that outlives the program is complained of at its end.
_FORMATS = "QRCode,PDF417,Code128"
_MARGIN_MM = 1.5


@dataclass(frozen=True)
class Symbol:
    """One code. `middle`: in pixels of the picture that was read."""

    symbology: str
    text: str
    middle: tuple[float, float]


def read_symbols(picture: Picture) -> tuple[Symbol, ...]:
    """Every code of the known kinds in `picture` (BGR or grey), in no promised order."""
    found = []
    for read in zxingcpp.read_barcodes(picture, formats=zxingcpp.barcode_formats_from_str(_FORMATS)):
        place = read.position
        across = (place.top_left.x + place.top_right.x + place.bottom_left.x + place.bottom_right.x) / 4
        down = (place.top_left.y + place.top_right.y + place.bottom_left.y + place.bottom_right.y) / 4
        found.append(Symbol(SYMBOLOGIES[read.format], read.text, (across, down)))
    return tuple(found)


def read_at(card: Picture, places: Iterable[Place]) -> dict[str, Symbol]:
    """The code at each place of the straightened card (BGR), by the place's name; what cannot be read is absent.

    First as it is, then twice as large, then sharpened: a small module that a camera softened is lost between pixels.
    """
    found: dict[str, Symbol] = {}
    for place in places:
        left, top, right, bottom = place.box(_MARGIN_MM)
        part = np.asarray(cv2.cvtColor(card[top:bottom, left:right], cv2.COLOR_BGR2GRAY), np.uint8)
        for attempt in _attempts(part):
            read = read_symbols(attempt)
            if read:
                found[place.name] = Symbol(
                    read[0].symbology, read[0].text, ((left + right) / 2, (top + bottom) / 2)
                )
                break
    return found


def _attempts(part: Picture) -> Iterable[Picture]:
    yield part
    large = cv2.resize(part, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    yield np.asarray(large, np.uint8)
    soft = cv2.GaussianBlur(large, (0, 0), 4)
    yield np.asarray(cv2.addWeighted(large, 2.2, soft, -1.2, 0), np.uint8)
    level = cv2.GaussianBlur(large, (0, 0), 25).astype(np.float32)
    yield np.clip(large.astype(np.float32) / np.maximum(level, 1) * 140, 0, 255).astype(np.uint8)
