"""Sound keys: one coarse key for a Lao name and for its usual Latin spellings, so that either finds the other.

Lao is read with the practice spelling of `romanise`; Lao and Latin then pass through the same reductions.

joins        what                                              example
x, s, z      ຊ and ສ                                           Xayachack, Sayachack
r, l         ຣ and ລ; r after a vowel is no sound              Rattana, Latana; Pak, Park
v, w         ວ                                                 Souvanh, Suwan
ch, c, j     ຈ                                                 Chan, Jan
gn, nh, ny   ຍ and ຢ before a vowel, with y                    Xaignabouli, Xayaboury
u, ou, oo,   ຸ ູ ຶ ື ເີ, and ົວ ເືອ ກວ- as well                 Boun, Boon, Bun; Meung, Mueng; Khoua, Khwa, Khua
eu, ue
i, y, ee     ິ ີ, and ຽ; ai, ay, ei                             Bounmy, Bounmee; Vieng, Viang; Xay, Xai
e, ae        ເ ແ                                               Keo, Kaeo
o, or        ໂ ໍ ອ                                             Namo, Namor
finals       -n, -ne, -nh; -t, -th, -d; -k, -ck; -p, -b; -m    Soudavan, Soudavanh, Soudavane
also         case, accents, doubled letters, spaces and hyphens, short and long vowels, tones

Kept apart: k/kh, t/th, p/ph, ph/f before a vowel, all other consonants, and the vowels a, e, i, o, u. It does not join
established names (Vientiane, ວຽງຈັນ) or a lost letter: that is the work of an edit distance.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from workstation.lao.romanise import romanise

_NOT_LETTERS = re.compile("[^a-z0-9]+")
_DOUBLED = re.compile(r"([^0-9])\1+")

# In order. Y, C, K, T, P, G are the single sounds ຍ, ຈ, ຂ, ທ, ພ, ງ; U is a u that the next rules leave alone.
_FINAL = "(?=[^aeiouyw]|$)"
_REDUCTIONS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("tch|ch|c(?=[hei])|j", "C"),
        ("ck|c|q", "k"),
        ("[xz]", "s"),
        ("kkh", "kh"),
        ("tth", "th"),
        ("pph", "ph"),
        (f"(?<=[aeiouyw])(?:th|dh|t|d){_FINAL}", "t"),
        (f"(?<=[aeiouyw])(?:ph|b|p){_FINAL}", "p"),
        (f"(?<=[aeiouyw])(?:kh|gh|k){_FINAL}", "k"),
        ("(?<=[aeiouyw])nh?e?(?=[^aeiouywhg]|$)", "n"),
        ("kh", "K"),
        ("th", "T"),
        ("ph", "P"),
        ("(?<!n)g[nh](?=[aeiouy])|nh(?=[aeiouy])|ny(?=[aeiou])|y(?=[aeiou])", "Y"),
        ("ng", "G"),
        (f"(?<=[aeiouy])r{_FINAL}", ""),
        ("r", "l"),
        ("w(?=[aeiouy])", "v"),
        ("(?<=[kK])v(?=[aeiou])", "u"),
        ("(?<=[ae])o?w", "o"),
        ("w", "o"),
        ("y", "i"),
        ("ee", "i"),
        ("ae(?!u)", "e"),
        ("au", "ao"),
        ("eou$", "eo"),
        ("oou", "oU"),
        ("oo|ou|eu|ue|uu", "u"),
        ("uo(?=i)", "u"),
        ("ei", "ai"),
        ("oa", "u"),
        ("i[ae]", "i"),
        ("u[ae]", "u"),
        ("[ni]*Y", "Y"),
        ("U", "u"),
    )
)


def sound_key(text: str) -> str:
    """The key of one name or of several: ASCII letters and digits without spaces; "" where nothing sounds.

    `sound_key("ສຸດາວັນ") == sound_key("Soudavanh") == sound_key("Sudavan")`. Capitals in it are single sounds, so
    compare as it is. A key of several words is the keys of the words in a row: index given name and surname apart.
    """
    letters = unicodedata.normalize("NFKD", romanise(text, "practice")).lower()
    key = "".join(letter for letter in letters if not unicodedata.combining(letter))
    joined = "".join(_word(word) for word in _NOT_LETTERS.split(key) if word)
    return _DOUBLED.sub(r"\1", joined)


@lru_cache(maxsize=65536)
def _word(latin: str) -> str:
    for pattern, replacement in _REDUCTIONS:
        latin = pattern.sub(replacement, latin)
    return latin
