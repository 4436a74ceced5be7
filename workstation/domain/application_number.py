"""The number people see: OFFICE-STATION-YYMMDD-NNN and a check digit, allocated without a line.

The check digit is ISO 7064 MOD 37,2 over the letters and digits: it finds every single wrong character and every
swap of two neighbours, and may itself be a digit, a letter or `*`.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
_PATTERN = re.compile(r"[0-9A-Z]{2,8}-[0-9A-Z]{1,4}-[0-9]{6}-[0-9]{3,5}-[0-9A-Z*]")


def check_character(text: str) -> str:
    """ISO 7064 MOD 37,2 check character of `text` (hyphens are passed over)."""
    return _ALPHABET[(38 - _remainder(0, text)) % 37]


def _remainder(remainder: int, text: str) -> int:
    for character in text.replace("-", ""):
        remainder = (remainder + _ALPHABET.index(character)) * 2 % 37
    return remainder


@lru_cache(maxsize=256)
def _of_day(office: str, station: str, day: date) -> tuple[str, int]:
    """What the numbers of one day begin with, and the check so far."""
    body = f"{office}-{station}-{day:%y%m%d}-"
    return body, _remainder(0, body)


def application_number(office: str, station: str, day: date, ordinal: int) -> str:
    """The number of the `ordinal`-th application (from 1) of that office day at that station."""
    body, remainder = _of_day(office, station, day)
    digits = f"{ordinal:03d}"
    return f"{body}{digits}-{_ALPHABET[(38 - _remainder(remainder, digits)) % 37]}"


def receipt_number(office: str, station: str, day: date, ordinal: int) -> str:
    """The number of the `ordinal`-th fee receipt of that office day there; its R keeps it from being taken for an
    application's."""
    body = f"{office}-{station}-{day:%y%m%d}-R{ordinal:03d}"
    return f"{body}-{check_character(body)}"


def is_application_number(text: str) -> bool:
    """Whether `text` has the form and the check character is right."""
    return bool(_PATTERN.fullmatch(text)) and check_character(text[:-2]) == text[-1]
