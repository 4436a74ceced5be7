"""The rules a card layout keeps, for each element and between them; each broken one is a named problem."""

from collections import Counter
from itertools import combinations

from printing.artwork import art_problems
from printing.content import PICTURE_FIELDS, TEXT_FIELDS
from printing.contrast import contrast_problems
from printing.elements import (
    CONTENT_KINDS,
    Art,
    ArtElement,
    Condition,
    Element,
    GuillocheElement,
    Layer,
    LineElement,
    MrzElement,
    PictureElement,
    RectangleElement,
    SymbolElement,
    TextElement,
)
from printing.errors import LayoutProblem, MissingGlyph, TextDoesNotFit
from printing.shaping import cased, fit
from printing.symbols import QUIET_MODULES, is_readable, module_size

# Lao below this is a grey line at 300 dpi.
SMALLEST_TYPE = 3.5
# Rounding of millimetres written with two decimals is no overlap.
_TOLERANCE = 0.005


def check_whole(
    layers: tuple[Layer, ...], art: tuple[Art, ...], elements: tuple[Element, ...]
) -> list[LayoutProblem]:
    """Return duplicate-id, duplicate-layer, duplicate-art, unknown-layer, missing-art and those of artwork."""
    problems = [
        LayoutProblem(code, name)
        for code, names in (
            ("duplicate-id", [element.id for element in elements]),
            ("duplicate-layer", [layer.name for layer in layers]),
            ("duplicate-art", [a.name for a in art]),
        )
        for name, times in Counter(names).items()
        if times > 1
    ]
    known_layers, known_art = {layer.name for layer in layers}, {a.name for a in art}
    for element in elements:
        if element.layer not in known_layers:
            problems.append(LayoutProblem("unknown-layer", element.id, {"layer": element.layer}))
        if isinstance(element, ArtElement) and element.art not in known_art:
            problems.append(LayoutProblem("missing-art", element.id, {"art": element.art}))
    for piece in art:
        problems.extend(art_problems(piece))
    return problems


def check_elements(
    ordered: tuple[Element, ...],
    width: float,
    height: float,
    dpi: int,
    art: tuple[Art, ...],
    layers: tuple[Layer, ...],
) -> list[LayoutProblem]:
    """Return the problems of one side of `width` x `height` mm, its elements from the lowest to the highest.

    Codes: bad-size, outside-card, outside-box, overlap, unknown-field, wrong-language, type-too-small,
    text-does-not-fit, missing-glyph, module-too-small, low-contrast, never-shown, blank-varies (what differs
    from card to card stands in a layer that the blank brings).
    """
    problems: list[LayoutProblem] = []
    unprinted = frozenset(layer.name for layer in layers if not layer.printed)
    for element in ordered:
        problems.extend(_place(element, width, height))
        if element.when.excludes(element.when):
            problems.append(LayoutProblem("never-shown", element.id))
        if element.layer in unprinted and (_is_personal(element) or element.when != Condition()):
            problems.append(LayoutProblem("blank-varies", element.id, {"layer": element.layer}))
        match element:
            case TextElement():
                problems.extend(_text(element))
            case PictureElement() if element.field not in PICTURE_FIELDS:
                problems.append(LayoutProblem("unknown-field", element.id, {"field": element.field}))
            case MrzElement():
                problems.extend(_mrz(element))
            case SymbolElement():
                problems.extend(_symbol(element, dpi))
            case GuillocheElement() if not 0 < 2 * element.amplitude <= element.height:
                problems.append(LayoutProblem("bad-size", element.id, {"key": "amplitude"}))
            case RectangleElement() if element.fill_to and not element.fill:
                problems.append(LayoutProblem("bad-value", element.id, {"key": "fill_to"}))
    content = [element for element in ordered if isinstance(element, CONTENT_KINDS)]
    for one, other in combinations(content, 2):
        if _overlap(one, other) and not one.when.excludes(other.when):
            problems.append(LayoutProblem("overlap", one.id, {"other": other.id}))
    problems.extend(contrast_problems(ordered, art, unprinted))
    return problems


def _is_personal(element: Element) -> bool:
    """Whether it differs from card to card, so that no blank can bring it."""
    return bool(getattr(element, "field", "")) or isinstance(element, MrzElement)


def _place(element: Element, width: float, height: float) -> list[LayoutProblem]:
    sides = (element.width, element.height)
    is_line = isinstance(element, LineElement) and min(sides) >= 0 and max(sides) > 0
    if not is_line and min(sides) <= 0:
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


def _text(element: TextElement) -> list[LayoutProblem]:
    problems: list[LayoutProblem] = []
    if bool(element.text) == bool(element.field) or (element.field and element.field not in TEXT_FIELDS):
        problems.append(LayoutProblem("unknown-field", element.id, {"field": element.field}))
    if element.smallest < SMALLEST_TYPE:
        facts: dict[str, str | float] = {"points": element.smallest, "least": SMALLEST_TYPE}
        problems.append(LayoutProblem("type-too-small", element.id, facts))
    if element.smallest > element.size:
        problems.append(LayoutProblem("bad-size", element.id, {"key": "size"}))
    if not element.y <= element.baseline <= element.y + element.height:
        problems.append(LayoutProblem("outside-box", element.id, {"key": "baseline"}))
    if problems or not element.text:
        return problems
    if element.language and _has_lao(element.text) != (element.language == "lo"):
        problems.append(LayoutProblem("wrong-language", element.id, {"language": element.language}))
    try:
        fit_element(element, element.text)
    except (TextDoesNotFit, MissingGlyph) as fault:
        problems.append(LayoutProblem(fault.code, element.id, dict(fault.facts)))
    return problems


def _has_lao(text: str) -> bool:
    return any("\u0e80" <= character <= "\u0eff" for character in text)


def fit_element(element: TextElement, text: str) -> None:
    """Raises TextDoesNotFit, MissingGlyph when `text` cannot stand in `element`."""
    fit(
        cased(text, element.case),
        element.face,
        width=element.width,
        above=element.baseline - element.y,
        below=element.y + element.height - element.baseline,
        largest=element.size,
        smallest=element.smallest,
    )


def _mrz(element: MrzElement) -> list[LayoutProblem]:
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
    problems: list[LayoutProblem] = []
    if element.field not in TEXT_FIELDS:
        problems.append(LayoutProblem("unknown-field", element.id, {"field": element.field}))
    if element.modules <= 2 * QUIET_MODULES[element.symbology]:
        return [*problems, LayoutProblem("bad-size", element.id, {"key": "modules"})]
    module = module_size(element, element.modules, dpi)
    if not is_readable(element.symbology, module):
        problems.append(LayoutProblem("module-too-small", element.id, {"module": round(module, 3)}))
    return problems
