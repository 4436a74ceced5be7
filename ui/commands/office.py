"""Opening an office for one command: its folder, and the passphrase from the file that only its owner can read."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workstation.workflow.office import Office

PASSPHRASE_MISSING = (
    "The passphrase of the office is needed: LAO_ID_PASSPHRASE_FILE must name the file that holds it."
)


def add_data(parser: argparse.ArgumentParser) -> None:
    """--data after the command too; what stands before it counts when it is not repeated."""
    parser.add_argument(
        "--data", metavar="DIR", default=argparse.SUPPRESS, help="folder of the office (else LAO_ID_DATA)"
    )


def with_office(args: argparse.Namespace, work: Callable[[Office], int]) -> int:
    """Runs `work` with the open office and closes it; 1 with a sentence on standard error when that is refused."""
    from ui.messages import explain
    from workstation.domain.refused import Refused
    from workstation.settings import data_folder
    from workstation.startup import close_office, open_office, passphrase_from_file

    try:
        passphrase = passphrase_from_file()
    except OSError as error:
        print(f"{PASSPHRASE_MISSING} ({error.strerror})", file=sys.stderr)
        return 1
    if not passphrase:
        print(PASSPHRASE_MISSING, file=sys.stderr)
        return 1
    try:
        office = open_office(data_folder(args.data, "training" if args.training else "real"), passphrase)
        try:
            return work(office)
        finally:
            close_office(office)
    except Refused as refused:
        print(explain(refused).text, file=sys.stderr)
        return 1
