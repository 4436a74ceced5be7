"""What is wrong with a card layout, in words: of one element, of its artwork, or of the document as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from printing.errors import LayoutProblem
from ui.language import _


def problem_text(problem: LayoutProblem) -> str:
    """What is wrong with the element that the problem names, or with the layout where it names none."""
    told = dict.fromkeys(("other", "font", "person", "reason", "version", "key"), "")
    facts = told | {key: str(value) for key, value in problem.facts.items()}
    known = _of_element() | _of_art() | _of_document()
    sentence = known.get(problem.code)
    if sentence is None:
        return _("is not sound: {code}").format(code=problem.code)
    text = sentence.format(**facts)
    return (
        _("{problem}, for {person}").format(problem=text, person=facts["person"]) if facts["person"] else text
    )


def problem_line(problems: Sequence[LayoutProblem]) -> str:
    """The first of several, with its element, and how many more there are."""
    first = problems[0]
    line = f"{first.element}: {problem_text(first)}" if first.element else problem_text(first)
    more = len(problems) - 1
    return _("{problem}, and {count} more").format(problem=line, count=more) if more else line


def _of_element() -> dict[str, str]:
    return {
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
        "bad-colour": _("a colour cannot be read"),
        "bad-name": _("a name has letters other than a to z, digits, - and _"),
        "unknown-kind": _("this program knows no such kind of element"),
        "unknown-face": _("this program has no such typeface"),
        "unknown-symbology": _("this program knows no such barcode"),
        "duplicate-id": _("two elements have this name"),
        "unknown-layer": _("its layer does not exist"),
        "picture-missing": _("the picture is missing"),
        "picture-damaged": _("the picture is damaged"),
    }


def _of_art() -> dict[str, str]:
    return {
        "unknown-media-type": _("artwork must be PNG, JPEG or SVG"),
        "art-too-large": _("the artwork is too large: 1 MB and 4 million pixels at most"),
        "art-damaged": _("the artwork cannot be read: {reason}"),
        "art-hash": _("the artwork is not the one that the layout names"),
        "art-animated": _("the artwork has several pictures; it must have one"),
        "art-colour": _("the artwork's colours ({reason}) cannot be printed; save it as RGB or grey, 8 bits"),
        "duplicate-art": _("two pieces of artwork have this name"),
        "too-much-art": _("a layout holds 30 pieces of artwork at most"),
    }


def _of_document() -> dict[str, str]:
    return {
        "too-large": _("the layout is too large"),
        "bad-json": _("the file cannot be read as a layout"),
        "format-too-new": _("the layout was written by a newer program"),
        "missing-key": _("{key} is missing"),
        "unknown-key": _("{key} is unknown"),
        "wrong-type": _("a value is of the wrong kind"),
        "duplicate-layer": _("two layers have this name"),
        "font-missing": _("the typeface {font} is not in this program"),
        "font-differs": _("the typeface {font} is another one here"),
        "fonts-not-pinned": _("the layout does not name its typefaces"),
        "unknown-signer": _("the layout is signed with a key that this office does not know"),
        "forged-signature": _("the signature does not hold: the layout was changed or is forged"),
        "other-name": _("the signature is for a layout of another name"),
        "same-version": _("version {version} is held already, with another content"),
        "older-version": _("version {version} is older than the one held"),
    }
