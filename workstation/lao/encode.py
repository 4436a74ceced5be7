"""One encoding: text that looks the same becomes the same sequence of characters.

Unicode normalisation alone does not do this for Lao: most of its marks have combining class 0, so NFC keeps
the order in which they happened to be typed.
"""

from __future__ import annotations

import re
import unicodedata

from workstation.lao.script import AA, AM, MARK_ORDER, NIGGAHITA, TONES

# Default_Ignorable_Code_Point of Unicode 15 (DerivedCoreProperties.txt): they print nothing by themselves.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_BREAKS = re.compile("\r\n|[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")
_DROPPED = re.compile(f"[\x00-\x1f\x7f-\x9f{_INVISIBLE}]")

_RANK = {mark: rank for rank, mark in enumerate(MARK_ORDER)}
_MARKS = f"[{MARK_ORDER}]"
_RUN = re.compile(f"({_MARKS}*)(?:({AM})({_MARKS}+)|({AA}))|{_MARKS}{{2,}}")
_DOUBLED_E = re.compile("\u0ec0\u0ec0")


def encode(text: str) -> str:
    """`text` in the one encoding that the store keeps; drawn, it looks as before.

    NFC; characters that print nothing and control characters dropped (a tab or line break becomes one space); ເເ
    to ແ; marks of one letter in the order of `script.MARK_ORDER`; niggahita and aa to ຳ with the tone before
    it. Letters, spaces and characters of other scripts are kept as they are. Idempotent.
    """
    again = _arranged(text)
    # A mark of another script between Lao marks can be moved by NFC after the first pass has put Lao in order.
    while again != text:
        text, again = again, _arranged(again)
    return text


def _arranged(text: str) -> str:
    text = unicodedata.normalize("NFC", _DROPPED.sub("", _BREAKS.sub(" ", text)))
    return unicodedata.normalize("NFC", _RUN.sub(_ordered, _DOUBLED_E.sub("\u0ec1", text)))


def _ordered(run: re.Match[str]) -> str:
    marks, am, after_am, aa = run.groups()
    if marks is None:
        return _sorted(run[0])
    if am:
        # The tone of ຳ is stored before it; any other mark stays where it was typed.
        tones = "".join(mark for mark in after_am if mark in TONES)
        rest = "".join(mark for mark in after_am if mark not in TONES)
        return _sorted(marks + tones) + am + _sorted(rest)
    if aa and NIGGAHITA in marks:
        return _sorted(marks.replace(NIGGAHITA, "", 1)) + AM
    return _sorted(marks) + aa


def _sorted(marks: str) -> str:
    return "".join(sorted(marks, key=_RANK.__getitem__))
