"""The words for why a person cannot sign."""

from __future__ import annotations

from ui.language import _

CANNOT_SIGN = ("cannot-write", "hand-injured", "too-ill", "declines")


def cannot_sign_reason(stored: str) -> str:
    """A stored reason ("hand-injured" or "hand-injured: since May") in words, the note as it was typed."""
    code, _colon, note = stored.partition(": ")
    words = {
        "cannot-write": _("Never learned to write"),
        "hand-injured": _("Hand injured or missing"),
        "too-ill": _("Too ill to sign"),
        "declines": _("Does not want to sign"),
    }.get(code, code)
    return f"{words} – {note}" if note else words
