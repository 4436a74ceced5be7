"""The designer while something is dragged: each step from the mouse's event to the painted canvas, and what it needs
before the first. Goal: 16 ms for 95 of 100 steps after the first.

Run: .venv/bin/python -m tests.benchmarks.bench_designer
"""

from __future__ import annotations

import os
import statistics
import time
from math import cos, sin

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from printing.specification import built_in_layout
from ui.designer.canvas import Canvas
from ui.designer.people import PEOPLE
from ui.designer.picture import draw, lift
from ui.theme import apply_theme

STEPS = 300
WINDOWS = (("1366 x 768", (740, 380), False), ("1920 x 1080, both sides", (1380, 700), True))
TAKEN = (
    ("a name", ("name-lo",), ""),
    ("ten at once", (), ""),
    ("a corner of the portrait", ("portrait",), "se"),
)


def timed(canvas: Canvas, ids: tuple[str, ...], handle: str) -> tuple[list[float], list[float]]:
    """Milliseconds of every step of one drag in a circle: by the clock, and of this thread alone."""
    layout = canvas.layout_shown
    assert layout is not None
    canvas.select(ids)
    content = PEOPLE[0].content()
    canvas.show_pictures(draw(layout, content, dpi=canvas.dpi, sides=canvas.sides).pictures)
    canvas.show_apart(ids, *lift(layout, content, ids, canvas.side, canvas.dpi))
    canvas.hand.take(handle)
    clock: list[float] = []
    own: list[float] = []
    for step in range(STEPS):
        begun, busy = time.perf_counter(), time.thread_time()
        canvas.hand.drag_to(6 * sin(step / 20), 4 * cos(step / 13))
        canvas.viewport().repaint()
        clock.append(1000 * (time.perf_counter() - begun))
        own.append(1000 * (time.thread_time() - busy))
    canvas.hand.cancel()
    return clock, own


def main() -> None:
    """Prints one line for each window and drag."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    apply_theme(application)
    layout = built_in_layout("national-id-1")
    print(f"{'window':26}{'dragged':28}{'first':>8}{'median':>8}{'p95':>8}{'worst':>8}{'p95 own':>9}  ms")
    for window, size, both in WINDOWS:
        canvas = Canvas()
        canvas.resize(*size)
        canvas.editable = True
        canvas.locked = frozenset(layer.name for layer in layout.layers if not layer.printed)
        canvas.set_wide(both)
        canvas.show()
        # Nothing is painted before the window is on the screen.
        deadline = time.monotonic() + 5
        while canvas.windowHandle() is None or not canvas.windowHandle().isExposed():
            application.processEvents()
            assert time.monotonic() < deadline
        canvas.show_layout(layout)
        canvas.fit()
        ten = tuple(element.id for element in canvas.touchable())[:10]
        for dragged, ids, handle in TAKEN:
            steps, own = timed(canvas, ids or ten, handle)
            rest = steps[1:]
            p95 = statistics.quantiles(rest, n=20)[-1]
            figures = (
                steps[0],
                statistics.median(rest),
                p95,
                max(rest),
                statistics.quantiles(own[1:], n=20)[-1],
            )
            print(f"{window:26}{dragged:28}" + "".join(f"{figure:8.1f}" for figure in figures))
        canvas.close()
    times = []
    for _turn in range(5):
        begun = time.perf_counter()
        draw(layout, PEOPLE[0].content(), dpi=250, sides=("front",))
        times.append(1000 * (time.perf_counter() - begun))
    print(
        f"the page rendered again after a drag, in its lane: {statistics.median(times):.0f} ms (median of 5)"
    )


if __name__ == "__main__":
    main()
