"""What a reviewer must look at: every rule of the points, and the refusal of an approval without them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from workstation.biometrics.portrait.examine import Requirement, Verdict
from workstation.database.captures import StoredFinger
from workstation.database.reviews import OtherApplication
from workstation.domain.policy import read_policy
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.workflow.review.checks import (
    Compared,
    PointKind,
    check_visited,
    differences,
    points,
    same_person,
)

POLICY = read_policy(files("resources").joinpath("policies/training.json").read_bytes())
FIELDS = {
    "given_name_lo": "ສຸດາວັນ",
    "surname_lo": "ພົມມະຈັນ",
    "given_name_latin": "Soudavanh",
    "surname_latin": "Phommachanh",
    "sex": "F",
    "birth_date": "1994-03-17",
    "household_number": "12-0457",
    "village": "ໂພນສະຫວັນ",
    "telephone": "020 5555 0142",
}
GOOD = StoredFinger(2, "a" * 64, b"FMR", 55, 272, 320, 500, None, 1)
FINGERS = {2: GOOD, 7: replace(GOOD, position=7)}


def other(
    identifier: str = "o1", identity_number: str = "", card: str = "", **fields: str
) -> OtherApplication:
    made = datetime(2026, 1, 5, tzinfo=UTC)
    return OtherApplication(
        identifier, f"VTE-{identifier}", Stage.CLOSED, made, identity_number, card, {**FIELDS, **fields}
    )


def requirement(name: str, verdict: Verdict) -> Requirement:
    return Requirement(name, 1.0, "", None, None, verdict)


def found(
    fields: dict[str, str] = FIELDS,
    compared: Compared | None = None,
    carried: frozenset[str] = frozenset(),
    requirements: tuple[Requirement, ...] = (),
    forced: str | None = None,
    fingers: dict[int, StoredFinger] = FINGERS,
) -> list[str]:
    asked = points(fields, compared, carried, requirements, forced, (2, 7), fingers, POLICY)
    assert len({point.id for point in asked}) == len(asked)
    return [point.id for point in asked]


def test_a_plain_application_has_nothing_to_point_out() -> None:
    assert found(requirements=(requirement("sharpness", Verdict.GREEN),)) == []


def test_contradictions_come_first_then_the_rest() -> None:
    before = other(surname_lo="ວົງສາ", sex="M")
    asked = points(
        FIELDS | {"surname_latin_source": "proposed"},
        Compared(before, 1, same_number=False),
        frozenset({"village"}),
        (requirement("background", Verdict.AMBER), requirement("sharpness", Verdict.RED)),
        "no other camera",
        (2, 7),
        {2: replace(GOOD, wsq=None), 7: replace(GOOD, nfiq2=POLICY.finger_quality_minimum - 1)},
        POLICY,
        signed=True,
    )
    kinds = [point.kind for point in asked]
    assert kinds == sorted(kinds, key=list(PointKind).index)
    assert set(kinds) == set(PointKind)
    assert [(p.about, p.now, p.before) for p in asked if p.kind is PointKind.DIFFERENCE] == [
        ("surname_lo", "ພົມມະຈັນ", "ວົງສາ"),
        ("sex", "F", "M"),
    ]


@pytest.mark.parametrize(("verdict", "count"), [(Verdict.GREEN, 0), (Verdict.AMBER, 1), (Verdict.RED, 1)])
def test_amber_and_red_requirements_are_points(verdict: Verdict, count: int) -> None:
    assert len(found(requirements=(requirement("exposure", verdict),))) == count


def test_fingers_missing_not_taken_or_poor_are_points() -> None:
    missing = StoredFinger(7, None, None, None, None, None, None, "bandaged", 1)
    assert found(fingers={2: GOOD, 7: missing}) == ["missing-finger:7"]
    assert found(fingers={2: GOOD}) == ["missing-finger:7"]
    assert found(fingers={**FINGERS, 2: replace(GOOD, nfiq2=0)}) == ["low-finger:2"]
    limit = replace(GOOD, nfiq2=POLICY.finger_quality_minimum)
    assert found(fingers={**FINGERS, 2: limit}) == []


def test_carried_and_proposed_values_are_points_once() -> None:
    fields = FIELDS | {"village_source": "carried", "surname_latin_source": "proposed", "sex_source": "typed"}
    assert found(fields, carried=frozenset({"village"})) == ["carried:village", "proposed:surname_latin"]


def test_another_spelling_of_the_same_name_is_no_difference() -> None:
    before = FIELDS | {"given_name_lo": "ຫລ້າ", "given_name_latin": "SOUDAVANH"}
    assert differences(FIELDS | {"given_name_lo": "ຫຼ້າ"}, before) == ()


def test_what_was_left_out_before_is_no_difference_but_what_is_gone_is() -> None:
    assert differences(FIELDS, {**FIELDS, "surname_lo": ""}) == ()
    assert differences({**FIELDS, "surname_lo": ""}, FIELDS) == ("surname_lo",)
    assert differences({**FIELDS, "telephone": "021"}, FIELDS) == ()


def test_the_same_number_comes_before_the_same_name() -> None:
    fields = FIELDS | {"identity_number": "1101 9940 0012 345"}
    named = other("named")
    numbered = other("numbered", "110199400012345", given_name_lo="ອື່ນ", given_name_latin="Other")
    compared = same_person(fields, (named, numbered))
    assert compared == Compared(numbered, 2, same_number=True)
    typed = other("typed", given_name_lo="ອື່ນ", given_name_latin="Other")
    typed = replace(typed, fields={**typed.fields, "identity_number": "1101-99400012345"})
    assert same_person(fields, (typed,)) == Compared(typed, 1, same_number=True)


def test_the_old_card_leads_to_the_application_it_was_made_for() -> None:
    made = other("made", card="LA1234567", given_name_lo="ອື່ນ", given_name_latin="Other")
    assert same_person(FIELDS | {"old_document_number": "LA 123-4567"}, (made,)) == Compared(
        made, 1, same_number=True
    )
    assert same_person(FIELDS | {"old_document_number": "LA 123-4568"}, (made,)) is None


def test_same_name_needs_the_same_birth_date() -> None:
    assert same_person(FIELDS, (other(birth_date="1994-03-18"),)) is None
    assert same_person(FIELDS, (other(given_name_lo="ອື່ນ", given_name_latin="Other"),)) is None
    assert same_person({}, (other(),)) is None
    twice = same_person(FIELDS, (other("new"), other("old")))
    assert twice is not None
    assert (twice.other.id, twice.count) == ("new", 2)


def test_every_point_must_have_been_visited() -> None:
    asked = points(
        FIELDS, Compared(other(sex="M"), 1, same_number=False), frozenset(), (), "x", (), {}, POLICY
    )
    ids = {point.id for point in asked}
    check_visited(asked, ids | {"of another application"})
    with pytest.raises(Refused) as refusal:
        check_visited(asked, ids - {"forced-portrait"})
    assert refusal.value.reason is Reason.POINTS_NOT_VISITED
    assert refusal.value.facts == {"count": 1}
