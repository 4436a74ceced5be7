"""Every change that can be made to a layout's elements, as a function from one layout to the next. No Qt, no state."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from printing.elements import Element, LineElement, MrzElement, TextElement
from printing.specification import CARD_HEIGHT, CARD_WIDTH, CardLayout

SIDES = ("front", "back")
# mm; a smaller element cannot be taken hold of.
LEAST = 0.5
# The place a copy is put beside its original, mm.
_BESIDE = 2.0


@dataclass(frozen=True)
class Box:
    """A rectangle in mm from the card's top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def moved(self, dx: float, dy: float) -> Box:
        """The same size elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)


def box_of(element: Element) -> Box:
    """Where an element stands."""
    return Box(element.x, element.y, element.width, element.height)


def around(elements: Iterable[Element]) -> Box:
    """The smallest box around all of them. ValueError when there is none."""
    boxes = [box_of(element) for element in elements]
    left, top = min(b.x for b in boxes), min(b.y for b in boxes)
    return Box(left, top, max(b.right for b in boxes) - left, max(b.bottom for b in boxes) - top)


def chosen(layout: CardLayout, ids: Collection[str]) -> tuple[Element, ...]:
    """The elements of these ids, in the document's order."""
    return tuple(element for element in layout.elements if element.id in ids)


def side_of(layout: CardLayout, name: str) -> str:
    """The side on which the element stands, "front" where there is none of that id."""
    return "back" if any(element.id == name for element in layout.back) else "front"


def moved(layout: CardLayout, ids: Collection[str], dx: float, dy: float) -> CardLayout:
    """All of them by the same way, which ends where the first of them would leave the card."""
    taken = chosen(layout, ids)
    if not taken:
        return layout
    whole = around(taken)
    dx = _within(dx, -whole.x, CARD_WIDTH - whole.right)
    dy = _within(dy, -whole.y, CARD_HEIGHT - whole.bottom)
    return _each(layout, ids, lambda element: _placed(element, box_of(element).moved(dx, dy)))


def resized(layout: CardLayout, name: str, box: Box) -> CardLayout:
    """One element in another box on the card; a baseline keeps its share of the height."""
    left, top = _within(box.x, 0.0, CARD_WIDTH - LEAST), _within(box.y, 0.0, CARD_HEIGHT - LEAST)

    def change(element: Element) -> Element:
        # A line may have no width or no height.
        least = 0.0 if isinstance(element, LineElement) else LEAST
        width = _within(box.right - left, least, CARD_WIDTH - left)
        height = _within(box.bottom - top, least, CARD_HEIGHT - top)
        return _placed(element, Box(left, top, width, height))

    return _each(layout, (name,), change)


def aligned(layout: CardLayout, ids: Collection[str], how: str) -> CardLayout:
    """`how`: left, centre, right, top, middle or bottom of the box around them; a single one on the card."""
    taken = chosen(layout, ids)
    if not taken:
        return layout
    whole = around(taken) if len(taken) > 1 else Box(0.0, 0.0, CARD_WIDTH, CARD_HEIGHT)

    def change(element: Element) -> Element:
        box = box_of(element)
        x = {
            "left": whole.x,
            "centre": whole.x + (whole.width - box.width) / 2,
            "right": whole.right - box.width,
        }.get(how, box.x)
        y = {
            "top": whole.y,
            "middle": whole.y + (whole.height - box.height) / 2,
            "bottom": whole.bottom - box.height,
        }.get(how, box.y)
        return _placed(element, replace(box, x=x, y=y))

    return _each(layout, ids, change)


def distributed(layout: CardLayout, ids: Collection[str], *, across: bool) -> CardLayout:
    """The same gap between each two neighbours, from left to right or from top to bottom; the outer two stay."""
    start, size = ("x", "width") if across else ("y", "height")
    taken = sorted(chosen(layout, ids), key=lambda element: float(getattr(element, start)))
    if len(taken) < 3:
        return layout
    whole = around(taken)
    room = (whole.width if across else whole.height) - sum(float(getattr(e, size)) for e in taken)
    gap, at = room / (len(taken) - 1), (whole.x if across else whole.y)
    places: dict[str, float] = {}
    for element in taken:
        places[element.id] = at
        at += float(getattr(element, size)) + gap

    def change(element: Element) -> Element:
        box = box_of(element)
        there = places[element.id]
        return _placed(element, replace(box, x=there) if across else replace(box, y=there))

    return _each(layout, ids, change)


def changed(layout: CardLayout, name: str, **values: Any) -> CardLayout:
    """One element with other values of its own; a place or size goes through `resized`."""
    if "id" in values and values["id"] != name and values["id"] in {e.id for e in layout.elements}:
        raise ValueError("the id is taken")
    (element,) = chosen(layout, (name,))
    box = {key: float(values.pop(key)) for key in ("x", "y", "width", "height") if key in values}
    made = _each(layout, (name,), lambda one: replace(one, **values))
    renamed = str(values.get("id", name))
    return resized(made, renamed, replace(box_of(element), **box)) if box else made


def removed(layout: CardLayout, ids: Collection[str]) -> CardLayout:
    """Without them."""
    return replace(
        layout,
        front=tuple(element for element in layout.front if element.id not in ids),
        back=tuple(element for element in layout.back if element.id not in ids),
    )


def added(layout: CardLayout, side: str, elements: Iterable[Element]) -> tuple[CardLayout, tuple[str, ...]]:
    """The elements above all others of `side`, each under an id that is free, inside the card; and their ids."""
    taken = {element.id for element in layout.elements}
    new: list[Element] = []
    for element in elements:
        name = free_id(element.id, taken)
        taken.add(name)
        new.append(replace(element, id=name))
    made = _with_side(layout, side, (*_side(layout, side), *new))
    ids = tuple(element.id for element in new)
    return moved(made, ids, 0.0, 0.0), ids


def copied(layout: CardLayout, side: str, elements: Iterable[Element]) -> tuple[CardLayout, tuple[str, ...]]:
    """As `added`, a little beside the originals where these are on that side too."""
    given = tuple(elements)
    there = {element.id for element in _side(layout, side)}
    made, ids = added(layout, side, given)
    beside = _BESIDE if any(element.id in there for element in given) else 0.0
    return moved(made, ids, beside, beside), ids


def free_id(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, or with the first number behind it that makes it free."""
    if wanted not in taken:
        return wanted
    stem = re.sub(r"-\d+$", "", wanted)[:54]
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def restacked(layout: CardLayout, name: str, *, up: bool) -> CardLayout:
    """One element before or behind its next neighbour in the same layer of its side."""
    side = side_of(layout, name)
    elements = list(_side(layout, side))
    (element,) = chosen(layout, (name,))
    peers = [at for at, other in enumerate(elements) if other.layer == element.layer]
    for below, above in pairwise(peers):
        if elements[below if up else above].id == name:
            elements[below], elements[above] = elements[above], elements[below]
            return _with_side(layout, side, tuple(elements))
    return layout


def _side(layout: CardLayout, side: str) -> tuple[Element, ...]:
    return layout.back if side == "back" else layout.front


def _with_side(layout: CardLayout, side: str, elements: tuple[Element, ...]) -> CardLayout:
    return replace(layout, back=elements) if side == "back" else replace(layout, front=elements)


def _each(layout: CardLayout, ids: Collection[str], change: Callable[[Element], Element]) -> CardLayout:
    def side(elements: tuple[Element, ...]) -> tuple[Element, ...]:
        return tuple(change(element) if element.id in ids else element for element in elements)

    made = replace(layout, front=side(layout.front), back=side(layout.back))
    return layout if made == layout else made


def _placed(element: Element, box: Box) -> Element:
    """The element in another box on the card, in hundredths of a millimetre, with its baseline."""
    x = _within(box.x, 0.0, CARD_WIDTH - box.width)
    y = _within(box.y, 0.0, CARD_HEIGHT - box.height)
    box = Box(*(round(value, 2) + 0.0 for value in (x, y, box.width, box.height)))
    if box == box_of(element):
        return element
    values: dict[str, Any] = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    if isinstance(element, TextElement | MrzElement):
        share = box.height / element.height if element.height else 1.0
        values["baseline"] = round(box.y + (element.baseline - element.y) * share, 3)
    return replace(element, **values)


def _within(value: float, low: float, high: float) -> float:
    return max(low, min(value, high)) if low <= high else low
