"""The thirty-seven letters of a machine readable zone as the bundled OCR-B draws them, ready to be compared.

A zone is the one text whose font, size, pitch and alphabet are fixed (ICAO Doc 9303-3 §4.3: OCR-B size 1, 2.54 mm
pitch), so each character is looked up among thirty-seven drawings instead of being recognised by a general engine.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from workstation.card_reading.model import PIXELS_PER_MM

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
PITCH_MM = 2.54
PITCH = PITCH_MM * PIXELS_PER_MM
# A cell: one pitch and a little of what stands beside it, the capitals' height and what a slope needs.
CELL_WIDTH, CELL_HEIGHT = 28, 40
BASELINE = 34
_SIZE_POINTS = 9.96
_OVER = 6
# From as sharp as a scanner gives it to as soft as a hand-held camera may.
SOFTNESS = (0.9, 1.9)


@cache
def glyphs() -> NDArray[np.float32]:
    """(len(SOFTNESS), 37, CELL_HEIGHT, CELL_WIDTH), black on white; the letter stands in the middle of its pitch and
    on BASELINE."""
    data = files("resources").joinpath("fonts", "OCRB-Regular.ttf").read_bytes()
    font = ImageFont.truetype(BytesIO(data), _SIZE_POINTS / 72 * 25.4 * PIXELS_PER_MM * _OVER)
    drawn = np.stack([_draw(font, letter) for letter in ALPHABET])
    levels = []
    for softness in SOFTNESS:
        soft = np.stack([cv2.GaussianBlur(cell, (0, 0), softness * _OVER) for cell in drawn])
        small = np.stack(
            [cv2.resize(c, (CELL_WIDTH, CELL_HEIGHT), interpolation=cv2.INTER_AREA) for c in soft]
        )
        levels.append(small)
    return np.stack(levels)


def _draw(font: ImageFont.FreeTypeFont, letter: str) -> NDArray[np.float32]:
    canvas = Image.new("L", (CELL_WIDTH * _OVER, CELL_HEIGHT * _OVER), 255)
    start = -(PITCH - CELL_WIDTH) / 2 * _OVER
    ImageDraw.Draw(canvas).text((start, BASELINE * _OVER), letter, font=font, fill=0, anchor="ls")
    return np.asarray(canvas, np.float32)


def normal(cells: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row with mean 0 and length 1; an even one stays zero."""
    centred = cells - cells.mean(axis=-1, keepdims=True)
    length = np.linalg.norm(centred, axis=-1, keepdims=True)
    return np.asarray(centred / np.maximum(length, 1e-6), np.float32)
