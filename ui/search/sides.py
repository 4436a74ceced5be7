"""What was typed and what is held, side by side, with what agrees."""

from __future__ import annotations

from ui.language import _
from ui.search.model import shown_date
from ui.search.presenter import Found
from ui.search.words import field_word
from workstation.workflow.search.carry import carried_fields
from workstation.workflow.search.find import Hit


def sides(found: Found, hit: Hit) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(facts of what was typed, facts of `hit`), each (label, value)."""
    typed = carried_fields(found.text)
    likely = found.likely.get(hit.application_id)
    agrees = _("agrees")
    differs = _("differs")
    words = dict.fromkeys(likely.agrees, agrees) if likely else {}
    words |= dict.fromkeys(likely.alike, _("alike")) if likely else {}
    words |= dict.fromkeys(likely.differs, differs) if likely else {}
    names = {
        "name_lo": " ".join(filter(None, (typed.get("given_name_lo"), typed.get("surname_lo")))),
        "name_latin": " ".join(filter(None, (typed.get("given_name_latin"), typed.get("surname_latin")))),
    }
    left: list[tuple[str, str]] = []
    right: list[tuple[str, str]] = []
    for field in ("name_lo", "name_latin", "birth_date", "telephone", "household_number", "village"):
        held = getattr(hit, field)
        asked = names.get(field, typed.get(field, ""))
        if field == "birth_date":
            held, asked = shown_date(held), shown_date(asked)
        left.append((field_word(field), asked))
        mark = words.get(field)
        right.append((field_word(field), f"{held}  · {mark}" if mark and held else held))
    return left, right
