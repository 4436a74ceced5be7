"""`workstation seed`: fills a training office with invented people at every stage."""

from __future__ import annotations

import argparse
from time import perf_counter
from typing import TYPE_CHECKING, Any

from ui.commands.office import add_data, with_office

if TYPE_CHECKING:
    from workstation.workflow.office import Office

_MOST = 2_000_000


def register(subparsers: Any) -> None:
    """Adds the command `seed`."""
    parser = subparsers.add_parser("seed", help="add invented applications to a training office")
    parser.add_argument("--applications", type=_number, required=True, metavar="N", help="how many to add")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed, the same people (1)")
    add_data(parser)
    parser.set_defaults(run=run)


def _number(text: str) -> int:
    number = int(text)
    if not 1 <= number <= _MOST:
        raise argparse.ArgumentTypeError(f"from 1 to {_MOST}")
    return number


def run(args: argparse.Namespace) -> int:
    """All or none: an office of real work is refused with 1."""

    def work(office: Office) -> int:
        from workstation.workflow.seeding.seed import seed

        began = perf_counter()
        total = seed(office, args.applications, args.seed)
        print(
            f"{args.applications} invented applications in {perf_counter() - began:.1f} s; {total} in the office"
        )
        return 0

    return with_office(args, work)
