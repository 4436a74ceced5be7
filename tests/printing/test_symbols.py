"""The codes on both shipped cards read back from pictures: clean, blurred, turned, noisy, small."""

from functools import cache

import cv2
import numpy as np
import pytest
import zxingcpp
from numpy.typing import NDArray

from printing.preview import rasterise
from printing.render import render_card
from printing.specification import built_in_layout
from tests.printing.sample_card import card, code

Picture = NDArray[np.uint8]
WANTED = {
    "national-id-1": {zxingcpp.QRCode: code(), zxingcpp.Code128: "A12345678"},
    "national-id-phetsarath": {zxingcpp.QRCode: code(), zxingcpp.PDF417: "A12345678"},
}


@cache
def back(layout: str, dpi: int) -> Picture:
    return rasterise(render_card(built_in_layout(layout), card(), preview=True), 1, dpi)


def read(picture: Picture) -> dict[object, str]:
    return {barcode.format: barcode.text for barcode in zxingcpp.read_barcodes(picture)}


def blurred(picture: Picture, dpi: int) -> Picture:
    """As a scanner that is a tenth of a millimetre out of focus."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.1 / 25.4 * dpi), np.uint8)


def turned(picture: Picture, degrees: float) -> Picture:
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    turn[:, 2] += (width * 0.2, width * 0.4)
    size = (int(width * 1.4), int(height + width * 0.8))
    return np.asarray(cv2.warpAffine(picture, turn, size, borderValue=(200, 200, 200)), np.uint8)


def noisy(picture: Picture, deviation: float) -> Picture:
    noise = np.random.default_rng(20261122).normal(0, deviation, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("layout", WANTED)
@pytest.mark.parametrize("dpi", [200, 300])
@pytest.mark.parametrize(
    "spoil", ["clean", "blur", "noise", "7 degrees", "-5 degrees", "90 degrees", "all", "dark"]
)
def test_every_code_reads_back(layout: str, dpi: int, spoil: str) -> None:
    picture = back(layout, dpi)
    match spoil:
        case "blur":
            picture = blurred(picture, dpi)
        case "noise":
            picture = noisy(picture, 30)
        case "all":
            picture = noisy(turned(blurred(picture, dpi), 4), 15)
        case "dark":
            picture = (picture * 0.35).astype(np.uint8)
        case "clean":
            pass
        case _:
            picture = turned(picture, float(spoil.split()[0]))
    assert read(picture) == WANTED[layout]
