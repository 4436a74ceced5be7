"""Lao on paper against HarfBuzz's own outlines: no drop of ink elsewhere, none missing."""

import csv
import re
from collections.abc import Callable
from importlib.resources import files

import cv2
import numpy as np
import pytest
import uharfbuzz
from numpy.typing import NDArray

from printing.elements import TextElement
from printing.fonts import font
from printing.layout import place_text
from printing.placed import Page, PlacedItem
from printing.preview import rasterise
from printing.render import render_pages

DATA = files("resources").joinpath("data")
DPI, SIZE, PITCH, WIDTH = 600, 10.0, 9.0, 110.0
TOLERANCE = 3
# Tone upon vowel upon consonant, below and above at once: where marks follow each other.
HARD = ["ຫຼິ້ນ", "ປີ້", "ຊື່ນ້ຳ", "ຜູ້ຍິ່ງໃຫຍ່", "ຫຼູ້ຢູ່ຄູ່", "ກຶ່ງກຸ້ງ", "ເພິ່ນຄົ້ນຄົ້ວ", "ໜຶ້ມໝື່ນຫຍິ້ມ"]


def names() -> list[str]:
    """Every division and ethnic name of the country that the product knows."""
    found: dict[str, None] = dict.fromkeys(HARD)
    for file in ("divisions.csv", "ethnic_groups.csv"):
        rows = csv.DictReader(DATA.joinpath(file).read_text(encoding="utf-8").splitlines())
        found |= dict.fromkeys(row["name_lo"] for row in rows if row["name_lo"])
    return list(found)


def printed(texts: list[str], face: str) -> tuple[NDArray[np.bool_], list[tuple[float, float]]]:
    items: list[PlacedItem] = []
    origins: list[tuple[float, float]] = []
    for number, text in enumerate(texts):
        baseline = PITCH * (number + 1) - 3
        element = TextElement(
            id="line",
            x=5,
            y=PITCH * number,
            width=WIDTH - 10,
            height=PITCH,
            baseline=baseline,
            size=SIZE,
            smallest=SIZE,
            face=face,
        )
        placed = place_text(element, text)
        origins.append((placed[0].x, baseline))  # type: ignore[union-attr]  # a placed text
        items.extend(placed)
    pdf = render_pages((Page(WIDTH, PITCH * len(texts), tuple(items)),))
    return rasterise(pdf, 0, DPI)[:, :, 0] < 128, origins


def outlined(
    texts: list[str], name: str, origins: list[tuple[float, float]], shape: tuple[int, ...]
) -> NDArray[np.bool_]:
    """The same lines from HarfBuzz's shaping and glyph outlines, without any of our drawing code."""
    bundled = font(name)
    scale = SIZE / 72 * DPI / bundled.units_per_em
    ink = np.zeros(shape, np.uint8)
    for text, (x, baseline) in zip(texts, origins, strict=True):
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(bundled.harfbuzz, buffer, {})
        pen_x, pen_y = x / 25.4 * DPI, baseline / 25.4 * DPI
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            origin = (pen_x + position.x_offset * scale, pen_y - position.y_offset * scale)
            fill_glyph(ink, bundled.harfbuzz, info.codepoint, origin, scale)
            pen_x += position.x_advance * scale
    return ink > 0


def bundled_reach(hb_font: uharfbuzz.Font) -> int:
    """No glyph of these fonts reaches farther from its origin, in font units."""
    return 2 * int(hb_font.face.upem)


def _area(points: NDArray[np.float64]) -> float:
    x, y = points[:, 0], points[:, 1]
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))


def fill_glyph(
    ink: NDArray[np.uint8], hb_font: uharfbuzz.Font, glyph: int, at: tuple[float, float], scale: float
) -> None:
    contours: list[list[tuple[float, float]]] = []

    def bezier(function: Callable[[float], tuple[float, float]]) -> None:
        contours[-1].extend(function(step / 12) for step in range(1, 13))

    def quadratic(cx: float, cy: float, x: float, y: float, _: object) -> None:
        a, b = contours[-1][-1]
        bezier(
            lambda t: (
                (1 - t) ** 2 * a + 2 * t * (1 - t) * cx + t * t * x,
                (1 - t) ** 2 * b + 2 * t * (1 - t) * cy + t * t * y,
            )
        )

    functions = uharfbuzz.DrawFuncs()
    functions.set_move_to_func(lambda x, y, _: contours.append([(x, y)]))
    functions.set_line_to_func(lambda x, y, _: contours[-1].append((x, y)))
    functions.set_quadratic_to_func(quadratic)
    functions.set_close_path_func(lambda _: None)
    hb_font.draw_glyph(glyph, functions, None)
    if not contours:
        return
    reach = round(bundled_reach(hb_font) * scale)
    left, top = round(at[0]) - reach, round(at[1]) - reach
    window = ink[max(0, top) : top + 2 * reach, max(0, left) : left + 2 * reach]
    at = (at[0] - max(0, left), at[1] - max(0, top))
    # Non-zero winding (TrueType): how often the contours run around a pixel, the other way round taken off.
    winding = np.zeros(window.shape, np.int16)
    for contour in contours:
        points = np.array(contour)
        pixels = np.column_stack((at[0] + points[:, 0] * scale, at[1] - points[:, 1] * scale))
        inside = np.zeros_like(window)
        cv2.fillPoly(inside, [np.round(pixels * 16).astype(np.int32)], 1, cv2.LINE_8, 4)
        winding += inside * np.int16(np.sign(_area(points)))
    window[winding != 0] = 255


def stray_and_missing(texts: list[str], face: str, name: str) -> tuple[int, int, int]:
    """Pixels of ink, of these farther than TOLERANCE from the outlines, and of the outlines farther from ink."""
    ink, origins = printed(texts, face)
    reference = outlined(texts, name, origins, ink.shape)
    around = np.ones((2 * TOLERANCE + 1, 2 * TOLERANCE + 1), np.uint8)
    stray = ink & (cv2.dilate(reference.astype(np.uint8), around) == 0)
    missing = reference & (cv2.dilate(ink.astype(np.uint8), around) == 0)
    return int(ink.sum()), int(stray.sum()), int(missing.sum())


FACES = [
    ("sans", "NotoSansLao-Regular"),
    ("sans-bold", "NotoSansLao-SemiBold"),
    ("phetsarath", "Phetsarath_OT"),
]
SHEET = 40


def compared(texts: list[str], face: str, name: str) -> None:
    ink, stray, missing = stray_and_missing(texts, face, name)
    assert ink > 200 * len(texts)
    assert (stray, missing) == (0, 0), texts


@pytest.mark.parametrize(("face", "name"), FACES)
def test_printed_lao_is_harfbuzz_lao(face: str, name: str) -> None:
    """The hard ones, and of all names those that bring marks upon marks which no other name has brought."""
    every = names()
    assert len(every) > 200
    stacks = {text: set(_stacks(text)) for text in every}
    chosen, seen = list(HARD), set[str]().union(*(stacks[text] for text in HARD))
    for text in sorted(every, key=lambda text: -len(stacks[text])):
        if stacks[text] - seen and len(chosen) < SHEET:
            chosen.append(text)
            seen |= stacks[text]
    compared(chosen, face, name)


def _stacks(text: str) -> list[str]:
    """Two or more marks that stand on one letter, with what they stand on."""
    return re.findall(r"[\u0e80-\u0eae\u0edc-\u0edf][\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd]{2,}", text)


@pytest.mark.campaign
@pytest.mark.parametrize(("face", "name"), FACES)
def test_every_name_of_the_country_is_printed_as_harfbuzz_has_it(face: str, name: str) -> None:
    every = names()
    for first in range(0, len(every), SHEET):
        compared(every[first : first + SHEET], face, name)
