"""Lao in Latin letters, syllable by syllable: the BGN/PCGN system of 1966, or the spelling of passports.

The spellings are the tables of resources/romanisation. Only a proposal: the officer decides, and a passport wins.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from workstation.lao.canonical import canonical
from workstation.lao.dates import ascii_digits
from workstation.lao.syllables import BARE, REPETITION, SIGN, Syllable, syllables, table

Profile = Literal["bgn", "practice"]

_RUN = re.compile("[\u0e80-\u0ecf\u0eda-\u0eff]+")
_APART = re.compile(f"\\s+(?={REPETITION})")


class _Spelling(NamedTuple):
    initials: dict[str, str]
    vowels: dict[str, str]
    finals: dict[str, str]
    finals_last: dict[str, str]
    rimes: dict[tuple[str, str, str], str]
    joints: dict[str, str]
    signs: dict[str, str]


def romanise(text: str, profile: Profile = "bgn") -> str:
    """The Latin spelling of the Lao in `text`; what is not Lao passes through as it was encoded.

    bgn       BGN/PCGN 1966: lower case, because Lao has none, with é, è and ô: ຄົນ is khôn
    practice  as on passports and in government lists: a capital for each word, no accents: ສຸດາວັນ is Soudavanh

    Lao becomes the letters a-z, é, è and ô; Lao digits become 0-9; tone marks and ຯ print nothing; ໆ repeats its
    syllable. Words are parted where the Lao is. A vowel sign without its consonant is read alone. Never fails.
    """
    read = ascii_digits(_APART.sub("", canonical(text)))
    return _RUN.sub(lambda run: _word(run[0], profile), read)


@lru_cache(maxsize=65536)
def _word(run: str, profile: Profile) -> str:
    spelling = _spelling(profile)
    found = syllables(run)
    latin = ""
    spoken = ""
    for place, syllable in enumerate(found):
        if syllable.initial != REPETITION:
            spoken = _spelled(syllable, spelling, last=place == len(found) - 1)
            if profile == "practice" and latin:
                spoken = _after(latin, spoken, syllable)
        latin += spoken
    for met, shortened in spelling.joints.items():
        latin = latin.replace(met, shortened)
    return latin[:1].upper() + latin[1:] if profile == "practice" else latin


def _after(latin: str, spoken: str, syllable: Syllable) -> str:
    """ຍ inside a name is y after a vowel and in Pali -ya (Xaya, Panya), else nh (Bounnhang)."""
    if syllable.initial == "ຍ" and (
        latin[-1] in "aeiouy" or (syllable.frame in ("-ະ", "-າ") and not syllable.final)
    ):
        return "y" + spoken.removeprefix("nh")
    return spoken


def _spelled(syllable: Syllable, spelling: _Spelling, *, last: bool) -> str:
    initial, frame, final = syllable.initial, syllable.frame, syllable.final
    if frame == SIGN:
        return spelling.signs.get(initial, "")
    if frame == BARE:
        return (
            spelling.finals_last.get(initial, spelling.initials[initial])
            if last
            else spelling.initials[initial] + "a"
        )
    rime = spelling.rimes.get((frame, final, "last" if last else "any")) or spelling.rimes.get(
        (frame, final, "any")
    )
    if rime is None:
        closing = spelling.finals_last if last else spelling.finals
        rime = spelling.vowels[frame] + (closing[final] if final else "")
    return spelling.initials[initial] + rime


@cache
def _spelling(profile: Profile) -> _Spelling:
    vowels = {row["frame"]: row[profile] for row in table("vowels")}
    finals = table("finals")
    return _Spelling(
        initials={row["lao"]: row[profile] for row in table("initials")},
        vowels=vowels,
        finals={row["lao"]: row[profile] for row in finals},
        finals_last={row["lao"]: row["practice_last" if profile == "practice" else "bgn"] for row in finals},
        rimes={
            (row["frame"], row["final"], row["position"]): row["latin"]
            for row in table("rimes")
            if row["profile"] == profile
        },
        joints={row["met"]: row["latin"] for row in table("joints") if row["profile"] == profile},
        signs={sign: latin for frame, latin in vowels.items() if len(sign := frame.replace("-", "")) == 1},
    )
