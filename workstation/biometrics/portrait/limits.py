"""Between which values a portrait requirement is green, amber or red: policy data, read and checked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """green: as it should be; amber: usable, a person may accept it; red: not to be accepted without a reason."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class LimitsError(ValueError):
    """Policy data that cannot be portrait limits; `requirement` names the entry at fault."""

    def __init__(self, requirement: str, fault: str) -> None:
        super().__init__(f"{requirement}: {fault}")
        self.requirement = requirement


@dataclass(frozen=True)
class Band:
    """low..high is green; from there to red_low..red_high amber; beyond red. An open end is infinite."""

    low: float = -math.inf
    high: float = math.inf
    red_low: float = -math.inf
    red_high: float = math.inf

    def judge(self, value: float) -> Verdict:
        """The verdict on a measured value; a value that is no number is red."""
        if self.low <= value <= self.high:
            return Verdict.GREEN
        if self.red_low <= value <= self.red_high:
            return Verdict.AMBER
        return Verdict.RED


@dataclass(frozen=True)
class PortraitLimits:
    """One band for each requirement of `examine`; what is measured, in which unit, is said there.

    The defaults are for a camera picture from which the card's portrait is cropped. They come from
    ISO/IEC 19794-5:2005 (full frontal image) where it gives a figure, else they are ours, set on real and
    harmed pictures; a policy can replace each.
    """

    # ISO/IEC 19794-5, 7.2 and ISO/IEC 29794-5 (0x4C): one face and no other.
    face_count: Band = field(default_factory=lambda: Band(1, 1, 1, 1))
    # Ours: smaller gives the card too few pixels, larger leaves no room for the crop.
    head_size: Band = field(default_factory=lambda: Band(0.35, 0.72, 0.28, 0.80))
    # ISO/IEC 19794-5, 8.4.1: at least 90 pixels between the eyes.
    eye_distance: Band = field(default_factory=lambda: Band(low=90, red_low=60))
    # Ours: the crop follows the face, so this only keeps the lens's edges and the frame's away.
    centring: Band = field(default_factory=lambda: Band(high=0.12, red_high=0.22))
    # Ours.
    sharpness: Band = field(default_factory=lambda: Band(low=0.045, red_low=0.030))
    # Ours: share of clipped pixels in the face, negative for black, positive for white.
    exposure: Band = field(default_factory=lambda: Band(-0.15, 0.05, -0.30, 0.12))
    # Ours, for the measure of ISO/IEC 29794-5 (0x4E).
    mouth_closed: Band = field(default_factory=lambda: Band(high=0.035, red_high=0.070))
    # Ours.
    background: Band = field(default_factory=lambda: Band(high=5.0, red_high=9.0))

    @classmethod
    def from_policy(cls, data: Mapping[str, Any]) -> PortraitLimits:
        """Read {"eye_distance": {"low": 90, "red_low": 60}, ...}; a requirement left out keeps its default,
        an end left out of a given one is open. Raises LimitsError for what cannot be meant."""
        known = {entry.name for entry in fields(cls)}
        bands = {}
        for name, given in data.items():
            if name not in known:
                raise LimitsError(name, "no such requirement")
            bands[name] = _band(name, given)
        return cls(**bands)

    def band(self, requirement: str) -> Band:
        """The band of a requirement by its name."""
        found: Band = getattr(self, requirement)
        return found


def _band(name: str, given: object) -> Band:
    if not isinstance(given, Mapping):
        raise LimitsError(name, "not a table of limits")
    ends = {}
    for end, value in given.items():
        if end not in ("low", "high", "red_low", "red_high"):
            raise LimitsError(name, f"no such end: {end}")
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise LimitsError(name, f"{end} is no number")
        ends[end] = float(value)
    # Without a red end of its own, red begins where green ends.
    for end in ("low", "high"):
        if end in ends:
            ends.setdefault(f"red_{end}", ends[end])
    band = Band(**ends)
    if not band.red_low <= band.low <= band.high <= band.red_high:
        raise LimitsError(name, "the ends are not in order")
    return band
