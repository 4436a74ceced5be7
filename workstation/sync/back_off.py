"""How long to wait after a failed attempt: doubling, capped, jittered. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class BackOff:
    """`first` and `most` in seconds. The jitter keeps a hundred offices from knocking in the same second."""

    first: float = 1.0
    most: float = 300.0

    def seconds(self, attempts: int, chance: Random) -> float:
        """The wait after the `attempts`-th failure in a row (from 1): between half and the whole of the step."""
        step = min(self.most, self.first * 2.0 ** min(attempts - 1, 30))
        return step * chance.uniform(0.5, 1.0)
