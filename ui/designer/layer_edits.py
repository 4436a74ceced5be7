"""Every change that can be made to a layout's layers, as a function from one layout to the next. No Qt, no state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from printing.elements import Element, Layer
from printing.specification import CardLayout
from ui.designer.edits import free_id

# resources/layouts/schema.json.
MOST_LAYERS = 30


def layer_restacked(layout: CardLayout, name: str, *, up: bool) -> CardLayout:
    """One layer above or below its next neighbour."""
    layers = list(layout.layers)
    at = _place(layout, name)
    to = at + (1 if up else -1)
    if not 0 <= to < len(layers):
        return layout
    layers[at], layers[to] = layers[to], layers[at]
    return replace(layout, layers=tuple(layers))


def layer_added(layout: CardLayout, above: str | None) -> tuple[CardLayout, str]:
    """A new printed layer just above that one, or above all; and its name. As it was when there are `MOST_LAYERS`."""
    names = [layer.name for layer in layout.layers]
    if len(names) >= MOST_LAYERS:
        return layout, names[-1]
    name = free_id("layer", names)
    at = _place(layout, above) + 1 if above is not None else len(names)
    layers = (*layout.layers[:at], Layer(name=name), *layout.layers[at:])
    return replace(layout, layers=layers), name


def layer_changed(
    layout: CardLayout, name: str, *, new_name: str | None = None, printed: bool | None = None
) -> CardLayout:
    """One layer under another name, with all its elements, or (not) brought by the blank. ValueError: a name taken."""
    wanted = name if new_name is None else new_name
    if wanted != name and wanted in {layer.name for layer in layout.layers}:
        raise ValueError("the name is taken")
    at = _place(layout, name)
    held = layout.layers[at]
    made = replace(held, name=wanted, printed=held.printed if printed is None else printed)
    layers = (*layout.layers[:at], made, *layout.layers[at + 1 :])
    return _elements(
        replace(layout, layers=layers), lambda one: replace(one, layer=wanted) if one.layer == name else one
    )


def layer_removed(layout: CardLayout, name: str) -> CardLayout:
    """Without an empty layer; as it was when elements lie in it, or when it is the last one."""
    if not removable(layout, name):
        return layout
    return replace(layout, layers=tuple(layer for layer in layout.layers if layer.name != name))


def removable(layout: CardLayout, name: str) -> bool:
    """Whether nothing is lost with that layer."""
    return len(layout.layers) > 1 and all(element.layer != name for element in layout.elements)


def _place(layout: CardLayout, name: str) -> int:
    return next(number for number, layer in enumerate(layout.layers) if layer.name == name)


def _elements(layout: CardLayout, change: Callable[[Element], Element]) -> CardLayout:
    return replace(
        layout,
        front=tuple(change(element) for element in layout.front),
        back=tuple(change(element) for element in layout.back),
    )
