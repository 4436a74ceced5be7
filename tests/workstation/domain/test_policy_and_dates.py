"""Policy documents and partial dates: what they mean and what is refused."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files

import pytest

from workstation.domain.applicant import PartialDate
from workstation.domain.policy import Policy, PolicyDamaged, read_policy

SHIPPED = files("resources").joinpath("policies")


@pytest.mark.parametrize("name", ["default.json", "training.json"])
def test_shipped_policies_are_read(name: str) -> None:
    policy = read_policy(SHIPPED.joinpath(name).read_bytes())
    assert policy.version.startswith(name.removesuffix(".json"))
    assert policy.fingers_for(3) == ()
    assert policy.fingers_for(9) == (2, 7)


def test_a_changed_policy_is_another_version() -> None:
    document = SHIPPED.joinpath("training.json").read_bytes()
    changed = document.replace(b'"match_threshold": 40', b'"match_threshold": 41')
    assert read_policy(document).version != read_policy(changed).version


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("seat_rule", "village"),
        ("switched_off_stages", ["review"]),
        ("switched_off_stages", ["no such stage"]),
        ("age_steps", [{"from_age": 0, "fingers": [11]}]),
        ("finger_quality_minimum", 101),
        ("match_threshold", "high"),
        ("return_after_days", -1),
        ("return_after_days", 251),
        ("return_after_days", "10"),
        ("return_after_days", True),
        ("holidays", ["2/12/2026"]),
        ("holidays", "2026-12-02"),
    ],
)
def test_a_damaged_policy_is_refused(key: str, value: object) -> None:
    data = json.loads(SHIPPED.joinpath("training.json").read_bytes())
    data[key] = value
    with pytest.raises(PolicyDamaged):
        read_policy(json.dumps(data).encode())


@pytest.mark.parametrize("document", [b"", b"[]", b"{}", b"\xff", b'{"name": 1}'])
def test_no_policy_at_all(document: bytes) -> None:
    with pytest.raises(PolicyDamaged):
        read_policy(document)


@pytest.mark.parametrize("text", ["1961", "1961-02", "1961-02-28", "2000-02-29"])
def test_partial_dates_keep_their_text(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "61", "1961-13", "1961-00", "1961-02-30", "2001-02-29", "1961-2-3", "1961--3"]
)
def test_impossible_dates(text: str) -> None:
    with pytest.raises(ValueError):
        PartialDate.parse(text)


def test_the_certain_age_of_a_partial_date() -> None:
    today = date(2026, 11, 22)
    assert PartialDate.parse("2011").age_on(today) == 14
    assert PartialDate.parse("2011-11").age_on(today) == 14
    assert PartialDate.parse("2011-11-22").age_on(today) == 15
    assert PartialDate.parse("2011-11-23").age_on(today) == 14


@pytest.mark.parametrize("seconds", [-1, 3601, "soon"])
def test_a_hold_that_is_none_or_too_long_is_damage(seconds: object) -> None:
    data = json.loads(SHIPPED.joinpath("default.json").read_bytes()) | {"recall_seconds": seconds}
    with pytest.raises(PolicyDamaged):
        read_policy(json.dumps(data).encode())


def test_a_policy_from_before_the_recall_holds_nothing_back() -> None:
    data = json.loads(SHIPPED.joinpath("default.json").read_bytes())
    assert read_policy(json.dumps(data).encode()).recall_seconds == 60
    del data["recall_seconds"]
    assert read_policy(json.dumps(data).encode()).recall_seconds == 0


def _returning(days: object, *holidays: str) -> Policy:
    data = json.loads(SHIPPED.joinpath("training.json").read_bytes())
    return read_policy(json.dumps(data | {"return_after_days": days, "holidays": holidays}).encode())


@pytest.mark.parametrize(
    ("begun", "days", "back"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # over the weekend
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # begun on a Saturday
        (date(2026, 11, 28), 0, date(2026, 11, 30)),  # nobody is told to come on a Saturday
        (date(2026, 12, 1), 1, date(2026, 12, 3)),  # over the national day
        (date(2026, 11, 23), 10, date(2026, 12, 8)),
    ],
)
def test_the_day_to_come_back_is_counted_in_working_days(begun: date, days: int, back: date) -> None:
    assert _returning(days, "2026-12-02").return_day(begun) == back


def test_without_a_number_of_days_no_day_is_promised() -> None:
    assert _returning(None).return_day(date(2026, 11, 23)) is None
    real = json.loads(SHIPPED.joinpath("default.json").read_bytes())
    del real["return_after_days"], real["holidays"]
    assert read_policy(json.dumps(real).encode()).return_day(date(2026, 11, 23)) is None
