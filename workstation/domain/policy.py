"""Policy: what nobody has published about the card and its rules, as versioned data instead of code."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from workstation.domain.hand_over import HandOverRules, read_hand_over_rules
from workstation.domain.sign_in_rules import SignInRules, read_sign_in_rules
from workstation.domain.signature import SignatureRules, read_signature_rules
from workstation.domain.stages import SKIPPED_BY_POLICY, Stage
from workstation.domain.stock import SerialFormat, read_serial_format

LONGEST_PROMISE = 250  # working days, about a year; more is a slip of the hand
LONGEST_KEPT = 3650  # days
LONGEST_RECALL = 3600  # seconds; what is held back longer is late, not recallable


class PolicyDamaged(Exception):
    """A policy document that cannot be used; the message says which key and why."""


@dataclass(frozen=True)
class AgeStep:
    """From `from_age` full years on, these fingers (ISO/IEC 19794-2 positions 1..10) are taken."""

    from_age: int
    fingers: tuple[int, ...]


@dataclass(frozen=True)
class PortraitFiles:
    """What is made of a portrait. enlarge_up_to: how many pixels one of the camera's may become; jpeg_bytes,
    chip_bytes: the most for exchange and print, and for the chip; even_background: for print."""

    enlarge_up_to: float = 1.0
    jpeg_bytes: int = 250_000
    chip_bytes: int = 20_000
    even_background: bool = True


@dataclass(frozen=True)
class Policy:
    """One version of the policy. `version` is its name and the first 12 hex digits of its SHA-256.

    `recall_seconds` is how long an approval is held back before it is sent; `claim_silence_seconds`
    how long a station may be silent before what it holds is free for others. `automatic_shot`: whether
    the camera may propose a portrait by itself. `return_after_days` is after how many working days of the office
    (Monday to Friday, without `holidays`) the person is told to come back; None: no day is promised. With
    `sealing_required` no image goes to a registry that has told no key to seal it to. `keep_biometrics_days` after
    the hand-over the station deletes originals, fingerprint images and templates; None: never. `publishing_offices` are
    the codes of the offices that may publish card layouts.
    """

    version: str
    switched_off: frozenset[Stage]
    seat_rule: str
    age_steps: tuple[AgeStep, ...]
    finger_quality_minimum: int
    finger_attempts: int
    match_threshold: int
    portrait_attempts: int
    portrait_limits: Mapping[str, Any]
    card_layout: str
    required_documents: tuple[str, ...]
    recall_seconds: int
    claim_silence_seconds: int
    return_after_days: int | None
    holidays: frozenset[date]
    portrait_files: PortraitFiles = PortraitFiles()
    automatic_shot: bool = True
    sign_in: SignInRules = field(default_factory=SignInRules)
    sealing_required: bool = False
    keep_biometrics_days: int | None = None
    publishing_offices: frozenset[str] = frozenset()
    blank_serials: SerialFormat = field(default_factory=SerialFormat)
    hand_over: HandOverRules = field(default_factory=HandOverRules)
    signature: SignatureRules = field(default_factory=SignatureRules)

    def return_day(self, begun: date) -> date | None:
        """The day on which the person may come back for the card of an application begun on `begun`, or None."""
        if self.return_after_days is None:
            return None
        day, left = begun, self.return_after_days
        while left or not self._is_working_day(day):
            day += timedelta(days=1)
            left -= left > 0 and self._is_working_day(day)
        return day

    def _is_working_day(self, day: date) -> bool:
        return day.isoweekday() <= 5 and day not in self.holidays

    def fingers_for(self, age: int) -> tuple[int, ...]:
        """The finger positions taken from a person of that age."""
        steps = [step for step in self.age_steps if step.from_age <= age]
        return max(steps, key=lambda step: step.from_age).fingers if steps else ()


def read_policy(document: bytes) -> Policy:
    """Reads a policy document (UTF-8 JSON). Raises PolicyDamaged with the key at fault."""
    try:
        data = json.loads(document)
        name = data["name"]
        switched_off = frozenset(Stage(stage) for stage in data["switched_off_stages"])
        steps = tuple(
            AgeStep(int(s["from_age"]), tuple(int(f) for f in s["fingers"])) for s in data["age_steps"]
        )
        policy = Policy(
            version=f"{name}+{hashlib.sha256(document).hexdigest()[:12]}",
            switched_off=switched_off,
            seat_rule=str(data["seat_rule"]),
            age_steps=steps,
            finger_quality_minimum=int(data["finger_quality_minimum"]),
            finger_attempts=int(data["finger_attempts"]),
            match_threshold=int(data["match_threshold"]),
            portrait_attempts=int(data["portrait_attempts"]),
            portrait_limits=dict(data["portrait_limits"]),
            card_layout=str(data["card_layout"]),
            required_documents=tuple(str(d) for d in data["required_documents"]),
            # A policy written before there was a recall held nothing back.
            recall_seconds=int(data.get("recall_seconds", 0)),
            claim_silence_seconds=int(data.get("claim_silence_seconds", 120)),
            portrait_files=_portrait_files(data.get("portrait_files", {})),
            automatic_shot=_yes_or_no("automatic_shot", data.get("automatic_shot", True)),
            return_after_days=_days(data.get("return_after_days"), "return_after_days"),
            holidays=frozenset(date.fromisoformat(day) for day in data.get("holidays", ())),
            sign_in=read_sign_in_rules(data.get("sign_in", {})),
            sealing_required=_sealing(data.get("sealing", "when_offered")),
            publishing_offices=frozenset(str(code) for code in data.get("publishing_offices", ())),
            keep_biometrics_days=_days(data.get("keep_biometrics_days"), "keep_biometrics_days"),
            blank_serials=read_serial_format(data.get("blank_serials", {})),
            hand_over=read_hand_over_rules(data.get("hand_over", {})),
            signature=read_signature_rules(data.get("signature", {})),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise PolicyDamaged(f"{type(error).__name__}: {error}") from error
    if policy.seat_rule not in ("province", "district"):
        raise PolicyDamaged("seat_rule: neither province nor district")
    if not switched_off <= SKIPPED_BY_POLICY.keys():
        raise PolicyDamaged("switched_off_stages: a stage that cannot be left out")
    if any(not 1 <= finger <= 10 for step in steps for finger in step.fingers):
        raise PolicyDamaged("age_steps: a finger position outside 1 to 10")
    if not 0 <= policy.finger_quality_minimum <= 100:
        raise PolicyDamaged("finger_quality_minimum: outside 0 to 100")
    if not 0 <= policy.recall_seconds <= LONGEST_RECALL:
        raise PolicyDamaged(f"recall_seconds: outside 0 to {LONGEST_RECALL}")
    if not 10 <= policy.claim_silence_seconds <= LONGEST_RECALL:
        raise PolicyDamaged(f"claim_silence_seconds: outside 10 to {LONGEST_RECALL}")
    if policy.keep_biometrics_days is not None and not 1 <= policy.keep_biometrics_days <= LONGEST_KEPT:
        raise PolicyDamaged(f"keep_biometrics_days: outside 1 to {LONGEST_KEPT}")
    if policy.return_after_days is not None and not 0 <= policy.return_after_days <= LONGEST_PROMISE:
        raise PolicyDamaged(f"return_after_days: outside 0 to {LONGEST_PROMISE}")
    return policy


def _yes_or_no(name: str, given: object) -> bool:
    if not isinstance(given, bool):
        raise ValueError(f"{name}: neither true nor false")
    return given


def _portrait_files(data: Mapping[str, Any]) -> PortraitFiles:
    rules = PortraitFiles(**data)
    if not 1.0 <= rules.enlarge_up_to <= 3.0:
        raise ValueError("portrait_files: enlarge_up_to outside 1 to 3")
    if not 30_000 <= rules.jpeg_bytes <= 2_000_000:
        raise ValueError("portrait_files: jpeg_bytes outside 30000 to 2000000")
    # Doc 9303-10 reads data group 2 in one piece up to 32 kB; below this a face is not recognisable.
    if not 10_000 <= rules.chip_bytes <= 30_000:
        raise ValueError("portrait_files: chip_bytes outside 10000 to 30000")
    if not isinstance(rules.even_background, bool):
        raise ValueError("portrait_files: even_background is neither true nor false")
    return rules


def _sealing(value: object) -> bool:
    if value not in ("required", "when_offered"):
        raise ValueError("sealing: neither required nor when_offered")
    return value == "required"


def _days(value: object, name: str) -> int | None:
    if value is not None and type(value) is not int:
        raise ValueError(f"{name}: neither a whole number nor null")
    return value
