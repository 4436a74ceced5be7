"""What the reviewer reads of the applicant: the accepted fields as rows of words in the window's language."""

from __future__ import annotations

from collections.abc import Mapping

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
from ui.words.fields import field_label
from workstation.domain.applicant import DOCUMENTS, full_name_latin, full_name_lo
from workstation.domain.divisions import district, province


def _of(choices: tuple[Choice, ...], code: str) -> str:
    for choice in choices:
        if choice.code == code:
            return choice.lo if language() == "lo" else choice.latin
    return code


def address(fields: Mapping[str, str]) -> str:
    """House, unit, village, district and province, the smallest first."""
    lao = language() == "lo"
    parts = []
    for name in ("house_number", "unit", "village"):
        if fields.get(name):
            parts.append(f"{field_label(name)} {fields[name]}")
    for name, read in (("district_code", district), ("province_code", province)):
        if fields.get(name):
            unit = read(fields[name])
            parts.append(f"{field_label(name)} {unit.name_lo if lao else unit.name_en}")
    return ", ".join(parts)


def facts(fields: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """(label, value) from the name down to the documents."""
    held = dict(fields)
    shown = documents_of(held.get("documents", ""))
    groups = (
        held.get("origin", ""),
        _of(nationality_choices(), held.get("nationality", "")),
        _of(ethnic_group_choices(), held.get("ethnic_group", "")),
    )
    title = held.get("honorific", "")
    return (
        (_("Name (Lao)"), f"{title} {full_name_lo(held)}".strip()),
        (_("Name (Latin)"), full_name_latin(held)),
        (field_label("sex"), _of(sex_choices(), held.get("sex", ""))),
        (field_label("birth_date"), to_screen(held.get("birth_date", ""))),
        (field_label("place_of_birth"), held.get("place_of_birth", "")),
        (_("Origin, nationality, ethnic group"), " / ".join(text or "–" for text in groups)),
        (field_label("telephone"), held.get("telephone", "")),
        (field_label("household_number"), held.get("household_number", "")),
        (_("Address"), address(held)),
        (field_label("documents"), ", ".join(document_label(code) for code in DOCUMENTS if code in shown)),
    )
