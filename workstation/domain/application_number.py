"""The number people see: OFFICE-STATION-YYMMDD-NNN and a check digit, allocated without a line.

The check digit is ISO 7064 MOD 37,2 over the letters and digits: it finds every single wrong character and every
swap of two neighbours, and may itself be a digit, a letter or `*`.
"""

from __future__ import annotations

import re
from datetime import date

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
_PATTERN = re.compile(r"[0-9A-Z]{2,8}-[0-9A-Z]{1,4}-[0-9]{6}-[0-9]{3,5}-[0-9A-Z*]")


def check_character(text: str) -> str:
    """ISO 7064 MOD 37,2 check character of `text` (hyphens are passed over)."""
    remainder = 0
    for character in text.replace("-", ""):
        remainder = (remainder + _ALPHABET.index(character)) * 2 % 37
    return _ALPHABET[(38 - remainder) % 37]


def application_number(office: str, station: str, day: date, ordinal: int) -> str:
    """The number of the `ordinal`-th application (from 1) of that office day at that station."""
    body = f"{office}-{station}-{day:%y%m%d}-{ordinal:03d}"
    return f"{body}-{check_character(body)}"


def receipt_number(office: str, station: str, day: date, ordinal: int) -> str:
    """The number of the `ordinal`-th fee receipt of that office day there; its R keeps it from being taken for an
    application's."""
    body = f"{office}-{station}-{day:%y%m%d}-R{ordinal:03d}"
    return f"{body}-{check_character(body)}"


def is_application_number(text: str) -> bool:
    """Whether `text` has the form and the check character is right."""
    return bool(_PATTERN.fullmatch(text)) and check_character(text[:-2]) == text[-1]
