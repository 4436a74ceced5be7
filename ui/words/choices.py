"""The lists of the intake form: what is stored, what is shown in Lao and Latin letters, and how typing finds it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ui.language import _
from workstation.domain.applicant import DOCUMENTS, HONORIFICS
from workstation.domain.divisions import districts, provinces
from workstation.lao.fold import fold


@dataclass(frozen=True)
class Choice:
    """One line of a list: the stored code and its two names (`latin` may be empty)."""

    code: str
    lo: str
    latin: str

    def label(self, language: str) -> str:
        """Both names, the one of the window's language first."""
        names = (self.lo, self.latin) if language == "lo" else (self.latin, self.lo)
        return " · ".join(dict.fromkeys(name for name in names if name))


def province_choices() -> tuple[Choice, ...]:
    """The first-level units in the order of their codes."""
    return tuple(Choice(unit.code, unit.name_lo, unit.name_en) for unit in provinces())


def district_choices(province_code: str) -> tuple[Choice, ...]:
    """The districts of one province; none while no province is chosen."""
    if not province_code:
        return ()
    return tuple(Choice(unit.code, unit.name_lo, unit.name_en) for unit in districts(province_code))


@cache
def ethnic_group_choices() -> tuple[Choice, ...]:
    """The shipped list of ethnic groups; the stored code is the number in that list."""
    text = (files("resources") / "data" / "ethnic_groups.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(Choice(row["no"], row["name_lo"], row["name_en"]) for row in rows)


def honorific_choices() -> tuple[Choice, ...]:
    """Honorifics are not part of the name; stored in Lao."""
    latin = {"ທ້າວ": "Mr", "ນາງ": "Ms", "ພຣະ": "Monk", "ສາມະເນນ": "Novice"}
    return tuple(Choice(word, word, latin.get(word, "")) for word in HONORIFICS)


def sex_choices() -> tuple[Choice, ...]:
    """Female and male."""
    return (Choice("F", "ຍິງ", "Female"), Choice("M", "ຊາຍ", "Male"))


def nationality_choices() -> tuple[Choice, ...]:
    """The card is for citizens: one line (ICAO Doc 9303-3 code)."""
    return (Choice("LAO", "ລາວ", "Lao"),)


def shipped_choices(named: str, province_code: str) -> tuple[Choice, ...]:
    """The list that a form names by `choices_from`; districts are those of the province."""
    if named == "districts":
        return district_choices(province_code)
    lists: dict[str, Callable[[], tuple[Choice, ...]]] = {
        "provinces": province_choices,
        "ethnic_groups": ethnic_group_choices,
        "honorifics": honorific_choices,
        "sexes": sex_choices,
        "nationalities": nationality_choices,
    }
    return lists[named]()


def document_label(code: str) -> str:
    """What a document is called in the window's language."""
    names = {
        "household_book": _("Household book"),
        "old_identity_card": _("Current identity card"),
        "passport_copy": _("Copy of the passport"),
        "birth_certificate": _("Birth certificate"),
        "residence_certificate": _("Residence certificate"),
        "guardian_identity_card": _("Guardian's identity card"),
        "police_report": _("Police report"),
        "evidence": _("Evidence of the correction"),
    }
    return names.get(code, code)


def documents_of(stored: str) -> frozenset[str]:
    """The documents in a stored comma-joined list."""
    return frozenset(code for code in stored.split(",") if code)


def documents_text(chosen: Iterable[str]) -> str:
    """The stored form: known documents in their fixed order, joined by commas."""
    wanted = frozenset(chosen)
    return ",".join(code for code in DOCUMENTS if code in wanted)


def find_typed(choices: Sequence[Choice], typed: str, start: int) -> int | None:
    """Index of the next choice from `start` (round the end) whose Lao or Latin name begins with `typed`.

    Tones and confusable Lao letters are passed over when nothing begins with exactly these letters.
    """
    wanted = typed.strip().casefold()
    if not wanted or not choices:
        return None
    order = [(start + step) % len(choices) for step in range(len(choices))]
    for index in order:
        if choices[index].lo.startswith(wanted) or choices[index].latin.casefold().startswith(wanted):
            return index
    folded = fold(wanted)
    if not folded:
        return None
    return next((index for index in order if fold(choices[index].lo).startswith(folded)), None)
