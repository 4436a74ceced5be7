"""`workstation gallery`: every widget in all its states and every page, both languages, two scales, as pictures."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any


def register(subparsers: Any) -> None:
    """Adds the command `gallery`."""
    parser = subparsers.add_parser("gallery", help="draw every widget and every page to PNG, with an index")
    parser.add_argument(
        "--out", metavar="DIR", default="build/gallery", help="where the pictures go (build/gallery)"
    )
    parser.add_argument("--only", choices=("widgets", "pages"), help="draw only these")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Ends with 0 when every picture was drawn."""
    from devices.simulated.finger_ridges import finger
    from ui.demo.world import WorldError
    from ui.gallery import NotDrawn, run_gallery
    from ui.gallery.office import NotDecided

    out = Path(args.out)
    try:
        count = run_gallery(out, finger, only=args.only)
    except (WorldError, NotDecided, NotDrawn) as error:
        print(f"The gallery is not complete: {error}", file=sys.stderr)
        return 1
    print(f"{count} pictures: {out}/index.html")
    return 0
