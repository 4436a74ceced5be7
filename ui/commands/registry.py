"""`workstation registry`: the reference registry as a process of its own."""

from __future__ import annotations

import argparse
import sys
from typing import Any


def register(subparsers: Any) -> None:
    """Adds the command `registry`."""
    parser = subparsers.add_parser("registry", help="serve the reference registry (training and tests)")
    parser.add_argument(
        "--database", required=True, metavar="URL", help="sqlite:///PATH of the registry's database"
    )
    parser.add_argument(
        "--listen", default="127.0.0.1:8170", metavar="HOST:PORT", help="loopback address; port 0 takes any"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serves until SIGTERM; prints one line with the address once requests are answered."""
    from workstation.registry.server import CannotListen, listening_socket, serve
    from workstation.registry.store.database import CannotOpen

    try:
        with listening_socket(args.listen) as bound:
            serve(args.database, bound, lambda address: print(f"registry serves at {address}", flush=True))
    except (CannotListen, CannotOpen) as fault:
        print(_SENTENCES[fault.code].format(args=args), file=sys.stderr)
        return 1
    return 0


_SENTENCES = {
    "bad-address": "{args.listen} is no address of the form HOST:PORT.",
    "not-loopback": "{args.listen} is refused: the registry speaks plain HTTP and serves only on 127.0.0.1 or [::1].",
    "address-in-use": "{args.listen} cannot be opened: another program may be using it.",
    "not-sqlite": "{args.database} is refused: the registry keeps its data in a file, sqlite:///PATH.",
    "old-sqlite": "The SQLite library on this machine is too old: 3.51.3 or later is needed.",
    "not-a-database": "{args.database} cannot be opened: its folder is missing or the file is no registry database.",
}
