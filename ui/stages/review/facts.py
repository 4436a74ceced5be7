"""What the reviewer reads of the applicant: the accepted fields as rows of words in the window's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ui.language import _, language
from ui.words.birth_date import to_screen
from ui.words.choices import (
    Choice,
    document_label,
    documents_of,
    ethnic_group_choices,
    nationality_choices,
    sex_choices,
)
from ui.words.fields import field_label, further_answers
from workstation.domain.applicant import FIELDS, full_name_latin, full_name_lo
from workstation.domain.divisions import district, province
from workstation.domain.form import Form


@dataclass(frozen=True)
class Row:
    """One line: which fields it tells of, what it is called, what it says."""

    fields: tuple[str, ...]
    label: str
    value: str


def _of(choices: tuple[Choice, ...], code: str) -> str:
    for choice in choices:
        if choice.code == code:
            return choice.lo if language() == "lo" else choice.latin
    return code


def label_of(name: str, form: Form | None) -> str:
    """What a field is called: in the program, or else in the application's own form."""
    if name in FIELDS:
        return field_label(name)
    field = form.field(name) if form is not None else None
    return name if field is None else field.label.spoken(language())


def value_of(name: str, stored: str) -> str:
    """A stored value in words."""
    if name == "sex":
        return _of(sex_choices(), stored)
    if name == "nationality":
        return _of(nationality_choices(), stored)
    if name == "ethnic_group":
        return _of(ethnic_group_choices(), stored)
    if name == "birth_date":
        return to_screen(stored)
    if name in ("province_code", "district_code") and stored:
        unit = province(stored) if name == "province_code" else district(stored)
        return unit.name_lo if language() == "lo" else unit.name_en
    return stored


def address(fields: Mapping[str, str]) -> str:
    """House, unit, village, district and province, the smallest first."""
    names = ("house_number", "unit", "village", "district_code", "province_code")
    return ", ".join(
        f"{field_label(name)} {value_of(name, fields[name])}" for name in names if fields.get(name)
    )


def facts(fields: Mapping[str, str], form: Form | None) -> tuple[Row, ...]:
    """From the name down to the documents, then what this kind of application asks beyond that."""
    held = dict(fields)
    shown = sorted(documents_of(held.get("documents", "")))
    groups = ("origin", "nationality", "ethnic_group")
    title = held.get("honorific", "")
    single = ("telephone", "household_number")
    rows = [
        Row(
            ("honorific", "given_name_lo", "surname_lo"),
            _("Name (Lao)"),
            f"{title} {full_name_lo(held)}".strip(),
        ),
        Row(("given_name_latin", "surname_latin"), _("Name (Latin)"), full_name_latin(held)),
        Row(("sex",), field_label("sex"), value_of("sex", held.get("sex", ""))),
        Row(("birth_date",), field_label("birth_date"), to_screen(held.get("birth_date", ""))),
        Row(("place_of_birth",), field_label("place_of_birth"), held.get("place_of_birth", "")),
        Row(
            groups,
            _("Origin, nationality, ethnic group"),
            " / ".join(value_of(name, held.get(name, "")) or "–" for name in groups),
        ),
        *(Row((name,), field_label(name), held.get(name, "")) for name in single),
        Row(
            ("house_number", "unit", "village", "district_code", "province_code"),
            _("Address"),
            address(held),
        ),
        Row(("documents",), field_label("documents"), ", ".join(document_label(code) for code in shown)),
    ]
    if form is not None:
        # What must be ticked to get here (consent, fee) tells a reviewer nothing.
        named = {label_of(field.name, form): field.name for field in form.fields if field.widget != "check"}
        rows += [
            Row((named[label],), label, value)
            for label, value in further_answers(form, held)
            if label in named
        ]
    return tuple(rows)
