"""The Lao keyboard's letters stand where xkb has them, and none of them is invisible."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain
from pathlib import Path

import pytest

from ui.keyboard.layout import BY_CODE, BY_LATIN, ROWS
from workstation.lao.encode import encode

XKB = Path("/usr/share/X11/xkb/symbols/la")
_SIGNS = {
    "underscore": "_", "plus": "+", "minus": "-", "braceright": "}", "semicolon": ";", "period": ".", "comma": ",",
    "colon": ":", "exclam": "!", "question": "?", "percent": "%", "equal": "=", "parenleft": "(", "grave": "`",
    "dollar": "$", "parenright": ")",
}  # fmt: skip


def _code(name: str) -> int:
    if name == "BKSL":
        return 43
    return {"AE": 1, "AD": 15, "AC": 29, "AB": 43}[name[:2]] + int(name[2:])


def test_letters_stand_where_xkb_has_them() -> None:
    if not XKB.is_file():
        pytest.fail("xkb-data is not installed: x11-xkb-utils of .ci/system-packages.txt brings it")
    basic = XKB.read_text("utf-8").partition("stea")[0]
    found = {}
    for name, letters in re.findall(r"key <(A[B-E]\d\d|BKSL)> \{ \[(.*?)\]", basic):
        read = [_SIGNS.get(sign) or chr(int(sign, 16) - 0x1000000) for sign in letters.replace("\t", " ").split(", ")
                for sign in [sign.strip()]]  # fmt: skip
        found[_code(name)] = (read[0], read[1] if len(read) > 1 else "")
    assert {code: (key.plain, key.shifted) for code, key in BY_CODE.items()} == found


def test_every_key_is_there_once_and_can_be_seen() -> None:
    keys = list(chain(*ROWS))
    assert len(keys) == len(BY_CODE) == len(BY_LATIN) == 46
    letters = [letter for key in keys for letter in (key.plain, key.shifted) if letter]
    assert len(set(letters)) == len(letters)
    assert not [
        letter for letter in letters if unicodedata.category(letter) in ("Cf", "Cc") or not encode(letter)
    ]
