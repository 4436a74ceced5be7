"""The policy's rules for signing in: how many attempts, how long a wait, how long a window stays open unattended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workstation.domain.permissions import Verb

# Field -> smallest and largest value that is no slip of the hand.
_BOUNDS = {
    "attempts": (1, 20),
    "station_attempts": (5, 1000),
    "lockout_minutes": (1, 1440),
    "longest_lockout_minutes": (1, 1440),
    "idle_lock_minutes": (1, 240),
    "approve_minutes": (0, 480),
    "reject_minutes": (0, 480),
    "print_minutes": (0, 480),
    "void_minutes": (0, 480),
    "finger_threshold": (30, 400),
    "finger_quality": (0, 100),
}


@dataclass(frozen=True)
class SignInRules:
    """`attempts` wrong ones close a user name, `station_attempts` a station, for `lockout_minutes`; each further wrong
    attempt doubles that, up to `longest_lockout_minutes`. After `idle_lock_minutes` without a key the window locks.
    The `_minutes` of four actions: how long approving, rejecting, releasing to print, and voiding need no new proof;
    what two people do with blanks and layouts counts as voiding.
    With `finger_sign_in` an enrolled finger stands for the password where its score (bozorth3) reaches
    `finger_threshold` and its image (NFIQ 2) `finger_quality`. It is off unless a policy says otherwise: who may be
    made to leave a finger is for the authority to say, and a password works everywhere. The threshold is above the
    hand-over's, because a refusal costs a typed password only."""

    attempts: int = 5
    station_attempts: int = 30
    lockout_minutes: int = 5
    longest_lockout_minutes: int = 240
    idle_lock_minutes: int = 10
    approve_minutes: int = 5
    reject_minutes: int = 5
    print_minutes: int = 30
    void_minutes: int = 0
    finger_sign_in: bool = False
    finger_threshold: int = 60
    finger_quality: int = 20

    def confirm_minutes(self, verb: Verb) -> int:
        """For how long the operator need not show again who she is; 0: each time anew. KeyError for other verbs."""
        return {
            Verb.APPROVE: self.approve_minutes,
            Verb.REJECT: self.reject_minutes,
            Verb.PRINT: self.print_minutes,
            Verb.REPRINT: self.void_minutes,
            Verb.APPROVE_LAYOUT: self.void_minutes,
            Verb.STOCK_RECEIVE: self.void_minutes,
            Verb.STOCK_DESTROY: self.void_minutes,
            Verb.STOCK_MISS: self.void_minutes,
            Verb.STOCK_COUNT: self.void_minutes,
            Verb.ALLOW_HAND_OVER: self.void_minutes,
            Verb.RECALL_CARD: self.void_minutes,
            Verb.CUT_OLD_CARDS: self.void_minutes,
            Verb.DESTROY_UNCOLLECTED: self.void_minutes,
        }[verb]

    def wait_seconds(self, failures: int, allowed: int) -> int:
        """How long nobody may try after so many attempts that were not seen to succeed."""
        beyond = failures - allowed
        if beyond < 0:
            return 0
        # More doublings than minutes in a day change nothing.
        return 60 * min(self.lockout_minutes << min(beyond, 11), self.longest_lockout_minutes)


def read_sign_in_rules(data: Mapping[str, object]) -> SignInRules:
    """The rules of a policy document; what it does not name is as above. Raises ValueError with the key at fault."""
    values: dict[str, Any] = {}
    for name, value in data.items():
        if name == "finger_sign_in" and type(value) is bool:
            values[name] = value
            continue
        if name not in _BOUNDS or type(value) is not int:
            raise ValueError(f"sign_in.{name}: not a rule, or no whole number")
        low, high = _BOUNDS[name]
        if not low <= value <= high:
            raise ValueError(f"sign_in.{name}: outside {low} to {high}")
        values[name] = value
    rules = SignInRules(**values)
    if rules.longest_lockout_minutes < rules.lockout_minutes:
        raise ValueError("sign_in.longest_lockout_minutes: shorter than lockout_minutes")
    return rules
