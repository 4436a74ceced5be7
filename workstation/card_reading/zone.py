"""The machine readable zone of a straightened card, read letter by letter against the drawings of OCR-B.

Ours and not a general engine: the letters' font, size and pitch are fixed by ICAO Doc 9303-3, and Debian has no OCR-B
model for Tesseract. Measured (tests/benchmarks/bench_zone.py, 60 simulated scans and photographs, 180 lines): the
drawings read 180 lines whole, Tesseract 5.3 with its English model 84, in five to seven times the processor time.

What the format says of a place decides between look-alikes: a date has no letters, a name no digits
(Doc 9303-5 §4.2). Check digits are not used to guess: they are what tells a wrong reading from a wrong card.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from workstation.card_reading.bands import Plane, grey
from workstation.card_reading.glyphs import (
    ALPHABET,
    BASELINE,
    CELL_HEIGHT,
    CELL_WIDTH,
    PITCH,
    glyphs,
    normal,
)
from workstation.card_reading.model import HEIGHT, PIXELS_PER_MM, WIDTH, Picture

LINES, LETTERS = 3, 30
# A letter whose best and second best drawing are nearer than this is one that nobody read.
SURE = 0.06
_LOOKS_LIKE_TEXT = 0.45
_REACH = 9
_WANDER = 2
_DIGITS, _CAPITALS = "0123456789<", "ABCDEFGHIJKLMNOPQRSTUVWXYZ<"


@dataclass(frozen=True)
class ZoneReading:
    """`lines`: three of thirty characters. `sure`: for each, by how much its drawing was nearer than the next one
    (0 to 1); `fit` how alike letters and drawings are over all (0 to 1)."""

    lines: tuple[str, str, str]
    sure: tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]
    fit: float

    @property
    def legible(self) -> bool:
        """Whether this is print in OCR-B at all, and not a single letter was a toss-up."""
        return self.fit > _LOOKS_LIKE_TEXT and min(min(line) for line in self.sure) > SURE


def read_zone(card: Picture, left_mm: float, baselines_mm: tuple[float, float, float]) -> ZoneReading:
    """The three lines whose first letters begin at `left_mm`; `card` as `straighten` gives it (BGR)."""
    light = grey(card)
    light = np.asarray(light - cv2.blur(light, (61, 61)), np.float32)
    lines, sure, fits = [], [], []
    for number, baseline in enumerate(baselines_mm):
        text, margins, fit = _read_line(light, number, left_mm * PIXELS_PER_MM, baseline * PIXELS_PER_MM)
        lines.append(text)
        sure.append(margins)
        fits.append(fit)
    return ZoneReading((lines[0], lines[1], lines[2]), (sure[0], sure[1], sure[2]), float(np.mean(fits)))


def _read_line(
    light: Plane, number: int, left: float, baseline: float
) -> tuple[str, tuple[float, ...], float]:
    """The line is placed as a whole, then each letter may wander a little: paper bends, lenses too."""
    level, across, down = _placed(light, number, left, baseline)
    steps = range(-_WANDER, _WANDER + 1)
    moves = [(left + across + dx, baseline + down + dy) for dy in steps for dx in steps]
    best = _alike(_cells(light, moves), glyphs()[level]).max(axis=0)
    scores = np.where(_allowed(number), best, -1.0)
    order = np.argsort(-scores, axis=1)
    rows = np.arange(LETTERS)
    top, second = scores[rows, order[:, 0]], scores[rows, order[:, 1]]
    text = "".join(ALPHABET[index] for index in order[:, 0])
    return text, tuple(float(value) for value in np.maximum(top - second, 0)), float(top.mean())


def _placed(light: Plane, number: int, left: float, baseline: float) -> tuple[int, int, int]:
    """Which softness fits the picture, and by how many pixels the line stands off its place."""
    steps = [(dx, dy) for dy in range(-_REACH, _REACH + 1, 3) for dx in range(-_REACH, _REACH + 1, 3)]
    cells = _cells(light, [(left + dx, baseline + dy) for dx, dy in steps])[..., ::2, ::2]
    fits = []
    for level in glyphs():
        alike = _alike(cells, level[..., ::2, ::2])
        fits.append(np.where(_allowed(number), alike, -1.0).max(axis=2).mean(axis=1))
    level, step = np.unravel_index(int(np.argmax(fits)), (len(fits), len(steps)))
    return int(level), *steps[int(step)]


def _alike(cells: NDArray[np.float32], drawings: NDArray[np.float32]) -> NDArray[np.float32]:
    """Correlation of each cell with each drawing: (moves, 30, 37) from (moves, 30, h, w) and (37, h, w)."""
    flat, known = cells.reshape(-1, drawings[0].size), drawings.reshape(len(drawings), -1)
    # Not the matrix product of numpy: its threads wait for one another longer than so small a product takes.
    product = cv2.gemm(normal(flat), normal(known), 1.0, np.empty(0), 0.0, flags=cv2.GEMM_2_T)
    return np.asarray(product, np.float32).reshape(*cells.shape[:2], len(known))


def _cells(light: Plane, moves: list[tuple[float, float]]) -> NDArray[np.float32]:
    """(moves, 30, CELL_HEIGHT, CELL_WIDTH): the line cut at its pitch, for each place where it may begin."""
    starts = np.array(moves)
    tops = np.round(starts[:, 1]).astype(int) - BASELINE
    lefts = np.round(starts[:, :1] + np.arange(LETTERS) * PITCH + (PITCH - CELL_WIDTH) / 2).astype(int)
    rows = np.clip(tops[:, None] + np.arange(CELL_HEIGHT), 0, HEIGHT - 1)
    columns = np.clip(lefts[:, :, None] + np.arange(CELL_WIDTH), 0, WIDTH - 1)
    return np.asarray(light[rows[:, None, :, None], columns[:, :, None, :]], np.float32)


@cache
def _allowed(number: int) -> NDArray[np.bool_]:
    """(30, 37): which characters the format of a TD1 allows where (Doc 9303-5 §4.2)."""
    places = [ALPHABET] * LETTERS
    if number == 0:
        places[0:5] = [_CAPITALS] * 5
        places[14] = _DIGITS
    elif number == 1:
        places[0:7] = [_DIGITS] * 7
        places[7] = "MFX<"
        places[8:15] = [_DIGITS] * 7
        places[15:18] = [_CAPITALS] * 3
        places[29] = _DIGITS
    else:
        places = [_CAPITALS] * LETTERS
    return np.array([[letter in place for letter in ALPHABET] for place in places])
