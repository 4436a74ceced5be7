"""The Lao keyboard: which letter stands on which key, plain and with Shift; Qt-free.

The keys are those of the Lao standard as xkb has it (symbols/la, "basic"). Two are left out: the key that writes
an invisible joiner, because names hold none, and the key of Enter.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True, slots=True)
class Key:
    """One key: `code` as in linux/input-event-codes.h, `latin` and (with Shift) `capital` as printed on a US keyboard,
    `plain` and (with Shift) `shifted` as in the Lao standard; shifted may be ""."""

    code: int
    latin: str
    plain: str
    shifted: str
    capital: str


def _row(first: int, latin: str, plain: str, shifted: str, capital: str) -> tuple[Key, ...]:
    """Keys side by side; a space in `shifted` is a key without a second letter."""
    return tuple(
        Key(first + place, *letters[:2], letters[2].strip(), letters[3])
        for place, letters in enumerate(zip(latin, plain, shifted, capital, strict=True))
    )


ROWS: tuple[tuple[Key, ...], ...] = (
    _row(2, "1234567890-=", "ຢຟໂຖຸູຄຕຈຂຊໍ", "໑໒໓໔໌ຼ໕໖໗໘໙ ", "!@#$%^&*()_+"),
    (*_row(16, "qwertyuiop[]", "ົໄຳພະິີຣນຍບລ", " ໐ _+  ຮ ຽ-}", "QWERTYUIOP{}"), Key(43, "\\", "ໜ", "ໝ", "|")),
    _row(30, "asdfghjkl;'", "ັຫກດເ້່າສວງ", " ;.,:໊໋!?%=", 'ASDFGHJKL:"'),
    _row(44, "zxcvbnm,./", "ຜປແອຶືທມໃຝ", "₭(ຯ   ໆ`$)", "ZXCVBNM<>?"),
)
BY_CODE = {key.code: key for key in chain(*ROWS)}
BY_LATIN = {key.latin: key for key in chain(*ROWS)}
