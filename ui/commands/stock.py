"""`workstation stock`: the ledger of blank cards, looked at, reported and proven; its acts are in `stock_acts`."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.commands import stock_acts
from ui.commands.office import add_data, with_office
from ui.commands.stock_acts import add_operator, as_operator

if TYPE_CHECKING:
    from workstation.workflow.office import Office, SignedIn


def register(subparsers: Any) -> None:
    """Adds the command `stock` with its own."""
    family = subparsers.add_parser("stock", help="blank cards: how many lie where, and every move of them")
    commands = family.add_subparsers(dest="stock_command", required=True, metavar="balance|...")
    balance = commands.add_parser(
        "balance",
        help="how many blanks lie at each place; 1 when the ledger is not whole or a count is open",
        description="Plays the ledger again from its first entry and compares it with where each blank lies.",
    )
    balance.add_argument("--json", action="store_true", help="one JSON object")
    add_data(balance)
    balance.set_defaults(run=run_balance)
    history = commands.add_parser("history", help="everything that happened to one blank")
    history.add_argument("serial", metavar="SERIAL")
    history.add_argument("--json", action="store_true", help="one JSON array")
    add_operator(history)
    history.set_defaults(run=run_history)
    report = commands.add_parser("report", help="entries, holdings and spoilage of these days as CSV or PDF")
    report.add_argument("--from", dest="first", type=date.fromisoformat, metavar="YYYY-MM-DD")
    report.add_argument("--to", dest="last", type=date.fromisoformat, metavar="YYYY-MM-DD")
    report.add_argument("--out", type=Path, required=True, metavar="FILE", help="FILE.csv or FILE.pdf")
    add_operator(report)
    report.set_defaults(run=run_report, usage_error=report.error)
    stock_acts.register(commands)


def run_balance(args: argparse.Namespace) -> int:
    """0 when everything balances, 1 when a blank does not lie where it should."""

    def work(office: Office) -> int:
        from workstation.workflow.stock.view import office_balance

        found = office_balance(office)
        places: dict[str, int] = {}
        for holding in found.holdings:
            places[holding.place.value] = places.get(holding.place.value, 0) + holding.count
        facts = {
            "blanks": sum(places.values()),
            "places": places,
            "holdings": [
                {
                    "place": holding.place.value,
                    "station": holding.station_id,
                    "printer": holding.printer_id,
                    "count": holding.count,
                }
                for holding in found.holdings
            ],
            "open_differences": [
                {"serial": one.serial, "kind": one.kind.value, "place": one.place.value, "since": one.day}
                for one in found.differences
            ],
            "entries": found.proof.entries,
            "whole": found.proof.whole,
            "wrong": found.proof.wrong,
        }
        if args.json:
            print(json.dumps(facts, indent=1))
        else:
            for place, count in places.items():
                print(f"{place}\t{count}")
            for one in found.differences:
                print(f"open\t{one.serial}\t{one.kind.value}\t{one.place.value}\t{one.day}")
            if not found.proof.whole:
                print(f"not where the ledger says: {found.proof.wrong}", file=sys.stderr)
        return 0 if found.proof.whole and not found.differences else 1

    return with_office(args, work)


def run_history(args: argparse.Namespace) -> int:
    """0 with the entries, oldest first; 1 when the ledger does not know the serial."""

    def work(office: Office, who: SignedIn) -> int:
        from workstation.workflow.stock.view import history_of_blank

        entries = history_of_blank(office, who, args.serial)
        told = [
            {
                "at": entry.at.isoformat(timespec="seconds"),
                "entry": entry.entry.value,
                "from": entry.origin.value,
                "to": entry.target.value,
                "range": entry.range.text,
                "job": entry.job_id,
                "reason": entry.reason,
                "by": entry.by,
                "second": entry.second,
            }
            for entry in entries
        ]
        if args.json:
            print(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            for one in told:
                print("\t".join(str(one[name] or "") for name in ("at", "entry", "from", "to", "reason")))
        return 0 if entries else 1

    return as_operator(args, work)


def run_report(args: argparse.Namespace) -> int:
    """0 with the file written."""
    if args.out.suffix not in (".csv", ".pdf"):
        args.usage_error("--out: FILE.csv or FILE.pdf")

    def work(office: Office, who: SignedIn) -> int:
        from ui.stock.report import report_pdf
        from workstation import clock
        from workstation.workflow.stock.report import figures_csv
        from workstation.workflow.stock.view import stock_figures

        last = args.last or clock.office_day(clock.now())
        figures = stock_figures(office, who, args.first or last, last)
        content = (
            figures_csv(figures).encode()
            if args.out.suffix == ".csv"
            else report_pdf(office.station, figures)
        )
        args.out.write_bytes(content)
        print(len(figures.entries))
        return 0

    return as_operator(args, work)
