"""How well one application answers to what was typed; pure. Every part of the query must match something."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from workstation.database.search import FoundRow
from workstation.workflow.search.distance import edit_distance
from workstation.workflow.search.query import Code, Query, Word

_SHORT = 4


class How(IntEnum):
    """In what way it matched; less is better."""

    EXACT = 0
    PREFIX = 1
    SOUND = 2
    PART = 3
    SPELLING = 4

    @property
    def word(self) -> str:
        """The stable name ("exact", "prefix", "sound", "part", "spelling")."""
        return self.name.lower()


class Match(NamedTuple):
    """`field` is the key's column: number, name_lo, name_latin, village, birth_date, telephone, ..."""

    field: str
    how: How


def tolerance(word: str) -> int:
    """How many letters a misspelled word may differ by."""
    return 1 if len(word) <= _SHORT else 2


def judge(query: Query, row: FoundRow) -> tuple[Match, ...] | None:
    """One match for each part of the query, or None when some part matches nothing of the row."""
    found = [
        *[_code(code, row) for code in query.codes],
        *[_date(date, row) for date in query.dates],
        *[_word(word, row) for word in query.words],
    ]
    matches = tuple(match for match in found if match is not None)
    return matches if len(matches) == len(found) else None


def rank(query: Query, row: FoundRow, matches: tuple[Match, ...]) -> tuple[int, int, int]:
    """Sorts hits: the weakest match first decides, then all together, then the newest."""
    whole = " ".join(word.folded for word in query.words)
    exactly_so = bool(whole) and whole in (row.name_lo, row.name_latin, row.name_lo.replace(" ", ""))
    hows = [match.how for match in matches]
    return (max(hows, default=0), sum(hows) - exactly_so, -row.ordinal)


def _best(found: Iterable[Match]) -> Match | None:
    return min(found, key=lambda match: match.how, default=None)


def _code(code: Code, row: FoundRow) -> Match | None:
    return _best(_of_code(code, row))


def _of_code(code: Code, row: FoundRow) -> Iterable[Match]:
    if code.year and row.birth_date.startswith(code.year):
        yield Match("birth_date", How.EXACT if row.birth_date == code.year else How.PREFIX)
    pairs = [
        (name, code.key, getattr(row, name)) for name in ("number", "identity_number", "household_number")
    ]
    pairs.append(("telephone", code.telephone or code.key, row.telephone))
    for name, asked, held in pairs:
        if not asked or not held:
            continue
        if held == asked:
            yield Match(name, How.EXACT)
        elif held.startswith(asked):
            yield Match(name, How.PREFIX)
        elif asked in held:
            yield Match(name, How.PART)


def _date(date: str, row: FoundRow) -> Match | None:
    if row.birth_date == date:
        return Match("birth_date", How.EXACT)
    if row.birth_date.startswith(date):
        return Match("birth_date", How.PREFIX)
    # An old record may know only the year or the month.
    if row.birth_date and date.startswith(row.birth_date):
        return Match("birth_date", How.PART)
    return None


def _word(word: Word, row: FoundRow) -> Match | None:
    asked = word.folded
    texts = (("name_lo", row.name_lo), ("name_latin", row.name_latin), ("village", row.village))
    best: Match | None = None
    for name, text in texts:
        how = _how_written(asked, text)
        if how is How.EXACT:
            return Match(name, how)
        if how is not None and (best is None or how < best.how):
            best = Match(name, how)
    if best is not None and best.how < How.SOUND:
        return best
    if word.sound:
        sounds = row.sound.split()
        if word.sound in sounds or (len(word.sound) >= 3 and any(s.startswith(word.sound) for s in sounds)):
            return Match("name_lo" if row.name_lo else "name_latin", How.SOUND)
    if best is not None:
        return best
    most = tolerance(asked)
    for name, text in texts:
        if any(edit_distance(asked, part, most) <= most for part in text.split()):
            return Match(name, How.SPELLING)
    return None


def _how_written(asked: str, text: str) -> How | None:
    if asked in text:
        spaced = f" {text} "
        if f" {asked} " in spaced:
            return How.EXACT
        if f" {asked}" in spaced:
            return How.PREFIX
    # Given name and surname typed as one word are no misspelling.
    joined = text.replace(" ", "")
    if asked not in joined:
        return None
    return How.EXACT if asked == joined else How.PREFIX if joined.startswith(asked) else How.PART
