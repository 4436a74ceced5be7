"""Families at the counter: entered once, carried to the next member, confirmed by a clerk before it is accepted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.offices import FIELDS, Staffed, staffed_office
from workstation.database.audit import audit_of
from workstation.database.households import number_key
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.workflow import households
from workstation.workflow.intake.steps import complete, save_draft, start
from workstation.workflow.intake.view import view

HOUSEHOLD = {
    name: FIELDS[name]
    for name in ("household_number", "province_code", "district_code", "village", "house_number", "unit")
}
PERSON = {name: text for name, text in FIELDS.items() if name not in HOUSEHOLD}


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    folder = tmp_path_factory.mktemp("families") / "office"
    with staffed_office(folder) as office:
        yield office
    shutil.rmtree(folder)


def _application(staffed: Staffed, **fields: str) -> str:
    application = start(staffed.office, staffed.clerk)
    _type(staffed, application, {**FIELDS, **fields})
    return application


def _type(staffed: Staffed, application: str, fields: dict[str, str]) -> None:
    typed = {**view(staffed.office, application).fields, **fields}
    save_draft(staffed.office, staffed.clerk, application, typed).result(10)


def _first_member(staffed: Staffed, number: str) -> str:
    application = _application(staffed, household_number=number)
    complete(staffed.office, staffed.clerk, application)
    return application


def _refusal(staffed: Staffed, application: str) -> Refused:
    with pytest.raises(Refused) as refusal:
        complete(staffed.office, staffed.clerk, application)
    return refusal.value


def test_a_household_is_known_after_its_first_member(staffed: Staffed) -> None:
    office = staffed.office
    assert households.household_of(office, "77-1", "01", "0101") is None
    application = _application(staffed, household_number="77-1")
    assert households.household_of(office, "77-1", "01", "0101") is None, "nothing is accepted yet"
    complete(office, staffed.clerk, application)
    known = households.household_of(office, " ໗໗ – ໑ ", "01", "0101")
    assert known is not None
    assert known.fields() == {**HOUSEHOLD, "household_number": "77-1"}
    assert households.household_of(office, "77-1", "01", "0102") is None
    assert households.household_of(office, "77-12", "01", "0101") is None
    assert households.household_of(office, "", "01", "0101") is None
    assert households.household_of(office, " - ", "01", "0101") is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12-0457", "12 0457", True),
        ("12-0457", "໑໒/໐໔໕໗", True),
        ("A12", "a12", True),
        ("12-0457", "120457", False),
        ("1-20457", "12-0457", False),
        ("ກ-12", "ຂ-12", False),
    ],
)
def test_what_is_the_same_number(one: str, other: str, same: bool) -> None:
    assert (number_key(one) == number_key(other)) is same


def test_the_next_member_gets_household_and_address_and_nothing_of_the_person(staffed: Staffed) -> None:
    office = staffed.office
    first = _first_member(staffed, "78-1")
    second = households.start_next_member(office, staffed.clerk, first)
    carried = {**HOUSEHOLD, "household_number": "78-1"}
    fields = view(office, second).fields
    assert {name: fields[name] for name in carried} == carried
    assert not fields.keys() & (PERSON.keys() - {"nationality"})
    assert households.carried(office, second) == tuple(carried)
    third = households.start_next_member(office, staffed.clerk, second)
    assert households.carried(office, third) == tuple(carried), "members one after the other"


def test_carried_values_stop_the_completion_until_all_are_confirmed(staffed: Staffed) -> None:
    office, clerk = staffed.office, staffed.clerk
    second = households.start_next_member(office, clerk, _first_member(staffed, "79-1"))
    _type(staffed, second, PERSON)
    refused = _refusal(staffed, second)
    assert refused.reason is Reason.CARRIED_NOT_CONFIRMED
    assert str(refused.facts["fields"]).split(",") == list(HOUSEHOLD)
    assert households.confirm(office, clerk, second, ["household_number", "province_code"]) == (
        "district_code",
        "village",
        "house_number",
        "unit",
    )
    assert _refusal(staffed, second).facts["count"] == 4
    assert view(office, second).fields["village"] == FIELDS["village"], "nothing was lost"
    assert households.confirm(office, staffed.other_clerk, second, HOUSEHOLD) == ()
    assert complete(office, clerk, second) is Stage.PHOTO
    who = {value.field: value.confirmed_by for value in households.carried_values(office, second)}
    assert who["household_number"] == clerk.operator.id
    assert who["unit"] == staffed.other_clerk.operator.id
    tags = [entry.tag for entry in office.store.read(lambda connection: audit_of(connection, second))]
    assert tags.count(AuditTag.HOUSEHOLD_CONFIRMED) == 2


def test_what_is_typed_anew_is_the_clerks_own(staffed: Staffed) -> None:
    office = staffed.office
    second = households.start_next_member(office, staffed.clerk, _first_member(staffed, "80-1"))
    _type(staffed, second, {"house_number": "215", "village": f"  {FIELDS['village']} "})
    left = households.carried(office, second)
    assert "house_number" not in left
    assert "village" in left, "spaces do not make it another village"
    _type(staffed, second, {"house_number": FIELDS["house_number"]})
    assert "house_number" in households.carried(office, second)


def test_a_known_household_offers_its_address_to_an_empty_one(staffed: Staffed) -> None:
    office, clerk = staffed.office, staffed.clerk
    _first_member(staffed, "81-1")
    other = start(office, clerk)
    assert households.offered(office, other) == {}
    _type(
        staffed,
        other,
        {"household_number": "81-1", "province_code": "01", "district_code": "0101", "unit": "9"},
    )
    assert households.offered(office, other) == {
        "village": FIELDS["village"],
        "house_number": FIELDS["house_number"],
    }
    assert households.carry_address(office, clerk, other) == ("village", "house_number")
    fields = view(office, other).fields
    assert (fields["village"], fields["unit"]) == (FIELDS["village"], "9")
    assert households.carried(office, other) == ("village", "house_number")
    assert households.offered(office, other) == {}
    assert households.carry_address(office, clerk, other) == ()


def test_the_household_moves_with_the_last_that_was_accepted(staffed: Staffed) -> None:
    office = staffed.office
    _first_member(staffed, "82-1")
    moved = _application(staffed, household_number="82 1", house_number="300", unit="")
    complete(office, staffed.clerk, moved)
    known = households.household_of(office, "82-1", "01", "0101")
    assert known is not None
    assert (known.house_number, known.unit) == ("300", "")


def test_no_next_member_without_a_household(staffed: Staffed) -> None:
    office, clerk = staffed.office, staffed.clerk
    alone = start(office, clerk)
    # The office's own province and district are proposed; somebody took them out.
    for fields in (
        {},
        {"household_number": "83-1", "province_code": "", "district_code": ""},
        {"province_code": "01"},
    ):
        _type(staffed, alone, fields)
        with pytest.raises(Refused) as refusal:
            households.start_next_member(office, clerk, alone)
        assert refusal.value.reason is Reason.NO_HOUSEHOLD
    _type(staffed, alone, {"district_code": "0101"})
    assert households.start_next_member(office, clerk, alone) != alone
    with pytest.raises(Refused) as refusal:
        households.start_next_member(office, clerk, "no such one")
    assert refusal.value.reason is Reason.NO_SUCH_APPLICATION


def test_who_may_not_and_when_it_is_too_late(staffed: Staffed) -> None:
    office = staffed.office
    first = _first_member(staffed, "84-1")
    with pytest.raises(Refused) as refusal:
        households.start_next_member(office, staffed.administrator, first)
    assert refusal.value.reason is Reason.ROLE_NOT_ALLOWED
    with pytest.raises(Refused) as refusal:
        households.carry_address(office, staffed.clerk, first)
    assert refusal.value.reason is Reason.MOVE_NOT_ALLOWED
    with pytest.raises(Refused) as refusal:
        households.confirm(office, staffed.clerk, first, HOUSEHOLD)
    assert refusal.value.reason is Reason.MOVE_NOT_ALLOWED
