"""The form in which two Lao spellings are compared; never stored and never printed."""

from __future__ import annotations

from workstation.lao.encode import encode

# A leading ຫ before ລ, ນ or ມ is written as two letters or as one.
_JOINED = (("ຫລ", "ຫຼ"), ("ຫນ", "ໜ"), ("ຫມ", "ໝ"))


def canonical(text: str) -> str:
    """`text` encoded, with ຫລ, ຫນ and ຫມ as ຫຼ, ໜ and ໝ. Idempotent."""
    text = encode(text)
    for letters, joined in _JOINED:
        text = text.replace(letters, joined)
    return encode(text)
