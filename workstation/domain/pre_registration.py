"""The number of a pre-registration: PR-OFFICE-XXXXXXXX-C, read from a slip, a screen or a clerk's typing.

OFFICE is the code of the office it is meant for, the eight in the middle are random out of 32 letters and digits that
nobody takes for one another, C is the check character of ISO 7064 MOD 37,2 (a digit, a letter or `*`): every single
wrong character and every swap of two neighbours is found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import category as _category
from unicodedata import digit as _digit

from workstation.domain.applicant import FIELDS
from workstation.domain.application_number import check_character

# Crockford's base 32: no I, L, O and U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM = 8
_TYPED_FOR = str.maketrans("ILO", "110")
_HYPHENED = re.compile(r"PR-([0-9A-Z]{2,8})-([0-9A-Z]{8})-([0-9A-Z*])")
_BARE = re.compile(r"PR([0-9A-Z]{2,8})([0-9A-Z]{8})([0-9A-Z*])")

# What a citizen may say of himself at home. Papers shown, consent and the fee are seen at the counter only; a portrait
# is taken there.
CITIZEN_FIELDS = (
    *(name for name in FIELDS if name != "documents"),
    "religious_name_lo",
    "religious_name_latin",
    "guardian_name_lo",
    "guardian_relation",
    "guardian_identity_number",
    "guardian_telephone",
)


@dataclass(frozen=True)
class PreRegistrationNumber:
    """A number whose check character is right."""

    office_code: str
    random: str
    check: str

    def __str__(self) -> str:
        return f"PR-{self.office_code}-{self.random}-{self.check}"


def make_number(office_code: str, random: str) -> PreRegistrationNumber:
    """The number of those eight letters (of ALPHABET) for that office."""
    return PreRegistrationNumber(office_code, random, check_character(f"PR-{office_code}-{random}"))


def looks_like_number(text: str) -> bool:
    """Whether `text` is meant as a number of a pre-registration, rightly typed or not.

    Without hyphens only a right one that holds a digit is: a long name may begin with PR too.
    """
    parts = _parts(text)
    if parts is None:
        return False
    return any(_category(character) == "Pd" for character in text) or (
        read_number(text) is not None and any(letter.isdigit() for letter in "".join(parts))
    )


def read_number(text: str) -> PreRegistrationNumber | None:
    """The number that was typed or scanned, None when it is none or its check character is wrong.

    Small letters, Lao and full-width digits, spaces, any dash or none make no difference; I, L and O within the
    random part are read as 1, 1 and 0.
    """
    parts = _parts(text)
    if parts is None:
        return None
    office, random, check = parts
    found = make_number(office, random.translate(_TYPED_FOR))
    return found if found.check == check and set(found.random) <= set(ALPHABET) else None


def _parts(text: str) -> tuple[str, str, str] | None:
    kept = []
    for character in text.strip():
        if _category(character) == "Nd":
            kept.append(str(_digit(character)))
        elif _category(character) == "Pd":
            kept.append("-")
        elif not character.isspace():
            kept.append(character.upper())
    plain = "".join(kept)
    match = _HYPHENED.fullmatch(plain) or _BARE.fullmatch(plain)
    return None if match is None else (match[1], match[2], match[3])
