"""From an applicant's fields to the keys that searches compare; pure, the same for what is stored and what is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations

from workstation.lao.dates import ascii_digits
from workstation.lao.fold import fold as _fold
from workstation.lao.sound import sound_key as _sound_key

_NOT_CODE = re.compile(r"[^0-9a-z*]")
_NO_DIGIT = re.compile(r"\D")
_COUNTRY = re.compile(r"^(?:00856|856)")
_LETTERED = ("name_latin", "number", "village", "telephone", "household_number", "identity_number")
_BEGINNING = 7
_LETTERS_OUT = 2
_LONGEST = 400

# Names repeat: folding a known one again costs a look-up.
fold = lru_cache(maxsize=65536)(_fold)
sound_key = lru_cache(maxsize=65536)(_sound_key)


def code_key(text: str) -> str:
    """A number as it is compared: ASCII digits and small letters, nothing between; `*` may be a check character."""
    if not text.isascii():
        text = ascii_digits(text)
    return _NOT_CODE.sub("", text.lower())


def telephone_key(text: str) -> str:
    """The digits of a telephone number without country code and leading zeros."""
    digits = _NO_DIGIT.sub("", text if text.isascii() else ascii_digits(text))
    return _COUNTRY.sub("", digits).lstrip("0") if len(digits) >= 6 else digits


@lru_cache(maxsize=65536)
def folded_words(text: str) -> str:
    """Each word folded by itself, parted by one space."""
    return " ".join(key for word in text.split() if (key := fold(word)))


def _in_both_orders(given: str, surname: str) -> tuple[str | None, str | None]:
    if given and surname:
        return f"{given} {surname}"[:_LONGEST], f"{surname} {given}"[:_LONGEST]
    one = (given or surname)[:_LONGEST] or None
    return one, one


@lru_cache(maxsize=65536)
def _sounds(words: str) -> str:
    return " ".join(key for word in words.split() if (key := sound_key(word)))


def person_keys(fields: Mapping[str, str]) -> dict[str, str | None]:
    """Columns of the search row that come from the applicant's fields; None for what is empty."""
    given_lo, surname_lo = fields.get("given_name_lo", ""), fields.get("surname_lo", "")
    given_latin, surname_latin = fields.get("given_name_latin", ""), fields.get("surname_latin", "")
    lo, lo_turned = _in_both_orders(folded_words(given_lo), folded_words(surname_lo))
    latin, latin_turned = _in_both_orders(folded_words(given_latin), folded_words(surname_latin))
    sound, sound_turned = _in_both_orders(
        _sounds(given_lo) or _sounds(given_latin), _sounds(surname_lo) or _sounds(surname_latin)
    )
    return {
        "name_lo": lo,
        "name_lo_turned": lo_turned,
        "name_latin": latin,
        "name_latin_turned": latin_turned,
        "sound": sound,
        "sound_turned": sound_turned,
        "birth_date": fields.get("birth_date") or None,
        "village": folded_words(fields.get("village", "")).replace(" ", "")[:_LONGEST] or None,
        "telephone": telephone_key(fields.get("telephone", ""))[:40] or None,
        "household_number": code_key(fields.get("household_number", ""))[:80] or None,
    }


def letters_of(keys: Mapping[str, str | None]) -> str:
    """The text whose parts can be searched: the Lao name without its space, and every other key."""
    name_lo = keys.get("name_lo")
    parts = [name_lo.replace(" ", "") if name_lo else None, *map(keys.get, _LETTERED)]
    return "\n".join(filter(None, parts))


def name_words(keys: Mapping[str, str | None]) -> frozenset[str]:
    """The words of a row for which misspellings are known."""
    words: set[str] = set()
    for name in ("name_lo", "name_latin", "village"):
        words.update((keys.get(name) or "").split())
    return frozenset(word for word in words if 3 <= len(word) <= 40)


@lru_cache(maxsize=65536)
def shortened(word: str) -> frozenset[str]:
    """The word's first letters with none, one or two of them taken out."""
    beginning = word[:_BEGINNING]
    length = len(beginning)
    return frozenset(
        "".join(beginning[place] for place in kept)
        for out in range(min(_LETTERS_OUT, length - 1) + 1)
        for kept in combinations(range(length), length - out)
        if kept
    )
