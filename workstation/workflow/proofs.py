"""Proofs that an operator has just shown who she is, kept in this process only.

Nothing of them is stored or passed along: a verb asks the office, and only a password that was looked at puts one
there. They grow old by seconds that the computer has been running, which nobody can set.
"""

from __future__ import annotations

from workstation import clock
from workstation.domain.permissions import Verb

# How long a proof for one action on one object waits to be used.
_WAITS = 60.0


class Proofs:
    """What was proven in this office since it was opened. Written by lanes, read by the writer: single steps only."""

    def __init__(self) -> None:
        self._present: dict[str, float] = {}
        self._given: dict[tuple[str, Verb, str], float] = {}

    def present(self, operator_id: str) -> None:
        """The operator has just shown who she is."""
        self._present[operator_id] = clock.running()

    def give(self, operator_id: str, verb: Verb, object_id: str) -> None:
        """She did so for this action on this object."""
        self.present(operator_id)
        self._given[operator_id, verb, object_id] = clock.running()

    def holds(self, operator_id: str, verb: Verb, object_id: str, minutes: int) -> bool:
        """Whether she showed who she is within `minutes`; with 0, for exactly this and not used since."""
        if minutes:
            at, limit = self._present.get(operator_id), 60.0 * minutes
        else:
            at, limit = self._given.get((operator_id, verb, object_id)), _WAITS
        return at is not None and 0 <= clock.running() - at <= limit

    def used(self, operator_id: str, verb: Verb, object_id: str) -> None:
        """The action was carried out; the next one wants a proof of its own."""
        self._given.pop((operator_id, verb, object_id), None)

    def forget(self, operator_id: str) -> None:
        """She has gone."""
        self._present.pop(operator_id, None)
        for key in [key for key in self._given if key[0] == operator_id]:
            self._given.pop(key, None)
