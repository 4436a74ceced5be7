"""Dates as Lao offices write them: day/month/year, Christian era, Lao or Latin digits; old ones may be partial.

Stored as "YYYY", "YYYY-MM" or "YYYY-MM-DD" (ISO 8601 reduced precision) in ASCII digits.
"""

from __future__ import annotations

import re
from typing import Literal

from workstation.domain.applicant import PartialDate

MONTHS_LO = (
    "ມັງກອນ", "ກຸມພາ", "ມີນາ", "ເມສາ", "ພຶດສະພາ", "ມິຖຸນາ",
    "ກໍລະກົດ", "ສິງຫາ", "ກັນຍາ", "ຕຸລາ", "ພະຈິກ", "ທັນວາ",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = (
    1850,
    2199,
)  # outside, a year is a slip of the hand or of another era (2567 is Buddhist)

_ASCII_DIGITS = str.maketrans("໐໑໒໓໔໕໖໗໘໙", "0123456789")
_DAY_FIRST = re.compile(r"(?:(?:(\d{1,2})([/.-]))?(\d{1,2})[/.-])?(\d{2}|\d{4})", re.ASCII)
_WITHOUT_SIGNS = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_UNKNOWN = re.compile(r"(?<![^/.-])\?{1,2}(?=[/.-])")  # never inside a number: 19?0 is no year
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", re.ASCII)


class DateNotUnderstood(ValueError):
    """What was typed is no date. `code`: not-a-date, year-short, year-out-of-range, day-without-month, no-such-day."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def ascii_digits(text: str) -> str:
    """`text` with Lao digits ໐-໙ as 0-9."""
    return text.translate(_ASCII_DIGITS)


def parse_date(text: str) -> str:
    """The stored form of a typed date; raises DateNotUnderstood.

    Reads d/M/yyyy, M/yyyy and yyyy with / . or - between, ddMMyyyy without, and the stored form itself. A day or
    month of 0, 00, ? or ?? is an unknown one. Two-digit years are refused, because 67 may be 1967 or a Buddhist 2567.
    """
    typed = _UNKNOWN.sub("0", re.sub(r"\s", "", ascii_digits(text)))
    if stored := _YEAR_FIRST.fullmatch(typed):
        year, month, day = stored.groups()
    elif without := _WITHOUT_SIGNS.fullmatch(typed):
        day, month, year = without.groups()
    elif day_first := _DAY_FIRST.fullmatch(typed):
        day, _, month, year = day_first.groups()
    else:
        raise DateNotUnderstood("not-a-date")
    if len(year) == 2:
        raise DateNotUnderstood("year-short")
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise DateNotUnderstood("year-out-of-range")
    parts = [int(month or 0), int(day or 0)]
    if parts[1] and not parts[0]:
        raise DateNotUnderstood("day-without-month")
    canonical = "-".join([year, *(f"{part:02d}" for part in parts if part)])
    try:
        return str(PartialDate.parse(canonical))
    except ValueError as fault:
        raise DateNotUnderstood("no-such-day") from fault


def format_date(stored: str) -> str:
    """A stored date as offices print it: dd/mm/yyyy, mm/yyyy or yyyy; ValueError if it is not a stored date."""
    return "/".join(reversed(str(PartialDate.parse(stored)).split("-")))


def format_date_in_words(stored: str, language: Literal["lo", "en"]) -> str:
    """A stored date with the month's name: "19 ມັງກອນ 1990"; ValueError if it is not a stored date."""
    date = PartialDate.parse(stored)
    names = MONTHS_LO if language == "lo" else MONTHS_EN
    parts = [str(date.day)] if date.day else []
    if date.month:
        parts.append(names[date.month - 1])
    return " ".join([*parts, f"{date.year:04d}"])
