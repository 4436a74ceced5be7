"""The rules of the intake form: bad input is named at its field, and the seat rule holds."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from tests.offices import DISTRICT, FIELDS, PROVINCE
from workstation.domain.policy import Policy, read_policy
from workstation.domain.station import Station, Work
from workstation.workflow.intake.checks import faults, is_other_office

TODAY = date(2026, 11, 22)
POLICY: Policy = read_policy(files("resources").joinpath("policies", "training.json").read_bytes())


def _with(**changes: str) -> dict[str, str]:
    return faults(FIELDS | changes, POLICY, TODAY)


def test_a_good_form_has_no_fault() -> None:
    assert _with() == {}


def test_a_single_name_and_a_year_of_birth_are_enough() -> None:
    assert _with(surname_lo="", surname_latin="", birth_date="1961", telephone="") == {}


@pytest.mark.parametrize(
    ("field", "text", "fault"),
    [
        ("given_name_lo", "", "missing"),
        ("given_name_lo", "   ", "missing"),
        ("given_name_lo", "Soudavanh", "not-lao"),
        ("given_name_lo", "ສຸດາ Soudavanh", "mixed-script"),
        ("given_name_lo", "ສຸດາ😀", "mixed-script"),
        ("given_name_lo", "ກ" * 121, "too-long"),
        ("given_name_lo", "ສຸດາ\x00", "control-characters"),
        ("given_name_latin", "ສຸດາ", "not-latin"),
        ("given_name_latin", "Sou ດ", "mixed-script"),
        ("given_name_latin", "Sоudavanh", "mixed-script"),  # the o is Cyrillic
        ("birth_date", "1994-13-01", "not-a-date"),
        ("birth_date", "17/03/1994", "not-a-date"),
        ("birth_date", "2027", "in-the-future"),
        ("birth_date", "1850", "too-old"),
        ("sex", "X", "unknown-choice"),
        ("nationality", "THA", "unknown-choice"),
        ("ethnic_group", "51", "unknown-choice"),
        ("honorific", "Dr", "unknown-choice"),
        ("district_code", "9999", "unknown-choice"),
        ("telephone", "12", "not-a-telephone"),
        ("telephone", "020-555x", "not-a-telephone"),
        ("documents", "", "missing"),
        ("documents", "passport_copy", "document-missing"),
        ("documents", "household_book,library_card", "unknown-choice"),
    ],
)
def test_each_fault_is_named_at_its_field(field: str, text: str, fault: str) -> None:
    assert _with(**{field: text}) == {field: fault}


def test_a_district_belongs_to_its_province() -> None:
    assert _with(province_code="02") == {"district_code": "unknown-choice"}
    assert _with(province_code="99") == {"province_code": "unknown-choice", "district_code": "unknown-choice"}


def _station(district: str) -> Station:
    return Station("id", "VTE", "S1", "office", PROVINCE, district, Work.TRAINING)


@pytest.mark.parametrize(
    ("office_district", "province", "district", "other"),
    [
        (DISTRICT, PROVINCE, DISTRICT, False),
        (DISTRICT, PROVINCE, "0102", True),
        (DISTRICT, "02", "0201", True),
        (DISTRICT, "", "", False),
        (DISTRICT, PROVINCE, "", False),
        ("", PROVINCE, "0102", False),  # a provincial office serves its province
        ("", "02", "0201", True),
    ],
)
def test_the_seat_rule(office_district: str, province: str, district: str, other: bool) -> None:
    household = {"province_code": province, "district_code": district}
    assert is_other_office(household, POLICY, _station(office_district)) is other
