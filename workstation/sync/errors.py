"""What can go wrong between the station and the registry."""

from __future__ import annotations

from enum import StrEnum


class RegistryFault(StrEnum):
    """Stable names; `ui/messages.py` has a sentence for each."""

    # The line: nothing is known about what the registry did.
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed-out"
    CUT_OFF = "cut-off"
    # The registry, for now.
    REGISTRY_FAULT = "registry-fault"
    DAMAGED_ANSWER = "damaged-answer"
    REGISTRY_LOST_IT = "registry-lost-it"
    FEED_BEHIND = "feed-behind"
    SEALING_KEY_MISSING = "sealing-key-missing"
    # The registry, for good: a person must look.
    REFUSED = "refused"
    UNKNOWN = "unknown"
    EXISTS = "exists"
    CONFLICT = "conflict"
    # Our own side.
    MESSAGE_DAMAGED = "message-damaged"
    IMAGE_LOST = "image-lost"
    STOPPED = "stopped"


LINE_FAULTS = frozenset({RegistryFault.UNREACHABLE, RegistryFault.TIMED_OUT, RegistryFault.CUT_OFF})
_PASSING = LINE_FAULTS | {
    RegistryFault.REGISTRY_FAULT,
    RegistryFault.DAMAGED_ANSWER,
    RegistryFault.REGISTRY_LOST_IT,
    RegistryFault.FEED_BEHIND,
    RegistryFault.SEALING_KEY_MISSING,
    RegistryFault.STOPPED,
}


class RegistryError(Exception):
    """The registry could not be asked, did not answer, or said no.

    `code` names which, `facts` hold what a sentence needs: `status` (HTTP), `number` (OSIA Error.code), `message`
    (the registry's own words, for the repair list, never for a log).
    """

    def __init__(self, code: RegistryFault, **facts: str | int) -> None:
        super().__init__(code.value)
        self.code = code
        self.facts = facts

    @property
    def passing(self) -> bool:
        """Whether trying again later can help without a person."""
        return self.code in _PASSING
