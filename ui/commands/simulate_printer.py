"""`workstation simulate printer`: a card printer over IPP for demonstration and training."""

import argparse
import signal
import sys
import threading
from typing import Any


def add(subparsers: Any) -> None:
    """Add the parser `printer` under `simulate`."""
    parser = subparsers.add_parser("printer", help="a card printer over IPP on the loopback interface")
    parser.add_argument("--listen", type=int, default=0, metavar="PORT", help="port; 0 takes a free one")
    parser.add_argument(
        "--fault",
        metavar="SPEC",
        help="media-jam, media-empty, marker-supply-empty, cover-open or refuse; "
        "media-jam:5 is mended after five seconds",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the printer's address on one line and serve until SIGTERM or SIGINT."""
    from devices.errors import DeviceMissing
    from devices.simulated.printer import FAULTS, SimulatedPrinter

    reason, _, seconds = (args.fault or "").partition(":")
    if args.fault and (reason not in FAULTS or (seconds and not seconds.replace(".", "", 1).isdigit())):
        print(f"unknown fault {args.fault}: use one of {', '.join(FAULTS)}", file=sys.stderr)
        return 2
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        printer = SimulatedPrinter(port=args.listen)
    except DeviceMissing as fault:
        print(_sentence(fault), file=sys.stderr)
        return 1
    with printer:
        if reason:
            printer.set_fault(reason, seconds=float(seconds) if seconds else None)
        print(printer.uri, flush=True)
        stop.wait()
    return 0


def _sentence(fault: Any) -> str:
    if fault.code == "not-installed":
        return f"The simulated printer needs the Debian package {fault.facts['package']}; install it and try again."
    if fault.code == "daemons-missing":
        return f"The simulated printer needs the system D-Bus and Avahi; as root run: {fault.facts['run']}"
    return f"The simulated printer did not start: {fault.facts.get('output', '')}"
