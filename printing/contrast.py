"""How well ink stands out from what lies under it: WCAG 2.2 contrast of each text and code with its grounds."""

from io import BytesIO

from PIL import Image

from printing.elements import (
    Art,
    ArtElement,
    Element,
    EllipseElement,
    GuillocheElement,
    LineElement,
    MrzElement,
    RectangleElement,
    RosetteElement,
    SymbolElement,
    TextElement,
)
from printing.errors import LayoutProblem

# Text by WCAG 2.2, 1.4.3; what machines read by ISO/IEC 15415 grade A, a contrast of 70 % of white.
LEAST_FOR_TEXT = 4.5
LEAST_FOR_MACHINES = 7.0
_WHITE = "#FFFFFF"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def contrast_problems(
    ordered: tuple[Element, ...], art: tuple[Art, ...], unprinted: frozenset[str]
) -> list[LayoutProblem]:
    """Return low-contrast for each text, zone and code of one side, given from the lowest element to the highest.

    The worst ground counts: fine lines and both ends of a changing fill as well. Ink in a printed layer only darkens
    what the `unprinted` layers bring: white letters on a dark blank cannot be printed.
    """
    problems = []
    for place, element in enumerate(ordered):
        if not isinstance(element, TextElement | MrzElement | SymbolElement):
            continue
        least = LEAST_FOR_TEXT if isinstance(element, TextElement) else LEAST_FOR_MACHINES
        lower = [other for other in ordered[:place] if _is_under(element, other)]
        blank = _grounds(element, [other for other in lower if other.layer in unprinted], art)
        if element.layer in unprinted:
            pairs = [(element.colour, ground) for ground in blank]
        else:
            # A code brings its own white, which covers what is printed and not what the blank has.
            own = isinstance(element, SymbolElement)
            others = [] if own else [other for other in lower if other.layer not in unprinted]
            print_grounds = _grounds(element, others, art)
            pairs = [
                (_multiplied(element.colour, below), _multiplied(ground, below))
                for below in blank
                for ground in print_grounds
            ]
        ink, worst = min(pairs, key=lambda pair: contrast(*pair))
        ratio = contrast(ink, worst)
        if ratio < least:
            facts: dict[str, str | float] = {"ground": worst, "contrast": round(ratio, 1), "least": least}
            problems.append(LayoutProblem("low-contrast", element.id, facts))
    return problems


def _multiplied(ink: str, ground: str) -> str:
    parts = zip(bytes.fromhex(ink[1:]), bytes.fromhex(ground[1:]), strict=True)
    return "#" + "".join(f"{round(a * b / 255):02X}" for a, b in parts)


def _is_under(over: Element, other: Element) -> bool:
    return _touch(over, other) and not other.when.excludes(over.when)


def _luminance(colour: str) -> float:
    parts = [value / 255 for value in bytes.fromhex(colour[1:])]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _grounds(over: Element, lower: list[Element], art: tuple[Art, ...]) -> list[str]:
    grounds = [_WHITE]
    for element in lower:
        colours = _colours(element, art)
        is_whole = isinstance(element, RectangleElement) and bool(element.fill) and _covers(element, over)
        grounds = colours if is_whole else grounds + colours
    return list(dict.fromkeys(grounds))


def _colours(element: Element, art: tuple[Art, ...]) -> list[str]:
    match element:
        case RectangleElement():
            # An outline beside the ink is no ground under it.
            return [colour for colour in (element.fill, element.fill_to) if colour]
        case EllipseElement():
            return [element.fill] if element.fill else []
        case GuillocheElement() | RosetteElement():
            return [colour for colour in (element.stroke, element.stroke_to) if colour]
        case LineElement():
            return [element.stroke]
        case ArtElement():
            return _extremes(next((a for a in art if a.name == element.art), None), element.opacity)
    return []


def _extremes(art: Art | None, opacity: float) -> list[str]:
    """The darkest and the lightest of what a picture shows, on white."""
    if art is None or art.media_type not in ("image/png", "image/jpeg"):
        return []
    try:
        with Image.open(BytesIO(art.data), formats=("PNG", "JPEG")) as opened:
            opened.thumbnail((48, 48))
            shown = opened.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return []
    paper = Image.new("RGBA", shown.size, _WHITE)
    mixed = Image.blend(paper, Image.alpha_composite(paper, shown), opacity).convert("RGB")
    found = [f"#{red:02X}{green:02X}{blue:02X}" for red, green, blue in set(mixed.getdata())]
    return [min(found, key=_luminance), max(found, key=_luminance)]


def _touch(one: Element, other: Element) -> bool:
    return (
        one.x + one.width > other.x
        and other.x + other.width > one.x
        and one.y + one.height > other.y
        and other.y + other.height > one.y
    )


def _covers(one: RectangleElement, other: Element) -> bool:
    edge = 0.3 * one.radius
    return (
        one.x + edge <= other.x
        and one.y + edge <= other.y
        and one.x + one.width - edge >= other.x + other.width
        and one.y + one.height - edge >= other.y + other.height
    )
