"""`workstation card`: what can be done with one card from the command line."""

from __future__ import annotations

from typing import Any

from ui.commands import card_check, card_render, card_verify


def register(subparsers: Any) -> None:
    """Adds the command `card` with its members."""
    family = subparsers.add_parser("card", help="render, check and verify a card")
    commands = family.add_subparsers(
        dest="card_command", required=True, metavar="render|check|verify|verifier"
    )
    card_render.register(commands)
    card_check.register(commands)
    card_verify.register(commands)
