"""Where a line of Lao may break: U+200B at ICU's line boundaries for display, none in data.

Qt has no Lao line breaker; without these a long Lao sentence is one word to it.
"""

from __future__ import annotations

import icu

from workstation.lao.script import MARK_ORDER, is_lao

BREAK = "\u200b"


def with_breaks(text: str) -> str:
    """`text` for display, with U+200B between Lao words; breaks that were there before are set anew."""
    # ICU counts UTF-16 units; UnicodeString slices by the same count.
    units = icu.UnicodeString(without_breaks(text))
    boundaries = icu.BreakIterator.createLineInstance(icu.Locale("lo"))
    boundaries.setText(units)
    pieces: list[str] = []
    start = 0
    for end in boundaries:
        piece = str(units[start:end])
        if pieces and _within_lao(pieces[-1], piece):
            pieces.append(BREAK)
        pieces.append(piece)
        start = end
    return "".join(pieces)


def without_breaks(text: str) -> str:
    """`text` for data: the marks of possible breaks taken out."""
    return text.replace(BREAK, "")


def _within_lao(before: str, after: str) -> bool:
    return is_lao(before[-1]) and is_lao(after[0]) and after[0] not in MARK_ORDER
