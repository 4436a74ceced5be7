"""Between which values a portrait requirement is green, amber or red: policy data, read and checked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """green: as it should be; amber: usable, a person may accept it; red: not to be accepted without a reason;
    not-measured: nothing is claimed, because the engine or the picture does not allow it."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NOT_MEASURED = "not-measured"


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

    def never_red(self) -> Band:
        """The same green, everything else amber."""
        return replace(self, red_low=-math.inf, red_high=math.inf)


# Ours: a small child looks where it likes; ISO/IEC 19794-5, 7.2 asks the same of it as of everybody.
_RELAXED = ("eyes_open", "gaze", "mouth_closed", "expression", "roll", "pitch", "yaw", "motion_blur")


@dataclass(frozen=True)
class PortraitLimits:
    """One band for each requirement of `examine`; what is measured, in which unit, is said in its own room.

    The defaults are for a camera picture from which the card's portrait is cropped. They come from
    ISO/IEC 19794-5:2005 (full frontal image) where it gives a figure, else they are ours, set on one face in real
    and harmed pictures (README.md here); a policy can replace each.
    """

    # ISO/IEC 19794-5, 7.2 and ISO/IEC 29794-5 (0x4C): one face and no other.
    face_count: Band = Band(1, 1, 1, 1)
    # Ours: height of the largest other face by that of the applicant's, a poster's or a badge's perhaps.
    second_face: Band = Band(high=0.0, red_high=0.45)
    # Ours: smaller gives the card too few pixels, larger leaves no room for the crop.
    head_size: Band = Band(0.35, 0.72, 0.28, 0.80)
    # ISO/IEC 19794-5, 8.4.1: at least 90 pixels between the eyes.
    eye_distance: Band = Band(low=90, red_low=60)
    # Ours: the crop follows the face, so this only keeps the lens's edges and the frame's away.
    centring: Band = Band(high=0.12, red_high=0.22)
    # ISO/IEC 19794-5, 7.2.2: 5 degrees of pitch and yaw, 8 of roll. Red is ours: the crop turns roll away.
    roll: Band = Band(-8, 8, -15, 15)
    pitch: Band = Band(-8, 8, -15, 15)
    yaw: Band = Band(-6, 6, -12, 12)
    eyes_open: Band = Band(low=0.40, red_low=0.28)
    gaze: Band = Band(high=0.06, red_high=0.12)
    # Ours, for the measure of ISO/IEC 29794-5 (0x4E).
    mouth_closed: Band = Band(high=0.035, red_high=0.060)
    expression: Band = Band(high=0.085, red_high=0.13)
    glasses: Band = Band(high=0.12, red_high=0.35)
    glare: Band = Band(high=0.02, red_high=0.08)
    red_eye: Band = Band(high=0.10, red_high=0.30)
    face_covered: Band = Band(high=0.20, red_high=0.40)
    # Noted only: whoever wears hijab or Hmong headwear is not failed unless a policy says so.
    head_covering: Band = Band()
    lighting: Band = Band(-0.15, 0.15, -0.24, 0.24)
    face_shadow: Band = Band(high=0.08, red_high=0.20)
    # Ours: share of clipped pixels in the face, negative for black, positive for white.
    exposure: Band = Band(-0.15, 0.05, -0.30, 0.12)
    contrast: Band = Band(low=0.45, red_low=0.25)
    background: Band = Band(high=5.0, red_high=9.0)
    background_colour: Band = Band(low=55, red_low=30)
    background_shadow: Band = Band(high=0.02, red_high=0.15)
    sharpness: Band = Band(low=0.045, red_low=0.030)
    motion_blur: Band = Band(high=0.5, red_high=1.0)
    # ISO/IEC 29794-5 (0x4B): zero is natural; the ends are ours.
    colour_cast: Band = Band(high=4.0, red_high=10.0)
    pixelation: Band = Band(high=0.15, red_high=0.40)
    compression: Band = Band(high=0.30, red_high=0.80)
    # Ours: the shorter side of the picture.
    resolution: Band = Band(low=600, red_low=400)
    # Years of age under which `for_age` relaxes eyes, mouth and posture; ours.
    relaxed_under_age: int = 6

    @classmethod
    def from_policy(cls, data: Mapping[str, Any]) -> PortraitLimits:
        """Read {"eye_distance": {"low": 90, "red_low": 60}, ..., "relaxed_under_age": 6}; what is left out
        keeps its default, an end left out of a given band is open. Raises LimitsError for what cannot be meant."""
        bands: dict[str, Any] = {}
        for name, given in data.items():
            if name == "relaxed_under_age":
                bands[name] = _age(name, given)
            elif name in REQUIREMENTS:
                bands[name] = _read_band(name, given)
            else:
                raise LimitsError(name, "no such requirement")
        return cls(**bands)

    def band(self, requirement: str) -> Band:
        """The band of a requirement by its name."""
        found: Band = getattr(self, requirement)
        return found

    def for_age(self, years: int | None) -> PortraitLimits:
        """The limits for a person of this age: a small child's eyes, mouth and posture are never red."""
        if years is None or years >= self.relaxed_under_age:
            return self
        relaxed: dict[str, Any] = {name: self.band(name).never_red() for name in _RELAXED}
        return replace(self, **relaxed)


# The names of all requirements, in the order in which they are reported.
REQUIREMENTS: tuple[str, ...] = tuple(
    entry.name for entry in fields(PortraitLimits) if entry.name != "relaxed_under_age"
)


def _age(name: str, given: object) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= 18:
        raise LimitsError(name, "not an age of 0 to 18 years")
    return given


def _read_band(name: str, given: object) -> Band:
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
