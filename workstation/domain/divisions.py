"""Provinces and districts: the shipped list of first- and second-level divisions.

Codes are those of the national statistics (2 digits for a province, 4 for a district, the first two its
province's); ISO codes are ISO 3166-2:LA. The list is reference data (`resources/data/divisions.csv`) and replaceable.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from workstation.domain.refused import Reason, Refused


@dataclass(frozen=True)
class Division:
    """One province or district. `other_names` are published alternate spellings, Lao and Latin."""

    code: str
    name_lo: str
    name_en: str
    iso: str | None
    other_names: tuple[str, ...]

    @property
    def is_district(self) -> bool:
        return len(self.code) == 4

    @property
    def province_code(self) -> str:
        """The code of its province; a province's own."""
        return self.code[:2]


@cache
def _by_code() -> dict[str, Division]:
    text = (files("resources") / "data" / "divisions.csv").read_text("utf-8")
    return {
        row["code"]: Division(
            code=row["code"],
            name_lo=row["name_lo"],
            name_en=row["name_en"],
            iso=row["iso"] or None,
            other_names=tuple(
                name for column in ("alt_lo", "alt_en") for name in row[column].split("|") if name
            ),
        )
        for row in csv.DictReader(text.splitlines())
    }


def provinces() -> tuple[Division, ...]:
    """The 18 first-level divisions in the order of their codes."""
    return tuple(division for division in _by_code().values() if not division.is_district)


def districts(province_code: str) -> tuple[Division, ...]:
    """The districts of a province in the order of their codes; none for a code that is no province's."""
    return tuple(
        division
        for division in _by_code().values()
        if division.is_district and division.province_code == province_code
    )


def province_codes() -> tuple[str, ...]:
    """The codes of all provinces."""
    return tuple(division.code for division in provinces())


def district_codes(province_code: str) -> tuple[str, ...]:
    """The codes of a province's districts; none for a code that is no province's."""
    return tuple(division.code for division in districts(province_code))


def province(code: str) -> Division:
    """The province with this code; Refused UNKNOWN_DIVISION if there is none."""
    return _found(code, is_district=False)


def district(code: str) -> Division:
    """The district with this code; Refused UNKNOWN_DIVISION if there is none."""
    return _found(code, is_district=True)


def _found(code: str, *, is_district: bool) -> Division:
    division = _by_code().get(code)
    if division is None or division.is_district != is_district:
        raise Refused(Reason.UNKNOWN_DIVISION, code=code)
    return division
