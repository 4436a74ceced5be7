"""The advice at the camera fits the fault."""

from __future__ import annotations

import pytest

from ui.stages.photo.words import advice, measured, most_useful
from workstation.biometrics.portrait.examine import Requirement, Verdict


def requirement(name: str, value: float | None, verdict: Verdict, unit: str = "share") -> Requirement:
    return Requirement(name, value, unit, 0.4, 0.6, verdict)


def test_advice_begins_with_what_helps_most() -> None:
    faulty = (
        requirement("background", 19, Verdict.RED),
        requirement("exposure", 0.1, Verdict.AMBER),
        requirement("head_size", 0.1, Verdict.RED),
    )
    worst = most_useful(faulty)
    assert worst is not None
    assert worst.name == "head_size"
    assert most_useful((requirement("background", 1, Verdict.GREEN),)) is None


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("head_size", 0.1, "Too far away"),
        ("head_size", 0.9, "Too close"),
        ("exposure", 0.9, "Too bright"),
        ("exposure", 0.1, "Too dark"),
        ("face_count", 2, "Only the applicant"),
        ("face_count", 0, "No face"),
        ("sharpness", None, "not sharp"),
    ],
)
def test_advice_fits_the_side_of_the_fault(name: str, value: float | None, words: str) -> None:
    assert words in advice(requirement(name, value, Verdict.RED))


def test_values_are_short() -> None:
    assert measured(requirement("exposure", -0.012, Verdict.GREEN)) == "−1 %"
    assert measured(requirement("eye_distance", 59.4, Verdict.RED, "px")) == "59 px"
    assert measured(requirement("head_size", None, Verdict.RED)) == "–"
