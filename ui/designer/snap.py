"""Where a dragged box comes to rest: on edges and centres of other elements, of the card, on guides, on the grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from printing.specification import CARD_HEIGHT, CARD_WIDTH
from ui.designer.edits import Box

# ISO/IEC 7810 lets the edge of a print wander; what must not be cut keeps this distance, mm.
MARGIN = 3.0
GRID = 0.5
_CARD = Box(0.0, 0.0, CARD_WIDTH, CARD_HEIGHT)
_GUIDES = Box(MARGIN, MARGIN, CARD_WIDTH - 2 * MARGIN, CARD_HEIGHT - 2 * MARGIN)


@dataclass(frozen=True)
class Line:
    """A line that something rests on: `upright` at x = `at`, else level at y = `at`; mm."""

    upright: bool
    at: float


@dataclass(frozen=True)
class Rest:
    """How far the box goes on, and the lines it then rests on; none where only the grid holds it."""

    dx: float
    dy: float
    lines: tuple[Line, ...]


def rest(
    box: Box, others: Iterable[Box], *, reach: float, edges_x: Sequence[str] = (), edges_y: Sequence[str] = ()
) -> Rest:
    """Lets `box` rest on the nearest line within `reach` mm, else on the grid.

    `edges_x` names which of left, centre, right may rest, `edges_y` which of top, middle, bottom; empty: all, as
    for a box that moves as a whole. A line wins over the grid, the nearer line over the farther.
    """
    boxes = (*others, _CARD, _GUIDES)
    xs = {at for b in boxes for at in (b.x, b.x + b.width / 2, b.right)}
    ys = {at for b in boxes for at in (b.y, b.y + b.height / 2, b.bottom)}
    own_x = {"left": box.x, "centre": box.x + box.width / 2, "right": box.right}
    own_y = {"top": box.y, "middle": box.y + box.height / 2, "bottom": box.bottom}
    dx, at_x = _nearest([own_x[name] for name in edges_x or own_x], xs, reach)
    dy, at_y = _nearest([own_y[name] for name in edges_y or own_y], ys, reach)
    lines = [Line(True, at) for at in at_x] + [Line(False, at) for at in at_y]
    return Rest(dx, dy, tuple(lines))


def _nearest(own: list[float], lines: set[float], reach: float) -> tuple[float, list[float]]:
    """How far to go, and every line that one of `own` then lies on."""
    ways = [line - edge for edge in own for line in lines if abs(line - edge) <= reach]
    if not ways:
        return round(own[0] / GRID) * GRID - own[0], []
    way = min(ways, key=abs)
    return way, sorted({line for edge in own for line in lines if abs(edge + way - line) < 1e-6})
