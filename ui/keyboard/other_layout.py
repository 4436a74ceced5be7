"""Typed while the wrong layout was active: what the same keys write in the other one, where that makes sense; Qt-free.

Offered only where the result can be meant: a Lao name typed by Latin letters reads as Lao syllables, a Latin name or
a number typed by Lao letters holds nothing but its letters or digits.
"""

from __future__ import annotations

from itertools import chain

from ui.keyboard.layout import ROWS
from workstation.lao.encode import encode
from workstation.lao.syllables import REPETITION, SIGN, syllables
from workstation.workflow.intake.checks import is_lao, is_latin

_KEYS = tuple(chain(*ROWS))
_TO_LATIN = {key.shifted: key.capital for key in _KEYS if key.shifted} | {
    key.plain: key.latin for key in _KEYS
}
_TO_LAO = {key.capital: key.shifted for key in _KEYS} | {key.latin: key.plain for key in _KEYS}
_VOWELS = frozenset("aeiouy")
_OF_NUMBERS = frozenset("0123456789 +-/.?")


def as_latin(text: str) -> str:
    """What the keys that wrote `text` in the Lao layout write in the US one; what no key writes stays."""
    return "".join(_TO_LATIN.get(letter, letter) for letter in text)


def as_lao(text: str) -> str:
    """What the keys that wrote `text` in the US layout write in the Lao one, in the one encoding of the store."""
    return encode("".join(_TO_LAO.get(letter, letter) for letter in text))


def meant(text: str, wanted: str) -> str:
    """What was meant, where `text` was typed with the wrong layout in a field of `wanted` (lao, latin, number).

    Empty where nothing better than `text` is known.
    """
    lao = any("\u0e80" <= letter <= "\u0eff" for letter in text)
    latin = any(letter.isascii() and letter.isalpha() for letter in text)
    if lao == latin or lao == (wanted == "lao"):
        return ""
    turned = as_lao(text) if wanted == "lao" else as_latin(text)
    if wanted == "number":
        return turned if set(turned) <= _OF_NUMBERS else ""
    if wanted == "latin":
        return turned if is_latin(turned) and _reads_as_latin(turned) else ""
    return turned if is_lao(turned) and _reads_as_lao(turned) else ""


def _reads_as_latin(text: str) -> bool:
    return all(_VOWELS & set(word.lower()) for word in text.split())


def _reads_as_lao(text: str) -> bool:
    found = [syllable for word in text.split() for syllable in syllables(word)]
    return bool(found) and all(syllable.frame != SIGN or syllable.initial == REPETITION for syllable in found)
