"""The rules of the fingerprint stage, pure: which fingers, and whether what is held suffices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from workstation.database.captures import StoredFinger
from workstation.domain.applicant import PartialDate
from workstation.domain.policy import Policy
from workstation.domain.refused import Reason, Refused


def required_fingers(birth_date: str, policy: Policy, today: date) -> tuple[int, ...]:
    """The positions that the policy asks of a person of that age."""
    return policy.fingers_for(PartialDate.parse(birth_date).age_on(today))


def is_good(finger: StoredFinger, policy: Policy) -> bool:
    """Whether the capture reaches the policy's quality."""
    return finger.nfiq2 is not None and finger.nfiq2 >= policy.finger_quality_minimum


def check_complete(required: tuple[int, ...], held: Mapping[int, StoredFinger], policy: Policy) -> None:
    """Raises Refused: TOO_FEW_FINGERS (a finger neither taken nor named as missing), FINGER_QUALITY_LOW (a finger below
    the policy's quality with attempts left)."""
    absent = [position for position in required if position not in held]
    if absent:
        raise Refused(Reason.TOO_FEW_FINGERS, position=absent[0], count=len(absent))
    for position in required:
        finger = held[position]
        if (
            finger.missing_reason is None
            and not is_good(finger, policy)
            and finger.attempts < policy.finger_attempts
        ):
            raise Refused(
                Reason.FINGER_QUALITY_LOW,
                position=position,
                quality=finger.nfiq2 or 0,
                minimum=policy.finger_quality_minimum,
                left=policy.finger_attempts - finger.attempts,
            )
