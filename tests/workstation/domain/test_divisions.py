"""The shipped list of divisions is whole, and its names are stored in the one encoding."""

from __future__ import annotations

import pytest

from workstation.domain.divisions import (
    district,
    district_codes,
    districts,
    province,
    province_codes,
    provinces,
)
from workstation.domain.refused import Reason, Refused
from workstation.lao.encode import encode


def test_eighteen_provinces_and_148_districts() -> None:
    assert province_codes() == tuple(f"{number:02d}" for number in range(1, 19))
    assert sum(len(district_codes(code)) for code in province_codes()) == 148


def test_every_district_is_found_under_its_province() -> None:
    for unit in provinces():
        assert province(unit.code) is unit
        assert districts(unit.code)
        for below in districts(unit.code):
            assert province(below.province_code) is unit
            assert district(below.code) is below


def test_codes_and_iso_codes_are_unique() -> None:
    codes = [unit.iso for unit in provinces()]
    assert None not in codes
    assert len(set(codes)) == 18
    assert (province("01").name_en, province("01").iso) == ("Vientiane Capital", "LA-VT")


def test_names_are_in_the_stored_encoding() -> None:
    for unit in provinces():
        for place in (unit, *districts(unit.code)):
            assert place.name_lo == encode(place.name_lo) != ""
            assert place.name_en


def test_what_is_no_code_is_refused_or_finds_nothing() -> None:
    assert districts("") == districts("99") == districts("0101") == ()
    for find, code in ((province, "99"), (province, "0101"), (district, "01"), (district, "0199")):
        with pytest.raises(Refused) as refused:
            find(code)
        assert refused.value.reason is Reason.UNKNOWN_DIVISION
