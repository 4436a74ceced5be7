"""What the defects that a reviewer names are called, and which fields of the form each of them means."""

from __future__ import annotations

from ui.language import _

# Field names of workstation/domain/applicant.py; a defect without fields is about the whole stage.
FIELDS_OF_DEFECT: dict[str, tuple[str, ...]] = {
    "name-wrong": ("given_name_lo", "given_name_latin", "surname_lo", "surname_latin"),
    "birth-date-wrong": ("birth_date",),
    "address-wrong": ("province_code", "district_code", "village", "house_number", "unit"),
    "document-unreadable": ("documents",),
}


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
        "other": _("Something else"),
    }
    return names.get(code, code)
