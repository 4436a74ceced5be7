"""What became of each element between two versions of a layout: new, gone, moved, another size, changed. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from printing.elements import Element
from printing.specification import CardLayout
from ui.designer.edits import SIDES, Box, box_of, chosen, side_of

_BOX = ("x", "y", "width", "height")


@dataclass(frozen=True)
class Difference:
    """`kind`: new, gone, moved, resized, changed, restacked, side, or of the layout itself layers, art, dpi or day
    (`element` is empty).

    `before` is where it stood on its side, None for what is new; `dx`, `dy` how far it went and `width`, `height` how
    much it grew, mm; `keys` names what else differs.
    """

    kind: str
    element: str = ""
    before: Box | None = None
    dx: float = 0.0
    dy: float = 0.0
    width: float = 0.0
    height: float = 0.0
    keys: tuple[str, ...] = ()


def differences(base: CardLayout, now: CardLayout) -> tuple[Difference, ...]:
    """Everything that `now` shows otherwise than `base`, the layout's own first, then element by element."""
    found = [
        Difference(kind)
        for kind, one, other in (
            ("layers", base.layers, now.layers),
            ("art", base.art, now.art),
            ("dpi", base.dpi, now.dpi),
            ("day", base.valid_from, now.valid_from),
        )
        if one != other
    ]
    old = {element.id: element for element in base.elements}
    new = {element.id: element for element in now.elements}
    for element in now.elements:
        if element.id not in old:
            found.append(Difference("new", element.id))
        else:
            found += _between(base, now, old[element.id], element)
    found += [Difference("gone", name, box_of(element)) for name, element in old.items() if name not in new]
    return tuple(found + _restacked(base, now))


def stood(base: CardLayout, found: tuple[Difference, ...], side: str) -> tuple[tuple[str, Box], ...]:
    """Where on that side of `base` stood what is not there any more, by element."""
    places = [
        (one.element, one.before)
        for one in found
        if one.before is not None
        and (one.kind in ("gone", "moved", "resized", "side"))
        and side_of(base, one.element) == side
    ]
    return tuple(places)


def _between(base: CardLayout, now: CardLayout, old: Element, new: Element) -> list[Difference]:
    if type(old) is not type(new):
        return [Difference("changed", new.id, keys=("kind",))]
    before, after = box_of(old), box_of(new)
    if side_of(base, old.id) != side_of(now, new.id):
        return [Difference("side", new.id, before)]
    found = []
    way = (round(after.x - before.x, 2), round(after.y - before.y, 2))
    grown = (round(after.width - before.width, 2), round(after.height - before.height, 2))
    if any(grown):
        found.append(Difference("resized", new.id, before, *way, *grown))
    elif any(way):
        found.append(Difference("moved", new.id, before, *way))
    # A baseline that went along with its box is no change of its own.
    placed = replace(old, **{key: getattr(new, key) for key in _BOX})
    keys = tuple(
        field.name
        for field in fields(new)
        if getattr(placed, field.name) != getattr(new, field.name)
        and not (field.name == "baseline" and (any(way) or any(grown)))
    )
    if keys:
        found.append(Difference("changed", new.id, keys=keys))
    return found


def _restacked(base: CardLayout, now: CardLayout) -> list[Difference]:
    """Sides whose elements that both have lie in another order."""
    found = []
    for side in SIDES:
        old = [element.id for element in (base.back if side == "back" else base.front)]
        new = [element.id for element in (now.back if side == "back" else now.front)]
        both = set(old) & set(new)
        order = [name for name in old if name in both]
        for one, other in zip(order, [name for name in new if name in both], strict=True):
            if one != other:
                found.append(Difference("restacked", other))
                break
    return [one for one in found if chosen(now, (one.element,))]
