"""`workstation simulate`: devices from the other end of the wire, for training and acceptance tests."""

from __future__ import annotations

from typing import Any

from ui.commands import simulate_camera, simulate_pn532, simulate_printer, simulate_sfm


def register(subparsers: Any) -> None:
    """Adds the command `simulate` with one form for each kind of device."""
    parser = subparsers.add_parser("simulate", help="serve a simulated device until stopped")
    kinds = parser.add_subparsers(required=True, metavar="camera|pn532|printer|sfm")
    for kind in (simulate_camera, simulate_pn532, simulate_printer, simulate_sfm):
        kind.add(kinds)
