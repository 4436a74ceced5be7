"""Who in this office may be the same person: candidates by index, scored by what agrees and what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workstation.database import Connection
from workstation.database import search as rows
from workstation.database.search import FoundRow, Way
from workstation.database.search_keys import person_keys
from workstation.workflow.office import Office
from workstation.workflow.search.distance import edit_distance
from workstation.workflow.search.find import Hit

# Points of agreement and difference. A name alone, or a birth date alone, is nobody; a name and a birth date are
# likely the same person, and so are a name that only sounds alike, the household and the telephone together.
_NAME, _NAME_ALIKE, _BIRTH, _BIRTH_PARTLY, _HOUSEHOLD, _TELEPHONE, _VILLAGE = 40, 30, 35, 12, 15, 15, 5
_OTHER_BIRTH, _OTHER_SEX, _OTHER_NAME = -15, -25, -20
LIKELY = 55
_CANDIDATES = 60


@dataclass(frozen=True)
class Duplicate:
    """Perhaps the same person. `agrees`, `alike` and `differs` name fields; `score` is at least LIKELY."""

    hit: Hit
    score: int
    agrees: tuple[str, ...]
    alike: tuple[str, ...]
    differs: tuple[str, ...]


def duplicates(
    office: Office, fields: Mapping[str, str], *, without: str = "", limit: int = 5
) -> tuple[Duplicate, ...]:
    """The likeliest first. `fields` may be a draft, `without` is the application they are typed into."""
    return office.store.read(
        lambda connection: find_duplicates(connection, fields, without=without, limit=limit)
    )


def find_duplicates(
    connection: Connection, fields: Mapping[str, str], *, without: str = "", limit: int = 5
) -> tuple[Duplicate, ...]:
    """As `duplicates`, for whoever reads in a snapshot already."""
    keys = {name: key or "" for name, key in person_keys(fields).items()}
    found: list[Duplicate] = []
    for row in _candidates(connection, keys).values():
        if row.application_id != without:
            shown = Hit(row)
            score, agrees, alike, differs = _compare(keys, row, fields.get("sex", ""), _sex(row))
            if score >= LIKELY:
                found.append(Duplicate(shown, score, agrees, alike, differs))
    found.sort(key=lambda duplicate: (-duplicate.score, duplicate.hit.number))
    return tuple(found[:limit])


def _sex(row: FoundRow) -> str:
    return "F" if '"sex": "F"' in row.fields else "M" if '"sex": "M"' in row.fields else ""


def _candidates(connection: Connection, keys: Mapping[str, str]) -> dict[int, FoundRow]:
    ways: list[Way] = []
    for name in ("name_lo", "name_latin"):
        if keys[name]:
            words = tuple(keys[name].split())
            if keys["birth_date"]:
                ways.append(rows.born_and_named(keys["birth_date"], words[:1], _CANDIDATES))
            ways.append(rows.named(words, _CANDIDATES, whole=True))
    if keys["sound"]:
        ways.append(rows.sounding(tuple(keys["sound"].split()), _CANDIDATES, whole=True))
    if keys["birth_date"]:
        ways.append(rows.born(keys["birth_date"], 200))
    if keys["telephone"]:
        ways.append(rows.with_telephone(keys["telephone"], _CANDIDATES))
    if keys["household_number"]:
        ways.append(rows.with_household(keys["household_number"], _CANDIDATES))
    if not ways:
        return {}
    answers = rows.ordinals(connection, ways, rows.NO_FILTER)
    return rows.people(connection, tuple(dict.fromkeys(ordinal for way in answers for ordinal in way)))


def _compare(
    keys: Mapping[str, str], row: FoundRow, sex: str, other_sex: str
) -> tuple[int, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    score = 0
    agrees: list[str] = []
    alike: list[str] = []
    differs: list[str] = []

    def note(where: list[str], field: str, points: int) -> None:
        nonlocal score
        where.append(field)
        score += points

    named = [n for n in ("name_lo", "name_latin") if keys[n] and getattr(row, n)]
    same = [n for n in named if sorted(keys[n].split()) == sorted(getattr(row, n).split())]
    if same:
        note(agrees, same[0], _NAME)
    elif keys["sound"] and keys["sound"] == row.sound:
        note(alike, "name_lo" if keys["name_lo"] else "name_latin", _NAME_ALIKE)
    elif any(edit_distance(keys[n], getattr(row, n), 2) <= 2 for n in named):
        note(alike, named[0], _NAME_ALIKE)
    elif named:
        note(differs, named[0], _OTHER_NAME)
    if keys["birth_date"] and row.birth_date:
        if keys["birth_date"] == row.birth_date:
            note(agrees, "birth_date", _BIRTH)
        elif _may_be_same(keys["birth_date"], row.birth_date):
            note(alike, "birth_date", _BIRTH_PARTLY)
        else:
            note(differs, "birth_date", _OTHER_BIRTH)
    for field, points in (("household_number", _HOUSEHOLD), ("telephone", _TELEPHONE), ("village", _VILLAGE)):
        if keys[field] and getattr(row, field):
            if keys[field] == getattr(row, field):
                note(agrees, field, points)
            else:
                note(differs, field, 0)
    if sex and other_sex and sex != other_sex:
        note(differs, "sex", _OTHER_SEX)
    return score, tuple(agrees), tuple(alike), tuple(differs)


def _may_be_same(one: str, other: str) -> bool:
    """One of the dates is partial and holds the other, or day and month changed places."""
    if one.startswith(other) or other.startswith(one):
        return True
    parts, others = one.split("-"), other.split("-")
    return len(parts) == len(others) == 3 and [parts[0], parts[2], parts[1]] == others
