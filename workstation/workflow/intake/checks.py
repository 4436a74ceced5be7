"""The rules of the intake form, pure: which field is at fault and why, and whose household it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date

from workstation.domain.applicant import HONORIFICS, LATIN_FIELDS, SEXES, PartialDate, identifiers
from workstation.domain.divisions import district_codes, province_codes
from workstation.domain.form import YES, Answers, Form, FormField
from workstation.domain.policy import Policy
from workstation.domain.station import Station
from workstation.travel_documents.transliteration import NotTransliterable, name_field, transliterate

OLDEST_AGE = 130
ETHNIC_GROUPS = tuple(str(number) for number in range(1, 51))
NATIONALITY = "LAO"
_LATIN_SIGNS = " -'’."
_LAO_SIGNS = " -()"
_CONTROLS = ("Cc", "Cs", "Co", "Cn")


def is_lao(text: str) -> bool:
    """Letters, marks and digits of the Lao block, spaces, hyphens and brackets only."""
    return all("\u0e80" <= character <= "\u0eff" or character in _LAO_SIGNS for character in text)


def is_latin(text: str) -> bool:
    """Latin letters, spaces, hyphens, apostrophes and full stops only."""
    return all(
        character in _LATIN_SIGNS or unicodedata.name(character, "").startswith("LATIN ")
        for character in text
    )


def is_pasted_table(text: str) -> bool:
    """Whether several cells or lines were pasted into one field."""
    return any(character in "\t\n\r\v\f\u2028\u2029" for character in text.strip())


def strange_signs(text: str, script: str) -> tuple[str, ...]:
    """The characters of `text` that have no place in a field of that script ("lao", "latin"), each once."""
    proper = is_lao if script == "lao" else is_latin
    return tuple(dict.fromkeys(character for character in text if not proper(character)))


def _script_fault(text: str, script: str) -> str | None:
    strange = strange_signs(text, script)
    if not strange:
        return None
    proper = [character for character in text if character not in strange and character.isalpha()]
    if not any(character.isalpha() for character in strange):
        # A digit or a sign between letters is no other script.
        return "strange-signs" if proper else f"not-{script}"
    return "mixed-script" if proper else f"not-{script}"


def _text_fault(field: FormField, text: str) -> str | None:
    categories = {unicodedata.category(character) for character in text}
    if categories & set(_CONTROLS):
        return "control-characters"
    if len(text) > field.longest:
        return "too-long"
    # Emoji and other pictures: no font of a card has them.
    if "So" in categories:
        return "not-printable"
    if field.script in ("lao", "latin") and (fault := _script_fault(text, field.script)):
        return fault
    return _zone_fault(text) if field.name in LATIN_FIELDS else None


def _zone_fault(text: str) -> str | None:
    """Whether the machine readable zone of the card has a spelling for the name (ICAO Doc 9303-3 section 6)."""
    try:
        return None if transliterate(text) else "no-letters"
    except NotTransliterable:
        return "not-in-mrz"


def shortened_name(fields: Mapping[str, str]) -> str:
    """The name as the machine readable zone cuts it off (ICAO Doc 9303-5, 4.2.3); empty when it stands there whole."""
    primary, secondary = identifiers(fields)
    try:
        whole = "<<".join(filter(None, (transliterate(primary), transliterate(secondary))))
        written = name_field(primary, secondary).rstrip("<") if whole else ""
    except NotTransliterable:
        return ""
    return "" if written == whole else written


def _date_fault(field: FormField, text: str, today: date) -> str | None:
    try:
        day = PartialDate.parse(text)
    except ValueError:
        return "not-a-date"
    if day.earliest() > today:
        return "in-the-future"
    return "too-old" if day.age_on(today) > OLDEST_AGE else None


def known_codes(field: FormField, fields: Mapping[str, str]) -> frozenset[str]:
    """The codes that a list of the form may hold."""
    if field.choices:
        return frozenset(choice.code for choice in field.choices)
    shipped = {
        "sexes": SEXES,
        "honorifics": HONORIFICS,
        "ethnic_groups": ETHNIC_GROUPS,
        "nationalities": (NATIONALITY,),
        "provinces": province_codes(),
        "districts": district_codes(fields.get("province_code", "")),
    }
    return frozenset(shipped[field.choices_from])


def _telephone_fault(text: str) -> str | None:
    digits = sum(character.isdecimal() and character.isascii() for character in text)
    if not 6 <= digits <= 15 or any(character not in "+0123456789 -" for character in text):
        return "not-a-telephone"
    return None


def _fault(field: FormField, text: str, fields: Mapping[str, str], today: date) -> str | None:
    if field.widget == "check":
        return None if text == YES else "unknown-choice"
    if field.widget == "choice":
        return None if text in known_codes(field, fields) else "unknown-choice"
    fault = _text_fault(field, text)
    if fault is None and field.widget == "date":
        fault = _date_fault(field, text, today)
    if fault is None and field.kind == "telephone":
        fault = _telephone_fault(text)
    return fault


def faults(form: Form, fields: Mapping[str, str], policy: Policy, today: date) -> dict[str, str]:
    """Field -> what is wrong with it; empty when intake can be completed. Fields that are not shown have no fault.

    Codes: missing, not-lao, not-latin, mixed-script, strange-signs, no-letters, not-in-mrz, not-a-date,
    in-the-future, too-old, too-long, not-printable, control-characters, unknown-choice, not-a-telephone,
    document-missing.
    """
    answers = Answers(form, fields, today)
    found: dict[str, str] = {}
    for field in form.fields:
        text = fields.get(field.name, "")
        if not answers.shown(field.name):
            continue
        if not text.strip():
            fault = "missing" if answers.required(field) else None
        elif field.widget == "documents":
            fault = _documents_fault(form, answers, text, policy)
        else:
            fault = _fault(field, text, fields, today)
        if fault is not None:
            found[field.name] = fault
    return found


def missing_documents(form: Form, fields: Mapping[str, str], policy: Policy, today: date) -> tuple[str, ...]:
    """The codes of the papers that must be shown and were not, in the form's order, the policy's own last."""
    shown = fields.get("documents", "").split(",")
    needed = [document.code for document in Answers(form, fields, today).documents_needed()]
    return tuple(code for code in dict.fromkeys((*needed, *policy.required_documents)) if code not in shown)


def _documents_fault(form: Form, answers: Answers, text: str, policy: Policy) -> str | None:
    shown = set(filter(None, text.split(",")))
    if not shown <= {document.code for document in form.documents}:
        return "unknown-choice"
    needed = {document.code for document in answers.documents_needed()} | set(policy.required_documents)
    return None if needed <= shown else "document-missing"


def is_other_office(fields: Mapping[str, str], policy: Policy, station: Station) -> bool:
    """Whether the household is recorded outside this office's seat: its district, or its province by policy.

    A provincial office (no district of its own) serves its whole province. False while nothing is chosen yet.
    """
    province, district = fields.get("province_code", ""), fields.get("district_code", "")
    if province and province != station.province_code:
        return True
    by_district = policy.seat_rule == "district" and station.district_code
    return bool(by_district and district and district != station.district_code)
