"""Text as HarfBuzz draws it: runs by font coverage, measured ink, the largest size that fits; never cut."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import uharfbuzz

from printing.errors import MissingGlyph, TextDoesNotFit
from printing.fonts import Font, face_fonts

# The same features as ReportLab's shaper uses, so that what is measured is what is drawn.
FEATURES = {"kern": True, "liga": True, "dlig": True}
MM_PER_POINT = 25.4 / 72
_BREAK = "\u200b"
# Sizes step by a fiftieth of a point: finer is invisible at 300 dpi and makes no two cards alike.
_SIZE_STEP = 0.02


@dataclass(frozen=True)
class Run:
    """A stretch of text in one font; `start` and `advance` in em."""

    font: str
    text: str
    start: float
    advance: float


@dataclass(frozen=True)
class Measured:
    """A shaped line. All in em: total `advance`, and the ink's box about the origin on the baseline."""

    runs: tuple[Run, ...]
    advance: float
    left: float
    right: float
    above: float
    below: float


@lru_cache(maxsize=4096)
def measure(text: str, face: str) -> Measured:
    """Shape one line of `text`; raises MissingGlyph naming the characters no font of `face` draws."""
    runs: list[Run] = []
    pen = 0.0
    left, right, above, below = 0.0, 0.0, 0.0, 0.0
    # Composed, so that a letter typed as base and mark finds its own glyph.
    for run_font, run_text in _split(unicodedata.normalize("NFC", text), face):
        scale = 1 / run_font.units_per_em
        start = pen
        buffer = uharfbuzz.Buffer()
        buffer.add_str(run_text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(run_font.harfbuzz, buffer, FEATURES)
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if info.codepoint == 0:
                raise MissingGlyph(characters=run_text[info.cluster], text=text)
            ink = run_font.harfbuzz.get_glyph_extents(info.codepoint)
            if ink is not None and ink.width and ink.height:
                x = pen + (position.x_offset + ink.x_bearing) * scale
                y = (position.y_offset + ink.y_bearing) * scale
                left, right = min(left, x), max(right, x + ink.width * scale)
                above, below = max(above, y), max(below, -(y + ink.height * scale))
            pen += position.x_advance * scale
        runs.append(Run(run_font.name, run_text, start, pen - start))
    return Measured(tuple(runs), pen, left, max(right, pen), above, below)


def cased(text: str, case: str) -> str:
    """Return `text` in the case of a layout's element: as-is or upper. Lao has none."""
    return text.upper() if case == "upper" else text


def _split(text: str, face: str) -> list[tuple[Font, str]]:
    fonts = face_fonts(face)
    chosen: list[tuple[Font, str]] = []
    missing: list[str] = []
    for cluster in _clusters(text):
        found = next((candidate for candidate in fonts if candidate.covers(cluster)), None)
        if found is None:
            missing.append(cluster)
        else:
            chosen.append((found, cluster))
    if missing:
        raise MissingGlyph(characters=" ".join(dict.fromkeys(missing)), text=text)
    runs = groupby(chosen, key=lambda pair: pair[0])
    return [(run_font, "".join(part for _, part in group)) for run_font, group in runs]


def _clusters(text: str) -> list[str]:
    """A base character with the marks upon it: they must come from one font or the marks go astray."""
    clusters: list[str] = []
    for character in text:
        if clusters and unicodedata.category(character) in ("Mn", "Me"):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def fit(
    text: str, face: str, *, width: float, above: float, below: float, largest: float, smallest: float
) -> tuple[Measured, float]:
    """Return the shaped line and the largest size in points at which its ink stays inside the room given.

    `width`, `above` and `below` the baseline in mm, sizes in points. Raises TextDoesNotFit, MissingGlyph.
    """
    line = measure(text, face)
    limits = [largest]
    for needed, room in ((line.right - line.left, width), (line.above, above), (line.below, below)):
        if needed > 0:
            limits.append(room / (needed * MM_PER_POINT))
    size = min(limits)
    if size < largest:
        size = int(size / _SIZE_STEP) * _SIZE_STEP
    if size < smallest:
        raise TextDoesNotFit(text=text, points=round(size, 2), smallest=smallest)
    return line, round(size, 2)


def wrap(text: str, face: str, *, width: float, size: float) -> tuple[str, ...]:
    """Break `text` into lines at most `width` mm wide at `size` points.

    Lines break at line feeds, spaces and U+200B, which is then dropped. Raises TextDoesNotFit for a stretch
    without a break that is too wide.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        current = ""
        for piece in _pieces(paragraph):
            longer = current + piece
            if current and _width(longer.rstrip(), face, size) > width:
                lines.append(current.rstrip())
                longer = piece
            if _width(longer.rstrip(), face, size) > width:
                raise TextDoesNotFit(text=piece, points=size, smallest=size)
            current = longer
        lines.append(current.rstrip())
    return tuple(lines)


def _width(text: str, face: str, size: float) -> float:
    line = measure(text, face)
    return (line.right - line.left) * size * MM_PER_POINT


def _pieces(paragraph: str) -> list[str]:
    pieces: list[str] = []
    for stretch in paragraph.split(_BREAK):
        words = stretch.split(" ")
        pieces.extend(word + " " for word in words[:-1])
        pieces.append(words[-1])
    return [piece for piece in pieces if piece]
