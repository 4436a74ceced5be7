"""What can be set on each kind of element, within which limits, and how it is typed; no Qt.

Limits are those of resources/layouts/schema.json, so that what is taken here can always be kept and opened again.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from printing.content import PICTURE_FIELDS, TEXT_FIELDS
from printing.elements import (
    Condition,
    Element,
    EllipseElement,
    PictureElement,
    RectangleElement,
    SymbolElement,
)
from printing.fonts import FACES
from printing.specification import CardLayout
from printing.symbols import SMALLEST_MODULE
from workstation.lao.dates import DateNotUnderstood, parse_date

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


class BadValue(ValueError):
    """What was typed cannot be taken; `code`: number, range, colour, name, taken, layer-taken, long, day; `low` and
    `high` for range."""

    def __init__(self, code: str, low: float = 0.0, high: float = 0.0) -> None:
        super().__init__(code)
        self.code = code
        self.low = low
        self.high = high


@dataclass(frozen=True)
class Property:
    """One thing that can be set. `kind`: number, whole, text, colour, name, choice or when; `unit` mm, pt or none."""

    key: str
    kind: str
    low: float = 0.0
    high: float = 0.0
    unit: str = ""
    empty: bool = False


def _mm(key: str, low: float, high: float) -> Property:
    return Property(key, "number", low, high, "mm")


def _points(key: str) -> Property:
    return Property(key, "number", 1.0, 72.0, "pt")


_ALL = {
    one.key: one
    for one in (
        Property("id", "name"),
        Property("layer", "choice"),
        _mm("x", 0.0, 85.6),
        _mm("y", 0.0, 53.98),
        _mm("width", 0.0, 85.6),
        _mm("height", 0.0, 53.98),
        _mm("baseline", 0.0, 53.98),
        _mm("pitch", 0.5, 20.0),
        _points("size"),
        _points("smallest"),
        Property("face", "choice"),
        Property("text", "text", high=400, empty=True),
        Property("field", "choice", empty=True),
        Property("colour", "colour"),
        Property("align", "choice"),
        Property("language", "choice", empty=True),
        Property("case", "choice"),
        Property("opacity", "number", 0.05, 1.0),
        _mm("radius", 0.0, 20.0),
        Property("art", "choice"),
        Property("fill", "colour", empty=True),
        Property("fill_to", "colour", empty=True),
        Property("stroke", "colour", empty=True),
        Property("stroke_to", "colour", empty=True),
        _mm("stroke_width", 0.02, 5.0),
        Property("lines", "whole", 1, 100),
        Property("waves", "number", 0.5, 40.0),
        _mm("amplitude", 0.1, 20.0),
        Property("petals", "whole", 3, 60),
        Property("depth", "number", 0.05, 0.95),
        Property("symbology", "choice"),
        Property("modules", "whole", 21, 400),
        Property("from_age", "whole", 0, 130, empty=True),
        Property("below_age", "whole", 1, 131, empty=True),
        Property("lifetime", "when", empty=True),
        Property("replacement", "when", empty=True),
    )
}
PLACE = ("x", "y", "width", "height")
WHEN = tuple(field.name for field in fields(Condition))
_FIRST = ("id", "layer", *PLACE)


def properties_of(element: Element) -> tuple[Property, ...]:
    """Everything that can be set on it, what all elements have first, the conditions last."""
    own = (field.name for field in fields(element) if field.name not in (*_FIRST, "when"))
    found = tuple(_ALL[key] for key in (*_FIRST, *own, *WHEN))
    if isinstance(element, RectangleElement | EllipseElement):
        return found
    # Nothing is left of the others without their ink.
    return tuple(replace(one, empty=False) if one.key == "stroke" else one for one in found)


def options(layout: CardLayout, element: Element, key: str) -> tuple[str, ...]:
    """What a choice offers; its first is empty where nothing may be chosen."""
    match key:
        case "layer":
            return tuple(layer.name for layer in layout.layers)
        case "face":
            return tuple(FACES)
        case "align":
            return ("left", "centre", "right")
        case "language":
            return ("", "lo", "en")
        case "case":
            return ("as-is", "upper")
        case "art":
            return tuple(art.name for art in layout.art)
        case "symbology":
            return tuple(SMALLEST_MODULE)
        case "field" if isinstance(element, PictureElement):
            return tuple(sorted(PICTURE_FIELDS))
        case "field":
            listed = tuple(sorted(TEXT_FIELDS))
            return listed if isinstance(element, SymbolElement) else ("", *listed)
    raise KeyError(key)


def value_of(element: Element, key: str) -> Any:
    """What it is set to now."""
    return getattr(element.when, key) if key in WHEN else getattr(element, key)


def written(value: Any) -> str:
    """A value as it is shown in its field."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    return str(value)


def taken(one: Property, text: str, layout: CardLayout, element: Element) -> Any:
    """What was typed as a value of that property. Raises BadValue."""
    text = text.strip() if one.kind != "text" else text
    if not text and one.empty:
        return None if one.key in WHEN else ""
    match one.kind:
        case "number" | "whole":
            return _number(one, text)
        case "colour":
            if not _COLOUR.fullmatch(text):
                raise BadValue("colour")
            return text.upper()
        case "name":
            return free_name(text, element.id, [other.id for other in layout.elements])
        case "text" if len(text) > one.high:
            raise BadValue("long", high=one.high)
    return text


def free_name(text: str, own: str, names: Collection[str], *, taken: str = "taken") -> str:
    """A name as the document allows it, `own` or none of `names`. Raises BadValue name, or the code `taken`."""
    text = text.strip()
    if not _NAME.fullmatch(text):
        raise BadValue("name")
    if text != own and text in names:
        raise BadValue(taken)
    return text


def taken_day(text: str) -> date:
    """A whole day as offices write it, in digits of either script. Raises BadValue day."""
    try:
        return date.fromisoformat(parse_date(text))
    except (DateNotUnderstood, ValueError) as fault:
        raise BadValue("day") from fault


def _number(one: Property, text: str) -> float | int:
    try:
        # A comma is what a person types, too.
        value = int(text) if one.kind == "whole" else round(float(text.replace(",", ".")), 3)
    except ValueError as fault:
        raise BadValue("number") from fault
    if not one.low <= value <= one.high:
        raise BadValue("range", one.low, one.high)
    return value


def with_value(element: Element, key: str, value: Any) -> dict[str, Any]:
    """The changes of `edits.changed` that set it; a text takes the place of a field and the other way round."""
    if key in WHEN:
        said = {name: getattr(element.when, name) for name in WHEN}
        return {"when": Condition(**{**said, key: value})}
    values: dict[str, Any] = {key: value}
    if key in ("text", "field") and value and hasattr(element, "text"):
        values["field" if key == "text" else "text"] = ""
    return values
