"""The ledger's figures as a table for other programs: one line for each entry, the holding of each place, spoilage."""

from __future__ import annotations

import csv
import io

from workstation.domain.stock import Place
from workstation.workflow.stock.view import StockFigures

ENTRIES = (
    "sequence",
    "day",
    "time",
    "entry",
    "first",
    "last",
    "count",
    "from",
    "to",
    "printer",
    "box",
    "reason",
    "by",
    "second",
)


def figures_csv(figures: StockFigures) -> str:
    """UTF-8 CSV with CRLF (RFC 4180) in three parts, each with its head, an empty line between: entries oldest first,
    holdings, spoilage."""
    text = io.StringIO()
    write = csv.writer(text)
    write.writerow(ENTRIES)
    for entry in reversed(figures.entries):
        write.writerow(
            (
                entry.sequence,
                entry.day,
                entry.at.isoformat(timespec="seconds"),
                entry.entry.value,
                entry.range.first_serial,
                entry.range.last_serial,
                entry.range.count,
                entry.origin.value,
                entry.target.value,
                _name(figures, entry.printer_id),
                _plain(entry.box),
                _plain(entry.reason),
                figures.people.get(entry.by, entry.by),
                figures.people.get(entry.second or "", entry.second or ""),
            )
        )
    write.writerow(())
    write.writerow(("place", "station", "printer", "count"))
    for holding in figures.holdings:
        write.writerow(
            (
                holding.place.value,
                holding.station_id or "",
                _name(figures, holding.printer_id),
                holding.count,
            )
        )
    write.writerow(())
    write.writerow(("printer", "printed", "spoiled", "rate"))
    for one in figures.spoilage:
        write.writerow((_name(figures, one.printer_id), one.printed, one.spoiled, f"{one.rate:.4f}"))
    return text.getvalue()


def _name(figures: StockFigures, printer_id: str | None) -> str:
    return _plain(figures.printers.get(printer_id or "", printer_id))


def _plain(text: str | None) -> str:
    # A spreadsheet would take what somebody typed after one of these for a formula.
    return f"'{text}" if text and text[0] in "=+-@\t\r" else text or ""


def totals(figures: StockFigures) -> dict[Place, int]:
    """How many blanks of the whole office lie at each place."""
    found = dict.fromkeys(Place, 0)
    for holding in figures.holdings:
        found[holding.place] += holding.count
    return found
