"""The applicant's fields: their names, and what a partial date of birth means."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

# The names are stable: drafts, the enrolment message and printed layouts use them. Origin, nationality and ethnic
# group are three things in Lao records.
FIELDS = (
    "honorific",
    "given_name_lo",
    "surname_lo",
    "given_name_latin",
    "surname_latin",
    "sex",
    "birth_date",
    "place_of_birth",
    "origin",
    "nationality",
    "ethnic_group",
    "telephone",
    "household_number",
    "province_code",
    "district_code",
    "village",
    "house_number",
    "unit",
    "documents",
)
REQUIRED = (
    "given_name_lo",
    "given_name_latin",
    "sex",
    "birth_date",
    "nationality",
    "household_number",
    "province_code",
    "district_code",
    "village",
    "documents",
)
LAO_FIELDS = ("given_name_lo", "surname_lo", "place_of_birth", "village")
LATIN_FIELDS = ("given_name_latin", "surname_latin")
SEXES = ("F", "M")
HONORIFICS = ("ທ້າວ", "ນາງ", "ພຣະ", "ສາມະເນນ")
DOCUMENTS = (
    "household_book",
    "old_identity_card",
    "passport_copy",
    "birth_certificate",
    "residence_certificate",
)

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True)
class PartialDate:
    """A date of birth of which day, or day and month, may be unknown (old records). Gregorian calendar."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Reads "YYYY", "YYYY-MM" or "YYYY-MM-DD" (ISO 8601 reduced precision). ValueError if it is no date."""
        match = _PARTIAL.fullmatch(text)
        if match is None:
            raise ValueError("not a partial date")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if year < 1 or (month is not None and not 1 <= month <= 12):
            raise ValueError("no such month")
        if day is not None and not 1 <= day <= calendar.monthrange(year, month or 1)[1]:
            raise ValueError("no such day")
        return cls(year, month, day)

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text

    def earliest(self) -> date:
        """The first day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """The last day it can mean: the age that is certain is counted from it."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def age_on(self, day: date) -> int:
        """Full years that are certain on `day`."""
        born = self.latest()
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def full_name_lo(fields: Mapping[str, str]) -> str:
    """The Lao name without honorific: given name, then surname where there is one."""
    return " ".join(part for part in (fields.get("given_name_lo", ""), fields.get("surname_lo", "")) if part)


def full_name_latin(fields: Mapping[str, str]) -> str:
    """The Latin name: given name, then surname where there is one."""
    return " ".join(
        part for part in (fields.get("given_name_latin", ""), fields.get("surname_latin", "")) if part
    )


def identifiers(fields: Mapping[str, str]) -> tuple[str, str]:
    """The primary and secondary identifier of the machine readable zone (ICAO Doc 9303-3, 4.6): surname and given
    name; a single name stands where the surname would."""
    surname, given = fields.get("surname_latin", ""), fields.get("given_name_latin", "")
    return (surname, given) if surname else (given, "")
