"""What the applicant's fields are called."""

from __future__ import annotations

from collections.abc import Mapping

from ui.language import _, language
from ui.words.birth_date import to_screen
from ui.words.choices import shipped_choices
from workstation.domain.applicant import FIELDS
from workstation.domain.form import YES, Form, FormField


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


def _value(field: FormField, stored: str, fields: Mapping[str, str]) -> str:
    if field.widget == "check":
        return _("Yes") if stored == YES else stored
    if field.widget == "date":
        return to_screen(stored)
    lao = language() == "lo"
    for choice in field.choices:
        if choice.code == stored:
            return choice.name.spoken(language())
    if field.choices_from:
        for listed in shipped_choices(field.choices_from, fields.get("province_code", "")):
            if listed.code == stored:
                return listed.lo if lao else listed.latin
    return stored


def further_answers(form: Form, fields: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """(label, value) of every answered field that this form asks beyond those of every application, in its order."""
    return tuple(
        (field.label.spoken(language()), _value(field, fields[field.name], fields))
        for field in form.fields
        if field.name not in FIELDS and fields.get(field.name)
    )
