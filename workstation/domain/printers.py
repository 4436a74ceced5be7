"""Card printers: the ways to reach one, how long supplies last for what waits, and when its next card may begin."""

from __future__ import annotations

from enum import StrEnum


class PrinterWay(StrEnum):
    """`ipp`: asked and told over the Internet Printing Protocol, so the end of a job is seen. `system`: given to the
    operating system's queue through the maker's driver; what becomes of it nobody tells the program."""

    IPP = "ipp"
    SYSTEM = "system"


# Turns of waiting jobs; a higher one goes first.
ORDINARY, URGENT = 0, 1
# A full ribbon makes so many cards at most; more is a slip of the hand.
MOST_RIBBON_CARDS = 10_000


def cards_left(level: int | None, ribbon_cards: int) -> int | None:
    """How many cards a ribbon at `level` percent still makes, rounded down; None where either is not known (0)."""
    if level is None or ribbon_cards <= 0:
        return None
    return max(0, min(100, level)) * ribbon_cards // 100
