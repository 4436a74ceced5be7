"""Lao order: keys that sort as bytes in the order of ICU's `lo` collation.

Databases order Lao differently from one another, so the key is stored beside the name, with the version of the
collation that made it: keys of two versions do not mix.
"""

from __future__ import annotations

from functools import cache

import icu

from workstation.lao.encode import encode

# ICU's collation data changes with its version and with the Unicode version behind it.
COLLATION_VERSION = f"lo-icu{icu.ICU_VERSION}-unicode{icu.UNICODE_VERSION}"


@cache
def _collator() -> icu.Collator:
    return icu.Collator.createInstance(icu.Locale("lo"))


def sort_key(text: str) -> bytes:
    """The key of `text` (encoded first, so equal for equal visible text); comparing bytes compares names."""
    key: bytes = _collator().getSortKey(encode(text))
    return key
