"""Opening an office for one command: its folder, its TPM or the passphrase from a file of its owner alone."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
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


def folder_of(args: argparse.Namespace) -> Path:
    """The folder that the command is about."""
    from workstation.settings import data_folder

    return data_folder(args.data, "training" if args.training else "real")


def with_office(args: argparse.Namespace, work: Callable[[Office], int], *, recover: bool = False) -> int:
    """Runs `work` with the open office and closes it; 1 with a sentence on standard error when that is refused."""
    from ui.messages import explain
    from workstation.domain.refused import Reason, Refused
    from workstation.startup import close_office, open_office, passphrase_from_file

    try:
        try:
            passphrase = passphrase_from_file()
        except OSError as error:
            print(f"{PASSPHRASE_MISSING} ({error.strerror})", file=sys.stderr)
            return 1
        office = open_office(folder_of(args), passphrase, recover=recover)
        try:
            return work(office)
        finally:
            close_office(office)
    except Refused as refused:
        missing = refused.reason is Reason.PASSPHRASE_NEEDED
        print(PASSPHRASE_MISSING if missing else explain(refused).text, file=sys.stderr)
        return 1
