"""How far this station's work is known to have come, in a file beside the database that needs no key to be read.

It holds codes, counts and a hash, nothing personal. The registry's word counts as well: whoever restores takes the
higher.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

POSITION = "station.position"
_HASH_BYTES = 32


@dataclass(frozen=True)
class Position:
    """`station` is OFFICE-STATION, `outbox` the highest outbox sequence that is known to have been given; `trail` how
    many entries of its audit trail the registry is known to have countersigned, `trail_head` the hash of the last of
    them in hexadecimal."""

    station: str
    outbox: int
    trail: int = 0
    trail_head: str = ""


def farther(one: Position, other: Position | None) -> Position:
    """What both know together, of the station of `one`."""
    if other is None:
        return one
    trail = one if one.trail >= other.trail else other
    return Position(one.station, max(one.outbox, other.outbox), trail.trail, trail.trail_head)


def keep_position(data: Path, position: Position) -> None:
    """Written whole or not at all."""
    fresh = data / f"{POSITION}.new"
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        json.dump(asdict(position), file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(data / POSITION)


def kept_position(data: Path) -> Position | None:
    """None where there is none, or none that can be read."""
    try:
        held = json.loads((data / POSITION).read_bytes())
        trail, head = int(held.get("trail", 0)), str(held.get("trail_head", ""))
        if trail and len(bytes.fromhex(head)) != _HASH_BYTES:
            trail, head = 0, ""
        return Position(str(held["station"]), int(held["outbox"]), trail, head)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
