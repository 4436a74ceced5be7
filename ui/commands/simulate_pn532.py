"""`workstation simulate pn532`: a contactless card reader on a pseudo-terminal, until it is stopped."""

from __future__ import annotations

import argparse
import select
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from devices.simulated.pn532 import SimulatedPn532


def add(subparsers: Any) -> None:
    """Add the parser `pn532`; subparsers is what ArgumentParser.add_subparsers returned."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "pn532", help="a contactless card reader; prints its device path and serves until stopped"
    )
    parser.add_argument(
        "--uid",
        type=_uid,
        metavar="HEX",
        help="a card on the reader from the start; `put HEX` and `take` on standard input change it",
    )
    parser.add_argument("--baud", type=int, default=115200, metavar="N", help="bits per second")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT; returns 0."""
    from devices.simulated.pn532 import SimulatedPn532

    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    with SimulatedPn532(baud=args.baud, uid=args.uid) as reader:
        print(reader.path, flush=True)
        listening = True
        while not stopped.is_set():
            if not listening:
                stopped.wait(0.2)
            elif select.select([sys.stdin], [], [], 0.2)[0]:
                line = sys.stdin.readline()
                listening = bool(line)
                _obey(reader, line)
    return 0


def _obey(reader: SimulatedPn532, line: str) -> None:
    match line.split():
        case ["put", text]:
            try:
                reader.put_card(_uid(text))
            except argparse.ArgumentTypeError as fault:
                print(fault, file=sys.stderr, flush=True)
        case ["take"]:
            reader.take_card()
        case []:
            pass
        case _:
            print("put HEX | take", file=sys.stderr, flush=True)


def _uid(text: str) -> bytes:
    try:
        uid = bytes.fromhex(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not hexadecimal: {text}") from None
    if len(uid) not in (4, 7, 10):
        raise argparse.ArgumentTypeError("a card's uid has 4, 7 or 10 bytes")
    return uid
