"""Lao order: keys that sort as bytes in the order of ICU's `lo` collation.

Databases order Lao differently from one another, so the key is stored beside the name. Each key begins with a mark of
the collation that made it: keys of two versions do not mix, and old ones are found and made anew.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256

import icu

from workstation.lao.encode import encode

# ICU's collation data changes with its version and with the Unicode version behind it.
COLLATION_VERSION = f"lo-icu{icu.ICU_VERSION}-unicode{icu.UNICODE_VERSION}"


def mark_of(version: str) -> bytes:
    """Two bytes that stand for a collation, the first below 128."""
    first, second = sha256(version.encode()).digest()[:2]
    return bytes((first & 0x7F, second))


MARK = mark_of(COLLATION_VERSION)


@cache
def _collator() -> icu.Collator:
    return icu.Collator.createInstance(icu.Locale("lo"))


def sort_key(text: str) -> bytes:
    """The key of `text` (encoded first, so equal for equal visible text); comparing bytes compares names."""
    key: bytes = _collator().getSortKey(encode(text))
    return MARK + key
