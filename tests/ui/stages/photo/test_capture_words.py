"""What is said at the camera fits the fault, and is short."""

from __future__ import annotations

import pytest

from ui.stages.photo.words import ADVICE_ORDER, measured, most_useful
from workstation.biometrics.portrait.examine import REQUIREMENTS, Requirement, Verdict


def requirement(name: str, value: float | None, verdict: Verdict, unit: str = "share") -> Requirement:
    return Requirement(name, value, unit, 0.4, 0.6, verdict)


def test_advice_begins_with_what_helps_most() -> None:
    faulty = (
        requirement("background", 19, Verdict.RED),
        requirement("face_count", 0.1, Verdict.AMBER),
        requirement("head_size", 0.1, Verdict.RED),
        requirement("glare", None, Verdict.NOT_MEASURED),
    )
    worst = most_useful(faulty)
    assert worst is not None
    assert worst.name == "head_size"


def test_nothing_is_advised_about_what_is_good_or_not_measured() -> None:
    good = (
        requirement("background", 1, Verdict.GREEN),
        requirement("glare", None, Verdict.NOT_MEASURED),
    )
    assert most_useful(good) is None


def test_every_requirement_has_its_turn() -> None:
    assert sorted(ADVICE_ORDER) == sorted(REQUIREMENTS)


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (-0.012, "share", "−1 %"),
        (-0.001, "share", "0 %"),
        (59.4, "px", "59 px"),
        (-3.6, "°", "−4°"),
        (-0.2, "°", "0°"),
        (2.0, "count", "2"),
        (18.4, "ΔE", "18 ΔE"),
        (None, "share", "–"),
    ],
)
def test_values_are_short(value: float | None, unit: str, told: str) -> None:
    assert measured(requirement("exposure", value, Verdict.GREEN, unit)) == told
