"""`workstation simulate sfm`: a fingerprint sensor on a pseudo-terminal, until it is stopped."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path
from typing import Any


def add(subparsers: Any) -> None:
    """Add the parser `sfm`; subparsers is what ArgumentParser.add_subparsers returned."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "sfm",
        help="a Suprema SFM fingerprint sensor; prints its device path and serves until stopped",
    )
    parser.add_argument(
        "--images",
        type=Path,
        required=True,
        metavar="DIR",
        help="pictures (PNG, PGM, BMP) placed in name order; a file DIR/next naming one places that first",
    )
    parser.add_argument("--baud", type=int, default=115200, metavar="N", help="bits per second")
    parser.add_argument(
        "--only-asked", action="store_true", help="place a finger only when DIR/next names its picture"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT; returns 0, or 1 when the folder is missing."""
    from devices.simulated.sfm import SimulatedSfm

    if not args.images.is_dir():
        print(f"There is no folder {args.images}.", file=sys.stderr)
        return 1
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    sensor = SimulatedSfm.of_folder(args.images, baud=args.baud, in_turn=not args.only_asked)
    try:
        print(sensor.path, flush=True)
        stopped.wait()
    finally:
        sensor.close()
    return 0
