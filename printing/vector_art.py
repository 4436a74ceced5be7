"""Artwork drawn as SVG, in the small closed part of SVG 1.1 that prints everywhere: filled and stroked shapes.

Taken: svg with a viewBox, g (whose fill and stroke its children inherit), path, rect, circle, ellipse, line,
polygon, polyline, title, desc. Refused by name: everything that points elsewhere (use, image, href, url(), DTDs and
entities), text, styles, transforms and scripts. Nothing can refer to anything, so there are no cycles.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from xml.etree import ElementTree

from printing.vector_path import Command, PathDamaged, ellipse, parse_path, polygon

_SVG = "{http://www.w3.org/2000/svg}"
_PAINT = ("fill", "stroke", "stroke-width", "fill-rule")
_NEEDED = {
    "path": ("d",),
    "rect": ("width", "height"),
    "circle": ("r",),
    "ellipse": ("rx", "ry"),
    "line": (),
    "polygon": ("points",),
    "polyline": ("points",),
}
_PLACE = {
    "rect": ("x", "y"),
    "circle": ("cx", "cy"),
    "ellipse": ("cx", "cy"),
    "line": ("x1", "y1", "x2", "y2"),
}
_WORDS = ("title", "desc", "metadata")
_MOST_SHAPES = 5_000
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


class VectorArtDamaged(ValueError):
    """No artwork of the part of SVG that is taken; `reason` says what stands in the way."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Shape:
    """One shape in the units of the view box; colours as #RRGGBB or empty."""

    commands: tuple[Command, ...]
    fill: str
    stroke: str
    stroke_width: float
    even_odd: bool


@dataclass(frozen=True)
class VectorArt:
    """`left`, `top`, `width`, `height` of the view box, and the shapes from the lowest to the highest."""

    left: float
    top: float
    width: float
    height: float
    shapes: tuple[Shape, ...]


@lru_cache(maxsize=64)
def read_vector_art(data: bytes) -> VectorArt:
    """Return the shapes of an SVG document. Raises VectorArtDamaged."""
    try:
        text = data.decode("utf-8")
        if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
            raise VectorArtDamaged("doctype")
        root = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (UnicodeDecodeError, ElementTree.ParseError, RecursionError) as fault:
        raise VectorArtDamaged("not-svg") from fault
    if root.tag != f"{_SVG}svg":
        raise VectorArtDamaged("not-svg")
    box = [float(number) for number in _NUMBER.findall(root.get("viewBox", ""))]
    if len(box) != 4 or not all(map(isfinite, box)) or box[2] <= 0 or box[3] <= 0:
        raise VectorArtDamaged("viewBox")
    shapes: list[Shape] = []
    try:
        # SVG fills with black where nothing is said.
        _collect(root, {"fill": "#000000", "stroke": "none", "stroke-width": "1"}, shapes, 0)
    except PathDamaged as fault:
        raise VectorArtDamaged(str(fault)) from fault
    return VectorArt(box[0], box[1], box[2], box[3], tuple(shapes))


def _collect(parent: ElementTree.Element, inherited: dict[str, str], shapes: list[Shape], depth: int) -> None:
    if depth > 20:
        raise VectorArtDamaged("too-deep")
    for child in parent:
        name = str(child.tag).removeprefix(_SVG)
        if name in _WORDS:
            continue
        if name != "g" and name not in _NEEDED:
            raise VectorArtDamaged(name[:40])
        known = {*_PAINT, "id", *_NEEDED.get(name, ()), *_PLACE.get(name, ())}
        unknown = [key for key in child.attrib if key not in known]
        if unknown:
            raise VectorArtDamaged(f"{name[:40]} {unknown[0][:60]}")
        paint = inherited | {key: child.attrib[key] for key in _PAINT if key in child.attrib}
        if name == "g":
            _collect(child, paint, shapes, depth + 1)
            continue
        shapes.append(_shape(name, child, paint))
        if len(shapes) > _MOST_SHAPES:
            raise VectorArtDamaged("too-many-shapes")


def _shape(name: str, element: ElementTree.Element, paint: dict[str, str]) -> Shape:
    return Shape(
        _commands(name, element),
        "" if name == "line" else _colour(paint["fill"]),
        _colour(paint["stroke"]),
        _number(paint["stroke-width"]),
        paint.get("fill-rule") == "evenodd",
    )


def _commands(name: str, element: ElementTree.Element) -> tuple[Command, ...]:
    if name == "path":
        return parse_path(element.get("d", ""))
    if name in ("polygon", "polyline"):
        return polygon(element.get("points", ""), closed=name == "polygon")
    given = {key: _number(element.get(key, "0")) for key in (*_NEEDED[name], *_PLACE[name])}
    match name:
        case "rect":
            x, y, wide, high = given["x"], given["y"], given["width"], given["height"]
            return (
                ("m", x, y),
                ("l", x + wide, y),
                ("l", x + wide, y + high),
                ("l", x, y + high),
                ("z",),
            )
        case "line":
            return (("m", given["x1"], given["y1"]), ("l", given["x2"], given["y2"]))
        case "circle":
            return ellipse(given["cx"], given["cy"], given["r"], given["r"])
    return ellipse(given["cx"], given["cy"], given["rx"], given["ry"])


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text.strip()):
        raise VectorArtDamaged(f"number {text[:20]}")
    value = float(text)
    if not isfinite(value) or abs(value) > 1e6:
        raise VectorArtDamaged(f"number {text[:20]}")
    return value


def _colour(text: str) -> str:
    if text == "none":
        return ""
    if re.fullmatch(r"#[0-9A-Fa-f]{6}", text):
        return text.upper()
    if re.fullmatch(r"#[0-9A-Fa-f]{3}", text):
        return "#" + "".join(2 * digit for digit in text[1:]).upper()
    raise VectorArtDamaged(f"colour {text[:20]}")
