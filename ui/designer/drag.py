"""One drag from press to release: what the layout is at each point on the way, and the lines that are rested on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from printing.specification import CardLayout
from ui.designer import edits
from ui.designer.edits import Box, around, box_of, chosen
from ui.designer.snap import Line, Rest, rest

HANDLES = ("nw", "n", "ne", "e", "se", "s", "sw", "w")


@dataclass(frozen=True)
class Drag:
    """Of the elements `ids` in `layout`: by one of the eight handles of a single one, or all moved with no handle.

    `still` are the boxes of the others on that side, on which it may rest.
    """

    layout: CardLayout
    ids: tuple[str, ...]
    handle: str
    still: tuple[Box, ...]

    @property
    def start(self) -> Box:
        """The box that was taken hold of."""
        return around(chosen(self.layout, self.ids))

    def to(self, dx: float, dy: float, *, reach: float) -> tuple[CardLayout, tuple[Line, ...]]:
        """The layout after a way of (dx, dy) mm; lines within `reach` mm hold it, 0 lets it go freely."""
        if not self.handle:
            found = self._rest(self.start.moved(dx, dy), reach, (), ())
            return edits.moved(self.layout, self.ids, dx + found.dx, dy + found.dy), found.lines
        wide = {"w": ("left",), "e": ("right",)}.get(self.handle[-1], ())
        high = {"n": ("top",), "s": ("bottom",)}.get(self.handle[0], ())
        found = self._rest(self._pulled(dx, dy), reach, wide, high)
        lines = tuple(line for line in found.lines if (wide if line.upright else high))
        box = self._pulled(dx + found.dx, dy + found.dy)
        return edits.resized(self.layout, self.ids[0], box), lines

    def _rest(self, box: Box, reach: float, wide: tuple[str, ...], high: tuple[str, ...]) -> Rest:
        if not reach:
            return Rest(0.0, 0.0, ())
        return rest(box, self.still, reach=reach, edges_x=wide, edges_y=high)

    def _pulled(self, dx: float, dy: float) -> Box:
        """The start box with the handle's edges moved; an edge never passes the opposite one."""
        box = self.start
        left, top, right, bottom = box.x, box.y, box.right, box.bottom
        if "w" in self.handle:
            left = min(left + dx, right - edits.LEAST)
        if "e" in self.handle:
            right = max(right + dx, left + edits.LEAST)
        if "n" in self.handle:
            top = min(top + dy, bottom - edits.LEAST)
        if "s" in self.handle:
            bottom = max(bottom + dy, top + edits.LEAST)
        return replace(box, x=left, y=top, width=right - left, height=bottom - top)


def begin(layout: CardLayout, ids: Collection[str], handle: str, side: str, hidden: Collection[str]) -> Drag:
    """A drag of `ids` on `side`, which rests on everything else there that is seen."""
    elements = layout.back if side == "back" else layout.front
    still = tuple(box_of(e) for e in elements if e.id not in ids and e.layer not in hidden)
    return Drag(layout, tuple(ids), handle, still)
