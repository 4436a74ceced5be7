"""The console entry `workstation`: without a command it opens the program, with one it answers and ends."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ui.commands import (
    approvals,
    audit,
    backup,
    card,
    demo,
    forms,
    gallery,
    hand_over,
    keys,
    lao,
    layouts,
    portrait,
    printers,
    queue,
    registry,
    search,
    seed,
    shared_office,
    simulate,
    stock,
)
from ui.crash_reports import CrashReports, place_of
from workstation.silence import keep_silent


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
    for family in (
        approvals,
        audit,
        backup,
        card,
        demo,
        forms,
        gallery,
        hand_over,
        keys,
        lao,
        layouts,
        portrait,
        printers,
        queue,
        registry,
        search,
        seed,
        shared_office,
        simulate,
        stock,
    ):
        family.register(families)
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


def _data(args: argparse.Namespace) -> Path:
    from workstation.domain.station import Work
    from workstation.settings import data_folder

    return data_folder(args.data, (Work.TRAINING if args.training else Work.REAL).value)


def _open(args: argparse.Namespace) -> int:
    """Opens the program's window."""
    from ui.program import run
    from workstation.domain.station import Work

    return run(_data(args), Work.TRAINING if args.training else Work.REAL)
