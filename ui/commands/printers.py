"""`workstation printers`: the office's printers, how each is now, what waits for it, and which others answer here."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from ui.commands.office import add_data, with_office

if TYPE_CHECKING:
    from workstation.workflow.office import Office
    from workstation.workflow.printers.view import KnownPrinter


def register(subparsers: Any) -> None:
    """Adds the command `printers`."""
    parser = subparsers.add_parser(
        "printers", help="the office's printers with state, supplies and what waits for each"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument(
        "--find",
        action="store_true",
        help="also the queues of this computer's print service that are not added",
    )
    add_data(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0: every printer answers and can print; 1: one does not, or none is set up."""

    def work(office: Office) -> int:
        from workstation.workflow.printers.view import printers_of_office, waiting_at

        known, chosen = printers_of_office(office)
        waiting = waiting_at(office)
        shown = [_shown(printer, printer.id == chosen, waiting.get(printer.id, 0)) for printer in known]
        found = _found({printer.address for printer in known}) if args.find else []
        if args.json:
            print(json.dumps({"printers": shown, "found": found}, ensure_ascii=False, indent=1))
        else:
            for line in shown:
                print(_line(line))
            for address in found:
                print(f"found\t{address}")
            if not shown:
                print("No printer is set up.")
        ready = bool(shown) and all(line["state"] in ("idle", "processing") for line in shown)
        return 0 if ready else 1

    return with_office(args, work)


def _shown(printer: KnownPrinter, chosen: bool, waiting: int) -> dict[str, Any]:
    from workstation.domain.printers import cards_left

    state, reasons, supplies = _asked(printer)
    left = cards_left(
        min((one["level"] for one in supplies if one["level"] is not None), default=None),
        printer.ribbon_cards,
    )
    return {
        "id": printer.id,
        "name": printer.name,
        "way": printer.way.value,
        "address": printer.address,
        "default": chosen,
        "paused": printer.paused,
        "state": state,
        "reasons": reasons,
        "supplies": supplies,
        "cards_left": left,
        "waiting": waiting,
    }


def _asked(printer: KnownPrinter) -> tuple[str, list[str], list[dict[str, Any]]]:
    """State, reasons and supplies; a printer that cannot be asked has the error's code for its state. A queue of the
    operating system is not asked: only its window's driver could, and it tells little."""
    from dataclasses import asdict

    from printing.errors import PrinterError
    from printing.printer.ipp import IppPrinter
    from workstation.domain.printers import PrinterWay

    if printer.way is PrinterWay.SYSTEM:
        return "unknown", [], []
    try:
        line = IppPrinter(printer.address, deadline=4.0)
    except PrinterError as error:
        return error.code, [], []
    try:
        state = line.state()
    except PrinterError as error:
        return error.code, [], []
    finally:
        line.close()
    return state.state, list(state.reasons), [asdict(supply) for supply in state.supplies]


def _found(known: set[str]) -> list[str]:
    from printing.printer.discover import queues_of, service_here

    return [address for address in queues_of(service_here()) if address not in known]


def _line(shown: dict[str, Any]) -> str:
    marks = ("*" if shown["default"] else "") + (" paused" if shown["paused"] else "")
    supplies = ", ".join(
        f"{one['name']} {one['level']} %" for one in shown["supplies"] if one["level"] is not None
    )
    told = " ".join((shown["state"], *shown["reasons"]))
    return "\t".join((shown["name"] + marks, shown["address"], told, f"{shown['waiting']} wait", supplies))
