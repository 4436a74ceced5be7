"""What the defects that a reviewer names, and those of delivered cards, are called, and where they are."""

from __future__ import annotations

from ui.language import _
from ui.words.fields import field_label
from ui.words.fingers import finger_name
from workstation.domain.stages import Stage


def defect_text(code: str) -> str:
    """The defect in the window's language."""
    names = {
        "name-wrong": _("Name is wrong"),
        "birth-date-wrong": _("Date of birth is wrong"),
        "address-wrong": _("Address is wrong"),
        "document-unreadable": _("Document cannot be read"),
        "eyes-closed": _("Eyes are closed"),
        "glare": _("Glare on the face or glasses"),
        "background": _("Background is not plain"),
        "not-this-person": _("Not this person"),
        "wrong-finger": _("Wrong finger"),
        "low-quality": _("Quality is too low"),
        "signature-wrong": _("Signature is not hers, or cannot be read"),
        "print-faulty": _("The print is faulty"),
        "wrong-layout": _("Wrong card layout"),
        "chip-faulty": _("The chip does not work"),
        "overlooked": _("A fault was overlooked"),
        "wrong-person": _("Given to another person"),
        "other": _("Something else"),
    }
    return names.get(code, code)


def place_name(stage: Stage, place: str) -> str:
    """The field or the finger; empty for the whole."""
    if not place:
        return ""
    return finger_name(int(place)) if stage is Stage.FINGERPRINTS else field_label(place)


def defect_told(stage: Stage, code: str, place: str, note: str) -> str:
    """What is wrong, where, and the reviewer's note, in one line."""
    told = defect_text(code)
    if place:
        told = f"{told}: {place_name(stage, place)}"
    return f"{told} – {note}" if note else told
