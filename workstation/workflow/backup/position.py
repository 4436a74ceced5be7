"""How far this station's work is known to have come, in a file beside the database that needs no key to be read.

It holds codes and counts, nothing personal. The registry's word counts as well: whoever restores takes the higher.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

POSITION = "station.position"


@dataclass(frozen=True)
class Position:
    """`station` is OFFICE-STATION, `outbox` the highest outbox sequence that is known to have been given."""

    station: str
    outbox: int


def keep_position(data: Path, position: Position) -> None:
    """Written whole or not at all."""
    fresh = data / f"{POSITION}.new"
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        json.dump({"station": position.station, "outbox": position.outbox}, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(data / POSITION)


def kept_position(data: Path) -> Position | None:
    """None where there is none, or none that can be read."""
    try:
        held = json.loads((data / POSITION).read_bytes())
        return Position(str(held["station"]), int(held["outbox"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
