"""The console entry `workstation`: without a command it opens the program, with one it answers and ends."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from ui.crash_reports import CrashReports, place_of
from workstation.silence import keep_silent

# The first word of each command, and the module that answers it.
FAMILIES = {
    "approval": "approvals",
    "roles": "approvals",
    "audit": "audit",
    "backup": "backup",
    "restore": "backup",
    "card": "card",
    "demo": "demo",
    "forms": "forms",
    "gallery": "gallery",
    "hand-over": "hand_over",
    "keys": "keys",
    "lao": "lao",
    "layout": "layouts",
    "portrait": "portrait",
    "printers": "printers",
    "queue": "queue",
    "registry": "registry",
    "search": "search",
    "seed": "seed",
    "office": "shared_office",
    "simulate": "simulate",
    "stock": "stock",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit codes: 0 done, 1 refused with a sentence on standard error, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="workstation",
        description="Issues the national identity card of Laos, from the counter to the hand.",
    )
    parser.add_argument(
        "--data", metavar="DIR", help="folder of the office (else LAO_ID_DATA, else the user's data folder)"
    )
    parser.add_argument(
        "--training",
        action="store_true",
        help="open the training office, with invented people and a folder of its own",
    )
    parser.set_defaults(run=_open)
    families = parser.add_subparsers(metavar="COMMAND")
    for family in _asked_for(sys.argv[1:] if arguments is None else arguments):
        import_module(f"ui.commands.{family}").register(families)
    args = parser.parse_args(arguments)
    crashes = CrashReports(_data(args))
    if arguments is None:
        # A process of its own, not a call from another program.
        keep_silent()
        crashes.stand_in()
    try:
        return int(args.run(args))
    except Exception as error:
        # Its text may hold personal data; kind, place and number do not.
        number = crashes.note(error)
        print(f"A fault in the program: {place_of(error)}, report {number}.", file=sys.stderr)
        return 1


def _asked_for(arguments: Sequence[str]) -> Sequence[str]:
    """The one family that is named; all of them for help and for words that are none: loading all takes longer than
    some commands do."""
    words = iter(arguments)
    for word in words:
        if word in FAMILIES:
            return (FAMILIES[word],)
        if word == "--data":
            next(words, None)
        elif not word.startswith("-"):
            break
    return tuple(dict.fromkeys(FAMILIES.values()))


def _data(args: argparse.Namespace) -> Path:
    from workstation.domain.station import Work
    from workstation.settings import data_folder

    return data_folder(args.data, (Work.TRAINING if args.training else Work.REAL).value)


def _open(args: argparse.Namespace) -> int:
    """Opens the program's window."""
    from ui.program import run
    from workstation.domain.station import Work

    return run(_data(args), Work.TRAINING if args.training else Work.REAL)
