"""Portrait limits as policy data: defaults, replacements, and everything that cannot be meant."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.biometrics.portrait.limits import Band, LimitsError, PortraitLimits, Verdict


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (0.0, "red"),
        (59.9, "red"),
        (60.0, "amber"),
        (89.9, "amber"),
        (90.0, "green"),
        (1e9, "green"),
        (math.nan, "red"),
    ],
)
def test_a_band_judges(value: float, verdict: str) -> None:
    assert Band(low=90, red_low=60).judge(value) == Verdict(verdict)


def test_an_empty_policy_gives_the_defaults() -> None:
    assert PortraitLimits.from_policy({}) == PortraitLimits()
    assert PortraitLimits().eye_distance.low == 90


def test_a_policy_replaces_what_it_names() -> None:
    limits = PortraitLimits.from_policy(
        {"eye_distance": {"low": 120, "red_low": 90}, "centring": {"high": 0.1}}
    )
    assert limits.eye_distance == Band(low=120, red_low=90)
    assert limits.centring.judge(0.11) is Verdict.RED
    assert limits.sharpness == PortraitLimits().sharpness


@pytest.mark.parametrize(
    ("data", "requirement"),
    [
        ({"beauty": {"low": 1}}, "beauty"),
        ({"sharpness": 3}, "sharpness"),
        ({"sharpness": {"lower": 3}}, "sharpness"),
        ({"sharpness": {"low": "3"}}, "sharpness"),
        ({"sharpness": {"low": True}}, "sharpness"),
        ({"sharpness": {"low": math.nan}}, "sharpness"),
        ({"sharpness": {"low": math.inf}}, "sharpness"),
        ({"sharpness": {"low": 3, "high": 2}}, "sharpness"),
        ({"head_size": {"low": 3, "red_low": 4}}, "head_size"),
        ({"head_size": {"high": 4, "red_high": 3}}, "head_size"),
        ({"relaxed_under_age": {"low": 3}}, "relaxed_under_age"),
        ({"relaxed_under_age": -1}, "relaxed_under_age"),
        ({"relaxed_under_age": 19}, "relaxed_under_age"),
        ({"relaxed_under_age": True}, "relaxed_under_age"),
    ],
)
def test_what_cannot_be_meant_is_named(data: dict[str, Any], requirement: str) -> None:
    with pytest.raises(LimitsError) as raised:
        PortraitLimits.from_policy(data)
    assert raised.value.requirement == requirement


ends = (
    st.floats(-1e6, 1e6)
    | st.none()
    | st.text(max_size=3)
    | st.booleans()
    | st.lists(st.integers(), max_size=2)
)


@given(
    st.dictionaries(
        st.sampled_from(["sharpness", "exposure", "x"]),
        st.dictionaries(st.sampled_from(["low", "high", "red_low", "red_high"]), ends) | ends,
    )
)
def test_any_data_is_either_limits_or_a_named_fault(data: dict[str, Any]) -> None:
    try:
        limits = PortraitLimits.from_policy(data)
    except LimitsError as fault:
        named = fault.requirement
    else:
        named = ""
        for name in data:
            band = limits.band(name)
            assert band.red_low <= band.low <= band.high <= band.red_high
    assert named == "" or named in data


@pytest.mark.parametrize(("years", "relaxed"), [(0, True), (5, True), (6, False), (40, False), (None, False)])
def test_small_children_s_eyes_and_mouth_are_never_red(years: int | None, relaxed: bool) -> None:
    limits = PortraitLimits().for_age(years)
    for name in ("eyes_open", "gaze", "mouth_closed", "expression", "roll", "pitch", "yaw"):
        band = limits.band(name)
        assert Verdict.RED in (
            PortraitLimits().band(name).judge(-100.0),
            PortraitLimits().band(name).judge(100.0),
        )
        worst = {band.judge(-100.0), band.judge(100.0)} - {Verdict.GREEN}
        assert worst == ({Verdict.AMBER} if relaxed else {Verdict.RED})
    for name in ("face_count", "face_covered", "exposure", "eye_distance"):
        assert limits.band(name) == PortraitLimits().band(name)


def test_the_age_is_the_policy_s() -> None:
    strict = PortraitLimits.from_policy({"relaxed_under_age": 0})
    assert strict.for_age(0) == strict
    assert PortraitLimits.from_policy({"relaxed_under_age": 12}).for_age(11) != PortraitLimits()
