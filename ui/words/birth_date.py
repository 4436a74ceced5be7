"""The date of birth between the clerk's hand and the draft: typed d/M/y with unknown parts, stored as ISO 8601."""

from __future__ import annotations

from workstation.lao.dates import DateNotUnderstood, format_date, parse_date


def to_draft(typed: str) -> str:
    """The stored form of what was typed; the typed text itself where it is no date, so that nothing is lost.

    "?" stands for an unknown day or month.
    """
    text = typed.strip()
    try:
        return parse_date(text.replace("?", "0")) if text else ""
    except DateNotUnderstood:
        return text


def to_screen(stored: str) -> str:
    """A stored date as offices write it; other text as it was typed."""
    try:
        return format_date(stored)
    except ValueError:
        return stored


def why_not_a_date(text: str) -> str:
    """The code of what is wrong with text that is no date ("not-a-date" where nothing better is known)."""
    try:
        parse_date(text.replace("?", "0"))
    except DateNotUnderstood as error:
        return error.code
    return "not-a-date"
