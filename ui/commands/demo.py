"""`workstation demo`: one application from the counter to the hand, through the real windows."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def register(subparsers: Any) -> None:
    """Adds the command `demo`."""
    parser = subparsers.add_parser("demo", help="issue one card to an invented person and show every stage")
    parser.add_argument(
        "--out", metavar="DIR", default="build/demo", help="where card, receipt and pictures go (build/demo)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Ends with 0 only if the card was handed over and the registry holds it."""
    from ui.demo import run_demo

    return run_demo(Path(args.out))
