"""Whether what was typed has room on the card and letters in its fonts: asked at intake, not found by a printer."""

from __future__ import annotations

from collections.abc import Mapping

from printing.errors import MissingGlyph
from printing.layout import misfits
from printing.specification import CardLayout
from workstation.database import Connection
from workstation.database.layouts import layout_in_force
from workstation.domain.policy import Policy
from workstation.domain.refused import Refused

DOES_NOT_FIT, NO_GLYPH = "does-not-fit", "no-glyph"
FAULTS = (DOES_NOT_FIT, NO_GLYPH)
# Layout field -> the fields of the form that make it up, joined by a space.
_MADE_OF = {
    "given_name_lo": ("given_name_lo",),
    "surname_lo": ("surname_lo",),
    "given_name_latin": ("given_name_latin",),
    "surname_latin": ("surname_latin",),
    "name_lo": ("given_name_lo", "surname_lo"),
    "name_latin": ("given_name_latin", "surname_latin"),
    "village_lo": ("village",),
}


def unfit(layout: CardLayout, fields: Mapping[str, str]) -> dict[str, str]:
    """Field -> does-not-fit (too long even at the smallest type) or no-glyph (the card's fonts lack a letter)."""
    texts = {
        name: " ".join(filter(None, (fields.get(part, "") for part in parts)))
        for name, parts in _MADE_OF.items()
    }
    found: dict[str, str] = {}
    for name, fault in misfits(layout, texts).items():
        for part in _MADE_OF[name]:
            if isinstance(fault, MissingGlyph):
                if set(str(fault.facts["characters"]).split()) & set(fields.get(part, "")):
                    found[part] = NO_GLYPH
            elif fields.get(part):
                found.setdefault(part, DOES_NOT_FIT)
    return found


def unfit_here(connection: Connection, policy: Policy, fields: Mapping[str, str]) -> dict[str, str]:
    """As `unfit` for the layout in force; nothing while the office holds none: that is found before printing."""
    try:
        layout = layout_in_force(connection, policy.card_layout)
    except Refused:
        return {}
    return unfit(layout, fields)
