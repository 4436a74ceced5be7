"""What the applicant's fields are called."""

from __future__ import annotations

from ui.language import _


def field_label(name: str) -> str:
    """What a field is called in the window's language."""
    return {
        "honorific": _("Title"),
        "given_name_lo": _("Given name (Lao)"),
        "surname_lo": _("Surname (Lao)"),
        "given_name_latin": _("Given name (Latin)"),
        "surname_latin": _("Surname (Latin)"),
        "sex": _("Sex"),
        "birth_date": _("Date of birth"),
        "place_of_birth": _("Place of birth"),
        "origin": _("Origin"),
        "nationality": _("Nationality"),
        "ethnic_group": _("Ethnic group"),
        "telephone": _("Phone number"),
        "household_number": _("Household book number"),
        "province_code": _("Province"),
        "district_code": _("District"),
        "village": _("Village"),
        "house_number": _("House number"),
        "unit": _("Unit"),
        "documents": _("Documents presented"),
    }[name]
