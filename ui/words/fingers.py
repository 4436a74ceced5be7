"""The words for fingers and for why one is missing."""

from __future__ import annotations

from ui.language import _

MISSING_REASONS = ("amputated", "bandaged", "unreadable")


def finger_name(position: int) -> str:
    """The name of an ISO/IEC 19794-2 finger position, 1..10; another number is shown as it is."""
    names = {
        1: _("Right thumb"),
        2: _("Right index finger"),
        3: _("Right middle finger"),
        4: _("Right ring finger"),
        5: _("Right little finger"),
        6: _("Left thumb"),
        7: _("Left index finger"),
        8: _("Left middle finger"),
        9: _("Left ring finger"),
        10: _("Left little finger"),
    }
    return names.get(position, str(position))


def missing_reason(stored: str) -> str:
    """A stored reason ("bandaged" or "bandaged: since May") in words, the note as it was typed."""
    code, _colon, note = stored.partition(": ")
    words = {
        "amputated": _("The finger is missing"),
        "bandaged": _("Bandaged or injured"),
        "unreadable": _("Cannot be read"),
    }.get(code, code)
    return f"{words} – {note}" if note else words
