"""The report of blank cards on paper, in the language spoken now; Qt-free, because the command makes it too."""

from __future__ import annotations

from printing.report import Report, ReportTable, render_report
from ui.language import _
from ui.stock.words import entry_name, moment, place_name, reason_words
from workstation import clock
from workstation.domain.station import Station
from workstation.domain.stock import Place
from workstation.lao.break_words import with_breaks
from workstation.workflow.stock.report import totals
from workstation.workflow.stock.view import StockFigures


def report_pdf(station: Station, figures: StockFigures) -> bytes:
    """A4: how many lie where, spoilage by printer, every entry of these days, two lines to sign on."""
    return render_report(
        Report(
            title=_("Blank cards"),
            subtitle=_("{first} to {last}; made on {moment}").format(
                first=f"{figures.first_day:%d/%m/%Y}",
                last=f"{figures.last_day:%d/%m/%Y}",
                moment=moment(clock.now()),
            ),
            office=f"{station.office_name}  {station.office_code}-{station.station_code}",
            tables=(_balance(figures), _spoilage(figures), _entries(figures)),
            signatures=(_("Stock keeper"), _("Second person")),
        )
    )


def _balance(figures: StockFigures) -> ReportTable:
    found = totals(figures)
    rows = [(place_name(place), f"{count:,}") for place, count in found.items() if place is not Place.OUTSIDE]
    rows.append((_("All blanks that ever came"), f"{sum(found.values()):,}"))
    return ReportTable(
        _("How many lie where"), (_("Place"), _("Blanks")), (80.0, 30.0), tuple(rows), frozenset({1})
    )


def _spoilage(figures: StockFigures) -> ReportTable:
    rows = tuple(
        (
            figures.printers.get(one.printer_id or "", _("No printer named")),
            f"{one.printed:,}",
            f"{one.spoiled:,}",
            f"{one.rate:.1%}",
        )
        for one in figures.spoilage
    )
    heads = (_("Printer"), _("Cards made"), _("Spoiled or void"), _("Rate"))
    return ReportTable(_("Spoilage by printer"), heads, (80.0, 30.0, 30.0, 30.0), rows, frozenset({1, 2, 3}))


def _entries(figures: StockFigures) -> ReportTable:
    rows = tuple(
        (
            moment(entry.at),
            with_breaks(entry_name(entry.entry)),
            entry.range.text,
            f"{entry.range.count:,}",
            with_breaks(reason_words(entry.reason)),
            with_breaks(
                ", ".join(figures.people.get(who, who) for who in (entry.by, entry.second) if who is not None)
            ),
        )
        for entry in reversed(figures.entries)
    )
    heads = (_("When"), _("What happened"), _("Serials"), _("Blanks"), _("Reason"), _("Who"))
    return ReportTable(_("Every move"), heads, (32.0, 31.0, 42.0, 14.0, 34.0, 29.0), rows, frozenset({3}))
