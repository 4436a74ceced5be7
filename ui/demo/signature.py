"""The invented applicant's signature: strokes as a hand makes them, and their picture as a pad gives it."""

from __future__ import annotations

from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw

Stroke = tuple[tuple[float, float], ...]
_PAD = (900, 300)  # pixels, as ui.widgets.signature_pad has it
_PEN = 5


def signature(loops: int = 5) -> tuple[Stroke, ...]:
    """A row of `loops` that grow smaller, and a line under them; points in shares of the pad from its top left."""
    written = []
    for step in range(18 * loops + 1):
        done = step / (18 * loops)
        turn = 2 * pi * loops * done
        high = 0.3 * (1 - 0.65 * done)
        written.append((0.14 + 0.6 * done + 0.045 * sin(turn), 0.56 - high * cos(turn)))
    under = [(0.2 + 0.66 * part / 12, 0.86 - 0.12 * (part / 12) ** 2) for part in range(13)]
    return tuple(written), tuple(under)


def drawn(strokes: tuple[Stroke, ...]) -> bytes:
    """The strokes as a pad's picture (PNG, grey on white), made without a window."""
    picture = Image.new("L", _PAD, 255)
    pen = ImageDraw.Draw(picture)
    for stroke in strokes:
        pen.line([(x * _PAD[0], y * _PAD[1]) for x, y in stroke], fill=22, width=_PEN, joint="curve")
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
