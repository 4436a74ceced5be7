"""The rules of the intake form, pure: which field is at fault and why, and whose household it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date

from workstation.domain.applicant import (
    DOCUMENTS,
    HONORIFICS,
    LAO_FIELDS,
    LATIN_FIELDS,
    REQUIRED,
    SEXES,
    PartialDate,
)
from workstation.domain.divisions import district_codes, province_codes
from workstation.domain.policy import Policy
from workstation.domain.station import Station

# The longest of 8,940 village names has 36 letters; what is longer is a paste gone wrong.
LONGEST = 120
OLDEST_AGE = 130
ETHNIC_GROUPS = tuple(str(number) for number in range(1, 51))
NATIONALITY = "LAO"
_LATIN_SIGNS = " -'’."
_LAO_SIGNS = " -()"


def is_lao(text: str) -> bool:
    """Letters, marks and digits of the Lao block, spaces, hyphens and brackets only."""
    return all("\u0e80" <= character <= "\u0eff" or character in _LAO_SIGNS for character in text)


def is_latin(text: str) -> bool:
    """Latin letters, spaces, hyphens, apostrophes and full stops only."""
    return all(
        character in _LATIN_SIGNS or unicodedata.name(character, "").startswith("LATIN ")
        for character in text
    )


def _text_fault(name: str, text: str) -> str | None:
    if any(unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn") for character in text):
        return "control-characters"
    if len(text) > LONGEST:
        return "too-long"
    if name in LAO_FIELDS and not is_lao(text):
        return "mixed-script" if any("\u0e80" <= character <= "\u0eff" for character in text) else "not-lao"
    if name in LATIN_FIELDS and not is_latin(text):
        return (
            "mixed-script"
            if any(character.isascii() and character.isalpha() for character in text)
            else "not-latin"
        )
    return None


def _birth_fault(text: str, today: date) -> str | None:
    try:
        born = PartialDate.parse(text)
    except ValueError:
        return "not-a-date"
    if born.earliest() > today:
        return "in-the-future"
    return "too-old" if born.age_on(today) > OLDEST_AGE else None


def _choice_fault(name: str, text: str, fields: Mapping[str, str]) -> str | None:
    choices: Mapping[str, tuple[str, ...] | frozenset[str]] = {
        "sex": SEXES,
        "honorific": HONORIFICS,
        "ethnic_group": ETHNIC_GROUPS,
        "nationality": (NATIONALITY,),
        "province_code": province_codes(),
        "district_code": district_codes(fields.get("province_code", "")),
    }
    return "unknown-choice" if name in choices and text not in choices[name] else None


def _telephone_fault(text: str) -> str | None:
    digits = sum(character.isdecimal() and character.isascii() for character in text)
    if not 6 <= digits <= 15 or any(character not in "+0123456789 -" for character in text):
        return "not-a-telephone"
    return None


def faults(fields: Mapping[str, str], policy: Policy, today: date) -> dict[str, str]:
    """Field -> what is wrong with it; empty when intake can be completed.

    Codes: missing, not-lao, not-latin, mixed-script, not-a-date, in-the-future, too-old, too-long,
    control-characters, unknown-choice, not-a-telephone, document-missing.
    """
    found = {name: "missing" for name in REQUIRED if not fields.get(name, "").strip()}
    for name, text in fields.items():
        if not text or name in found:
            continue
        fault = _text_fault(name, text) or _choice_fault(name, text, fields)
        if fault is None and name == "birth_date":
            fault = _birth_fault(text, today)
        if fault is None and name == "telephone":
            fault = _telephone_fault(text)
        if fault is not None:
            found[name] = fault
    shown = set(filter(None, fields.get("documents", "").split(",")))
    if not shown <= set(DOCUMENTS):
        found["documents"] = "unknown-choice"
    elif "documents" not in found and not set(policy.required_documents) <= shown:
        found["documents"] = "document-missing"
    return found


def is_other_office(fields: Mapping[str, str], policy: Policy, station: Station) -> bool:
    """Whether the household is recorded outside this office's seat: its district, or its province by policy.

    A provincial office (no district of its own) serves its whole province. False while nothing is chosen yet.
    """
    province, district = fields.get("province_code", ""), fields.get("district_code", "")
    if province and province != station.province_code:
        return True
    by_district = policy.seat_rule == "district" and station.district_code
    return bool(by_district and district and district != station.district_code)
