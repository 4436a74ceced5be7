"""The rules a card layout keeps, for each element and between them; each broken one is a named problem."""

import re
from itertools import combinations

from printing.content import PICTURE_FIELDS, TEXT_FIELDS
from printing.elements import (
    CONTENT_KINDS,
    Element,
    GuillocheElement,
    MrzElement,
    PictureElement,
    RosetteElement,
    SymbolElement,
    TextElement,
)
from printing.errors import LayoutProblem, MissingGlyph, TextDoesNotFit
from printing.fonts import FACES
from printing.shaping import fit
from printing.symbols import QUIET_MODULES, SMALLEST_MODULE

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
# Rounding of millimetres written with two decimals is no overlap.
_TOLERANCE = 0.005


def check_elements(
    elements: tuple[Element, ...], width: float, height: float, dpi: int
) -> list[LayoutProblem]:
    """Return the problems of one side of `width` x `height` mm.

    Codes: bad-size, outside-card, duplicate-id, overlap, bad-colour, unknown-field, unknown-face,
    text-does-not-fit, missing-glyph, unknown-symbology, module-too-small.
    """
    problems: list[LayoutProblem] = []
    seen: set[str] = set()
    for element in elements:
        if element.id in seen:
            problems.append(LayoutProblem("duplicate-id", element.id))
        seen.add(element.id)
        problems.extend(_place(element, width, height))
        problems.extend(_colours(element))
        match element:
            case TextElement():
                problems.extend(_text(element))
            case PictureElement():
                if element.field not in PICTURE_FIELDS:
                    problems.append(LayoutProblem("unknown-field", element.id, {"field": element.field}))
                if not 0 < element.opacity <= 1:
                    problems.append(LayoutProblem("bad-size", element.id, {"key": "opacity"}))
            case MrzElement():
                problems.extend(_mrz(element))
            case SymbolElement():
                problems.extend(_symbol(element, dpi))
            case GuillocheElement() | RosetteElement():
                if not 1 <= element.lines <= 200:
                    problems.append(LayoutProblem("bad-size", element.id, {"key": "lines"}))
    content = [element for element in elements if isinstance(element, CONTENT_KINDS)]
    for one, other in combinations(content, 2):
        if _overlap(one, other):
            problems.append(LayoutProblem("overlap", one.id, {"other": other.id}))
    return problems


def _place(element: Element, width: float, height: float) -> list[LayoutProblem]:
    if element.width <= 0 or element.height <= 0:
        return [LayoutProblem("bad-size", element.id)]
    inside = (
        element.x >= -_TOLERANCE
        and element.y >= -_TOLERANCE
        and element.x + element.width <= width + _TOLERANCE
        and element.y + element.height <= height + _TOLERANCE
    )
    return [] if inside else [LayoutProblem("outside-card", element.id)]


def _overlap(one: Element, other: Element) -> bool:
    return (
        one.x + one.width > other.x + _TOLERANCE
        and other.x + other.width > one.x + _TOLERANCE
        and one.y + one.height > other.y + _TOLERANCE
        and other.y + other.height > one.y + _TOLERANCE
    )


def _colours(element: Element) -> list[LayoutProblem]:
    return [
        LayoutProblem("bad-colour", element.id, {"key": key, "colour": value})
        for key in ("colour", "fill", "stroke")
        if (value := getattr(element, key, "")) and not _COLOUR.fullmatch(value)
    ]


def _text(element: TextElement) -> list[LayoutProblem]:
    problems: list[LayoutProblem] = []
    if bool(element.text) == bool(element.field) or (element.field and element.field not in TEXT_FIELDS):
        problems.append(LayoutProblem("unknown-field", element.id, {"field": element.field}))
    if element.align not in ("left", "centre", "right"):
        problems.append(LayoutProblem("bad-align", element.id, {"align": element.align}))
    if not 3 <= element.smallest <= element.size <= 72:
        problems.append(LayoutProblem("bad-size", element.id, {"key": "size"}))
    if not element.y <= element.baseline <= element.y + element.height:
        problems.append(LayoutProblem("outside-box", element.id, {"key": "baseline"}))
    if element.face not in FACES:
        problems.append(LayoutProblem("unknown-face", element.id, {"face": element.face}))
    if problems or not element.text:
        return problems
    try:
        fit(
            element.text,
            element.face,
            width=element.width,
            above=element.baseline - element.y,
            below=element.y + element.height - element.baseline,
            largest=element.size,
            smallest=element.smallest,
        )
    except (TextDoesNotFit, MissingGlyph) as fault:
        problems.append(LayoutProblem(fault.code, element.id, dict(fault.facts)))
    return problems


def _mrz(element: MrzElement) -> list[LayoutProblem]:
    if element.face not in FACES:
        return [LayoutProblem("unknown-face", element.id, {"face": element.face})]
    try:
        fit(
            "<" * 30,
            element.face,
            width=element.width,
            above=element.baseline - element.y,
            below=element.y + element.height - element.baseline - 2 * element.pitch,
            largest=element.size,
            smallest=element.size,
        )
    except TextDoesNotFit as fault:
        return [LayoutProblem(fault.code, element.id, dict(fault.facts))]
    return []


def _symbol(element: SymbolElement, dpi: int) -> list[LayoutProblem]:
    if element.symbology not in SMALLEST_MODULE:
        return [LayoutProblem("unknown-symbology", element.id, {"symbology": element.symbology})]
    problems: list[LayoutProblem] = []
    if element.field not in TEXT_FIELDS:
        problems.append(LayoutProblem("unknown-field", element.id, {"field": element.field}))
    if element.modules <= 2 * QUIET_MODULES[element.symbology]:
        return [*problems, LayoutProblem("bad-size", element.id, {"key": "modules"})]
    module = module_size(element, element.modules, dpi)
    if module < SMALLEST_MODULE[element.symbology]:
        problems.append(LayoutProblem("module-too-small", element.id, {"module": round(module, 3)}))
    return problems


def module_size(element: SymbolElement, columns: int, dpi: int) -> float:
    """Return the module in mm for `columns` with quiet zones, a whole number of printer dots."""
    room = min(element.width, element.height) if element.symbology == "qr" else element.width
    dots = int(room * dpi / 25.4 / columns + 1e-9)
    return dots * 25.4 / dpi
