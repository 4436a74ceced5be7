"""What somebody typed to find a person: words of a name, numbers, a date, in any order and any mixture."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workstation.database.search_keys import code_key, fold, sound_key, telephone_key
from workstation.lao.dates import DateNotUnderstood, ascii_digits, parse_date
from workstation.lao.encode import encode

LONGEST = 200
_SEPARATORS = re.compile(r"[,;|\s]+")
_DATE_SIGNS = re.compile(r"[/.?-]")
_DIGITS = re.compile(r"\+?[0-9()]+", re.ASCII)
_YEAR = re.compile(r"(?:18|19|20|21)\d\d", re.ASCII)
_CODE = re.compile(r"[0-9A-Za-z+()*./_-]*[0-9][0-9A-Za-z+()*./_-]*", re.ASCII)
_HONORIFICS = frozenset({"ທ້າວ", "ນາງ", "ທ່ານ", "mr", "mrs", "ms"})


@dataclass(frozen=True)
class Word:
    """One word of a name or village: as typed (one encoding), folded, and its sound key ("" where it has none)."""

    typed: str
    folded: str
    sound: str


@dataclass(frozen=True)
class Code:
    """Digits and perhaps letters: `key` as numbers are compared, `telephone` as telephones are, `year` if it is one."""

    typed: str
    key: str
    telephone: str
    year: str


@dataclass(frozen=True)
class Query:
    """What was understood; `dates` are ISO 8601, perhaps without day or month."""

    words: tuple[Word, ...]
    codes: tuple[Code, ...]
    dates: tuple[str, ...]

    @property
    def empty(self) -> bool:
        return not (self.words or self.codes or self.dates)


def _date(text: str) -> str | None:
    try:
        return parse_date(text)
    except DateNotUnderstood:
        return None


def _tokens(text: str) -> list[str]:
    # A telephone or a date typed with spaces between its digits is one thing.
    tokens: list[str] = []
    running: list[str] = []
    for token in [*_SEPARATORS.split(text), ""]:
        if _DIGITS.fullmatch(token):
            running.append(token)
            continue
        if running:
            dated = len(running) == 3 and len(running[2]) == 4 and _date("/".join(running))
            tokens.append("/".join(running) if dated else "".join(running))
            running = []
        if token:
            tokens.append(token)
    return tokens


def understand(text: str) -> Query:
    """Reads what was typed; never refuses. Of more than LONGEST characters the rest is passed over."""
    words: list[Word] = []
    codes: list[Code] = []
    dates: list[str] = []
    for token in _tokens(ascii_digits(encode(text[:LONGEST]))):
        if _DATE_SIGNS.search(token) and (date := _date(token)):
            dates.append(date)
        elif _CODE.fullmatch(token):
            year = token if _YEAR.fullmatch(token) else ""
            digits = telephone_key(token) if _DIGITS.fullmatch(token) or "-" in token else ""
            codes.append(Code(token, code_key(token), digits, year))
        elif token.lower() not in _HONORIFICS and (folded := fold(token)):
            # Punctuation inside a word folds to a space: two words then.
            words.extend(Word(token, part, sound_key(part)) for part in folded.split())
    return Query(tuple(words), tuple(codes), tuple(dates))
