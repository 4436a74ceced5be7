"""`workstation simulate printer`: a card printer over IPP for demonstration and training."""

import argparse
import contextlib
import signal
import sys
import threading
from typing import Any


def add(subparsers: Any) -> None:
    """Add the parser `printer` under `simulate`."""
    parser = subparsers.add_parser("printer", help="a card printer over IPP on the loopback interface")
    parser.add_argument("--listen", type=int, default=0, metavar="PORT", help="port; 0 takes a free one")
    parser.add_argument("--fault", metavar="SPEC", help=_FAULT)
    parser.add_argument("--ribbon", type=int, metavar="PERCENT", help="how much of the ribbon is left")
    parser.add_argument("--seconds", type=float, metavar="S", help="how long each card takes")
    parser.set_defaults(run=run)


_FAULT = (
    "media-jam, media-empty, marker-supply-empty, cover-open, refuse (the job is aborted), lose (it says done and "
    "makes no card) or wrong-state (it reports a fault that is none); media-jam:5 is mended after five seconds. "
    "forget:S: switched off and on after S seconds, no job is known any more. slow:S: every answer takes S seconds. "
    "cut:N, cut-answer:N: the line breaks after N bytes of a card's transfer, or of the answer to it"
)
_ON_THE_LINE = ("slow", "cut", "cut-answer")


def _read(spec: str) -> tuple[str, float | None]:
    """Name and number of a fault. ValueError: nobody knows it, or it needs a number."""
    from devices.simulated.printer import FAULTS

    name, colon, number = spec.partition(":")
    if name not in (*FAULTS, "forget", *_ON_THE_LINE):
        raise ValueError(spec)
    if not colon and name in FAULTS:
        return name, None
    value = float(number)
    if not 0 <= value < 1e9 or (name.startswith("cut") and value != int(value)):
        raise ValueError(spec)
    return name, value


def run(args: argparse.Namespace) -> int:
    """Print the printer's address on one line and serve until SIGTERM or SIGINT."""
    from devices.errors import DeviceMissing
    from devices.simulated.faulty_line import FaultyLine, LineFault
    from devices.simulated.printer import SimulatedPrinter

    try:
        name, number = _read(args.fault) if args.fault else ("", None)
    except ValueError:
        print(f"unknown fault {args.fault}: {_FAULT}", file=sys.stderr)
        return 2
    stop = threading.Event()
    for signalled in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signalled, lambda *_: stop.set())
    on_the_line = name in _ON_THE_LINE
    with contextlib.ExitStack() as opened:
        try:
            printer = opened.enter_context(SimulatedPrinter(port=0 if on_the_line else args.listen))
        except DeviceMissing as fault:
            print(_sentence(fault), file=sys.stderr)
            return 1
        if args.ribbon is not None:
            printer.set_ribbon(args.ribbon)
        if args.seconds is not None:
            printer.take_time(args.seconds)
        uri = printer.uri
        if on_the_line:
            assert number is not None
            fault_of_line = {
                "slow": LineFault(delay=number),
                "cut": LineFault(cut_up=int(number)),
                "cut-answer": LineFault(cut_down=int(number)),
            }[name]
            line = opened.enter_context(FaultyLine(printer.port, port=args.listen, fault=fault_of_line))
            uri = line.uri
        elif name and name != "forget":
            printer.set_fault(name, seconds=number)
        print(uri, flush=True)
        if name == "forget" and not stop.wait(number):
            printer.forget()
        stop.wait()
    return 0


def _sentence(fault: Any) -> str:
    if fault.code == "not-installed":
        return f"The simulated printer needs the Debian package {fault.facts['package']}; install it and try again."
    if fault.code == "daemons-missing":
        return f"The simulated printer needs the system D-Bus and Avahi; as root run: {fault.facts['run']}"
    return f"The simulated printer did not start: {fault.facts.get('output', '')}"
