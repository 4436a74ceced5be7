"""The words of the blank-card ledger: places, entries, reasons, differences, moments."""

from __future__ import annotations

from datetime import datetime

from ui.language import _
from workstation.clock import OFFICE_ZONE
from workstation.domain.stock import Difference, Entry, Place
from workstation.workflow.stock.count import Differing

# Why a blank is spoiled; kept in the ledger as these codes, with what was typed behind it.
SPOILING = ("print-fault", "jam", "bent", "chip-dead", "wrong-data", "other")


def place_name(place: Place) -> str:
    """Where a blank is, as people call it."""
    return {
        Place.OUTSIDE: _("Producer"),
        Place.SAFE: _("Safe"),
        Place.DRAWER: _("Drawer"),
        Place.PRINTER: _("In the printer"),
        Place.BOOKED: _("Booked to a card"),
        Place.PRINTED: _("Cards made"),
        Place.SPOILED: _("Spoiled"),
        Place.VOID: _("Void cards"),
        Place.ISSUED: _("Handed over"),
        Place.RETURNED: _("Returned"),
        Place.DESTROYED: _("Destroyed"),
        Place.MISSING: _("Missing"),
    }[place]


def entry_name(entry: Entry) -> str:
    """What was done."""
    return {
        Entry.RECEIVED: _("Taken in"),
        Entry.SHORT: _("Not in its box"),
        Entry.DAMAGED: _("Damaged in its box"),
        Entry.TO_STATION: _("Given to the station"),
        Entry.TO_SAFE: _("Back to the safe"),
        Entry.LOADED: _("Loaded"),
        Entry.UNLOADED: _("Taken out of the printer"),
        Entry.BOOKED: _("Booked to a card"),
        Entry.MOVED: _("To another printer"),
        Entry.RELEASED: _("Free again"),
        Entry.PRINTED: _("Card made"),
        Entry.SPOILED: _("Spoiled"),
        Entry.VOIDED: _("Card void"),
        Entry.ISSUED: _("Handed over"),
        Entry.RETURNED: _("Returned to the province"),
        Entry.DESTROYED: _("Destroyed by two"),
        Entry.MISSED: _("Declared missing by two"),
        Entry.FOUND: _("Found again"),
    }[entry]


def spoiling_name(code: str) -> str:
    """Why it is spoiled; what is no code of this page as it was recorded."""
    return {
        "print-fault": _("Printing fault"),
        "jam": _("Jammed in the printer"),
        "bent": _("Bent, scratched or dirty"),
        "chip-dead": _("The chip does not answer"),
        "wrong-data": _("Wrong data printed"),
        "other": _("Another reason"),
    }.get(code, code)


def reason_words(reason: str | None) -> str:
    """A reason as the ledger holds it: a code, what was typed, or both."""
    if not reason:
        return ""
    code, colon, note = reason.partition(": ")
    return f"{spoiling_name(code)}: {note}" if colon else spoiling_name(code)


def difference_words(found: Differing) -> str:
    """One serial that differs, with where it is missed or was found."""
    if found.kind is Difference.ABSENT:
        return _("{serial}: not in its place ({place})").format(
            serial=found.serial, place=place_name(found.place)
        )
    if found.kind is Difference.UNKNOWN or found.ledger is None:
        return _("{serial}: lies here ({place}), the ledger does not know it").format(
            serial=found.serial, place=place_name(found.place)
        )
    return _("{serial}: lies here ({place}), the ledger has it elsewhere ({ledger})").format(
        serial=found.serial, place=place_name(found.place), ledger=place_name(found.ledger)
    )


def moment(at: datetime) -> str:
    """Day and time as the office's clock shows them."""
    return at.astimezone(OFFICE_ZONE).strftime("%d/%m/%Y %H:%M")
