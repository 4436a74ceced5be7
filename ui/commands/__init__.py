"""The console entry `workstation`: without a command it opens the program, with one it answers and ends."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

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
    simulate,
    stock,
)


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
        simulate,
        stock,
    ):
        family.register(families)
    args = parser.parse_args(arguments)
    answer = args.run(args)
    return int(answer)


def _open(args: argparse.Namespace) -> int:
    """Opens the program's window."""
    from ui.app import run
    from workstation.domain.station import Work
    from workstation.settings import data_folder

    work = Work.TRAINING if args.training else Work.REAL
    return run(data_folder(args.data, work.value), work)
