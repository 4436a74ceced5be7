"""The designer's words: kinds of element, properties, choices, and what is wrong with an element."""

from __future__ import annotations

from printing.elements import KINDS, Element
from printing.errors import LayoutProblem
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
        "long": _("At most {high} letters.").format(high=written(fault.high)),
    }[fault.code]


def problem_text(problem: LayoutProblem) -> str:
    """What is wrong with the element that the problem names."""
    code = problem.code
    sentences = {
        "outside-card": _("reaches outside the card"),
        "outside-box": _("its baseline lies outside its box"),
        "overlap": _("lies over {other}"),
        "unknown-field": _("shows no field of the card"),
        "wrong-language": _("is not written in the language it says"),
        "type-too-small": _("its letters may become too small to read"),
        "text-does-not-fit": _("the text has no room, even in its smallest letters"),
        "missing-glyph": _("a letter is not in its typeface"),
        "module-too-small": _("its modules are too small for readers"),
        "symbol-does-not-fit": _("the barcode has no room"),
        "low-contrast": _("does not stand out enough from its ground"),
        "never-shown": _("its conditions hold for no card"),
        "blank-varies": _("changes from card to card, but is said to be on the blank"),
        "missing-art": _("its artwork is not in the layout"),
        "bad-size": _("its measures cannot be drawn"),
        "bad-value": _("a value cannot be used"),
        "duplicate-id": _("two elements have this name"),
        "unknown-layer": _("its layer does not exist"),
        "font-missing": _("the typeface {font} is not in this program"),
        "font-differs": _("the typeface {font} is another one here"),
        "picture-missing": _("the picture is missing"),
        "picture-damaged": _("the picture is damaged"),
    }
    facts = {"other": "", "font": ""} | {key: str(value) for key, value in problem.facts.items()}
    return sentences.get(code, _("is not sound: {code}").replace("{code}", code)).format(**facts)
