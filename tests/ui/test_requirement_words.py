"""Each portrait requirement has a name, and a sentence for each way in which it can fail, in both languages."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from ui.language import language, set_language
from ui.words.requirements import requirement_advice, requirement_name
from workstation.biometrics.portrait.examine import FAMILIES, REQUIREMENTS, Requirement, Verdict
from workstation.biometrics.portrait.limits import PortraitLimits


@pytest.fixture(autouse=True, params=["en", "lo"])
def spoken(request: pytest.FixtureRequest) -> Iterator[None]:
    before = language()
    set_language(request.param)
    yield
    set_language(before)


def found(name: str, value: float | None) -> Requirement:
    band = PortraitLimits().band(name)
    low = band.low if math.isfinite(band.low) else None
    high = band.high if math.isfinite(band.high) else None
    return Requirement(name, value, "", low, high, Verdict.RED)


def test_every_requirement_belongs_to_one_family() -> None:
    assert sorted(name for family in FAMILIES.values() for name in family) == sorted(REQUIREMENTS)


def test_every_requirement_has_a_name_of_its_own() -> None:
    names = [requirement_name(name) for name in REQUIREMENTS]
    assert len(set(names)) == len(REQUIREMENTS)
    assert not set(names) & set(REQUIREMENTS)


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_fault_has_a_sentence(name: str) -> None:
    requirement = found(name, None)
    assert requirement_advice(requirement.sentence) != ""
    if requirement.low is not None:
        assert requirement_advice(found(name, requirement.low - 1).sentence) != ""
    if requirement.high is not None:
        assert requirement_advice(found(name, requirement.high + 1).sentence) != ""
    within = requirement.low if requirement.low is not None else requirement.high
    assert requirement_advice(found(name, within if within is not None else 0.5).sentence) == ""


def test_a_policy_that_forbids_head_coverings_can_say_so() -> None:
    worn = Requirement("head_covering", 0.6, "share", None, 0.3, Verdict.RED)
    assert requirement_advice(worn.sentence) != ""
