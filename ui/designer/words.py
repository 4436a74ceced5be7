"""The designer's words: kinds of element, properties, choices, what cannot be typed, and what differs."""

from __future__ import annotations

from printing.elements import KINDS, Element
from ui.designer.differences import Difference
from ui.designer.properties import BadValue, written
from ui.language import _


def kind_name(element: Element) -> str:
    """What an element is."""
    names = {
        "text": _("Text"),
        "picture": _("Picture of the person"),
        "art": _("Artwork"),
        "rectangle": _("Rectangle"),
        "ellipse": _("Ellipse"),
        "line": _("Line"),
        "guilloche": _("Fine waves"),
        "rosette": _("Rosette"),
        "mrz": _("Machine readable zone"),
        "symbol": _("Barcode"),
    }
    return names[next(kind for kind, cls in KINDS.items() if type(element) is cls)]


def property_name(key: str) -> str:
    """What is set."""
    return {
        "id": _("Element's name"),
        "layer": _("Layer"),
        "x": _("Left edge"),
        "y": _("Top edge"),
        "width": _("Width"),
        "height": _("Height"),
        "baseline": _("Baseline"),
        "pitch": _("Pitch"),
        "size": _("Largest"),
        "smallest": _("Smallest"),
        "face": _("Typeface"),
        "text": _("Fixed text"),
        "field": _("Field of the card"),
        "colour": _("Colour"),
        "align": _("Alignment"),
        "language": _("Language of the text"),
        "case": _("Letters"),
        "opacity": _("Opacity"),
        "radius": _("Corners"),
        "art": _("Artwork"),
        "fill": _("Ground colour"),
        "fill_to": _("Ground, right"),
        "stroke": _("Line colour"),
        "stroke_to": _("Line, last"),
        "stroke_width": _("Thickness"),
        "lines": _("Lines"),
        "waves": _("Waves"),
        "amplitude": _("Amplitude"),
        "petals": _("Petals"),
        "depth": _("Depth"),
        "symbology": _("Kind of barcode"),
        "modules": _("Modules"),
        "from_age": _("From age"),
        "below_age": _("Below age"),
        "lifetime": _("For life"),
        "replacement": _("Issued again"),
    }[key]


def choice_name(key: str, value: str) -> str:
    """One of the values of a choice; names of the document stay as they are written."""
    names = {
        ("align", "left"): _("At the left"),
        ("align", "centre"): _("In the middle"),
        ("align", "right"): _("At the right"),
        ("language", "lo"): _("Lao text"),
        ("language", "en"): _("English text"),
        ("case", "as-is"): _("As written"),
        ("case", "upper"): _("Capital letters"),
    }
    return names.get((key, value), value or "–")


def bad_value(fault: BadValue) -> str:
    """Why what was typed is not taken."""
    return {
        "number": _("A number is needed."),
        "range": _("Between {low} and {high}.").format(low=written(fault.low), high=written(fault.high)),
        "colour": _("A colour such as #12356B."),
        "name": _("Small letters a to z, digits, - and _ only."),
        "taken": _("Another element has this name."),
        "layer-taken": _("Another layer has this name."),
        "day": _("A whole day, such as 31/01/2027."),
        "long": _("At most {high} letters.").format(high=written(fault.high)),
    }[fault.code]


def difference_text(one: Difference) -> str:
    """What became of the element that the difference names."""
    way = _way(one.dx, one.dy)
    return {
        "new": _("is new"),
        "gone": _("is no longer there"),
        "side": _("stands on the other side"),
        "moved": _("moved {way}").format(way=way),
        "resized": _("its size changed by {width} × {height} mm").format(
            width=_signed(one.width), height=_signed(one.height)
        )
        + (f", {way}" if way else ""),
        "changed": _("has changed: {what}").format(what=", ".join(map(_what, one.keys))),
        "restacked": _("lies in another order"),
        "layers": _("the layers differ"),
        "art": _("the artwork differs"),
        "dpi": _("the printer's fineness differs"),
        "day": _("the first day of use differs"),
    }[one.kind]


def _what(key: str) -> str:
    return {"when": _("conditions"), "kind": _("kind of element")}.get(key) or property_name(key)


def _way(dx: float, dy: float) -> str:
    """How far it went, in words; empty when it stayed."""
    words = (
        (dx > 0, _("{mm} mm to the right"), dx),
        (dx < 0, _("{mm} mm to the left"), dx),
        (dy > 0, _("{mm} mm down"), dy),
        (dy < 0, _("{mm} mm up"), dy),
    )
    return ", ".join(text.format(mm=written(abs(mm))) for true, text, mm in words if true)


def _signed(value: float) -> str:
    return f"+{written(value)}" if value > 0 else written(value)
