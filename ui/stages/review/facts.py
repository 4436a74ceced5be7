"""What the reviewer reads of the applicant: the accepted fields as rows of words in the window's language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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

_GROUPS = ("origin", "nationality", "ethnic_group")
_ADDRESS = ("house_number", "unit", "village", "district_code", "province_code")


@dataclass(frozen=True)
class Row:
    """One line: which fields it tells of, what it is called, what it says; two short ones have room on one line."""

    fields: tuple[str, ...]
    label: str
    value: str
    short: bool = False


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


def address(fields: Mapping[str, str], told: Collection[str] = ()) -> str:
    """House, unit, village, district and province, the smallest first, without those that are `told` elsewhere."""
    return ", ".join(
        f"{field_label(name)} {value_of(name, fields[name])}"
        for name in _ADDRESS
        if fields.get(name) and name not in told
    )


def _row(name: str, held: Mapping[str, str], *, short: bool = True) -> Row:
    return Row((name,), field_label(name), value_of(name, held.get(name, "")), short)


def _name(held: Mapping[str, str], told: Collection[str]) -> tuple[Row, ...]:
    """Title and name in one line, or the title alone where the differences have told the name."""
    if {"given_name_lo", "surname_lo"} <= set(told):
        return (_row("honorific", held),)
    whole = f"{held.get('honorific', '')} {full_name_lo(held)}".strip()
    return (Row(("honorific", "given_name_lo", "surname_lo"), _("Name (Lao)"), whole),)


def _groups(held: Mapping[str, str], told: Collection[str]) -> tuple[Row, ...]:
    """The three in one line, or what the differences have not told."""
    left = [name for name in _GROUPS if name not in told]
    if len(left) < len(_GROUPS):
        return tuple(_row(name, held) for name in left)
    values = (value_of(name, held.get(name, "")) or "–" for name in _GROUPS)
    return (Row(_GROUPS, _("Origin, nationality, ethnic group"), " / ".join(values)),)


def facts(fields: Mapping[str, str], form: Form | None, told: Collection[str] = ()) -> tuple[Row, ...]:
    """From the name down to the documents, then what this kind of application asks beyond that; `told` are the fields
    that a difference has shown already."""
    held = dict(fields)
    shown = sorted(documents_of(held.get("documents", "")))
    rows = [
        *_name(held, told),
        Row(("given_name_latin", "surname_latin"), _("Name (Latin)"), full_name_latin(held)),
        _row("birth_date", held),
        _row("sex", held),
        _row("place_of_birth", held, short=False),
        *_groups(held, told),
        _row("telephone", held),
        _row("household_number", held),
        Row(_ADDRESS, _("Address"), address(held, told)),
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
