"""Search folding: spellings of one Lao name that are easily confused become one text. Never shown, never stored alone.

What it joins is the published spread of place names (the same district on two government lists), not phonetics:
whatever it leaves apart is the work of an edit distance.
"""

from __future__ import annotations

import re
import unicodedata

from workstation.lao.canonical import canonical
from workstation.lao.script import CONSONANTS, is_lao

# Letters of one sound to one letter; the Pali letters of Unicode 12 to their Lao neighbours.
_LETTERS = str.maketrans(
    "ຂສຊຜຝຖຫຢຣໞໟຆຉຌຎຏຐຑຒຓຘຠຨຩຬຶີູໃ",
    "ຄຊຊພຟທຮຍລກຍຄຊຊຍຕທທທນທພຊຊລືິຸໄ",
)
_SILENT = re.compile(
    "[ຯໆ\u0eba\u0ec8-\u0ecc\u0ece]"
)  # tones, cancellation, repetition and abbreviation signs
_LEADING_H = re.compile("ຫ(?=[ງຍວຣ])")
_OTHER_SCRIPTS = re.compile("[^\u0e80-\u0eff]+")
_DIGITS = str.maketrans("໐໑໒໓໔໕໖໗໘໙", "0123456789")
_SPACE = re.compile(r"\s+")

_C = f"[{CONSONANTS}]"
# Each vowel written around its consonant becomes one sign after it, short and long alike.
_VOWELS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("ໜ", "ນ"),
        ("ໝ", "ມ"),
        ("ຫ\u0ebc", "ລ"),
        ("\u0ebc", "ລ"),
        (f"ເ({_C})\u0ebbາ", r"\1າວ"),  # ເ-ົາ, ao
        (f"ເ({_C})າ[ະ]?", r"\1ອ"),  # ເ-າະ, short open o
        (f"ເ({_C})\u0eb1?[ຍຽ]", r"\1ຽ"),  # ເ-ັຍ, ia
        (f"ໄ({_C})ຍ?", r"\1າຍ"),  # ໄ-, ai
        (f"ໂ({_C})ະ?", "\\1\u0ebb"),  # ໂ-ະ, o
        (f"([ເແ]{_C})[ະ\u0eb1]", r"\1"),  # short e and ae
        ("\u0eb1ຽ", "ຽ"),
        ("[\u0ebb\u0eb1]ວະ?", "ວ"),  # ົວ, ua
        ("\u0eb1ອ", "ອ"),
        ("\u0ecd", "ອ"),
        ("ຳ", "າມ"),
        ("[ະ\u0eb1]", "າ"),
        ("([າອ\u0eb4-\u0eb9\u0ebb])\\1+", r"\1"),
    )
)


def fold(text: str) -> str:
    """`text` for searching: tones and signs dropped, confusable consonants and long and short vowels joined.

    Lao digits become ASCII; other scripts lose case and accents; punctuation counts as a space, and spaces
    beside Lao letters are dropped, because Lao writes none between words. Idempotent.
    """
    again = _folded(text)
    while again != text:
        text, again = again, _folded(again)
    return text


def _folded(text: str) -> str:
    read = canonical(text)
    bare = _SILENT.sub("", _OTHER_SCRIPTS.sub(_plain, read.translate(_DIGITS)))
    bare = _without_spaces_beside_lao(_SPACE.sub(" ", bare).strip())
    # What was taken out may have parted ຫ from ລ, or one ເ from another.
    text = bare if bare == read else canonical(bare)
    text = _LEADING_H.sub("", text)
    for pattern, replacement in _VOWELS:
        text = pattern.sub(replacement, text)
    return text.translate(_LETTERS)


def _plain(run: re.Match[str]) -> str:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", run[0]).casefold())
    kept = (letter for letter in letters if not unicodedata.combining(letter))
    return "".join(" " if unicodedata.category(letter)[0] in "PZ" else letter for letter in kept)


def _without_spaces_beside_lao(text: str) -> str:
    words = text.split(" ")
    joined = words[:1]
    for word in words[1:]:
        if is_lao(joined[-1][-1:]) or is_lao(word[:1]):
            joined[-1] += word
        else:
            joined.append(word)
    return " ".join(joined)
