"""Dates: typed forms, partial ones, Lao digits, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.lao.dates import (
    DateNotUnderstood,
    ascii_digits,
    format_date,
    format_date_in_words,
    parse_date,
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("7/3/1990", "1990-03-07"),
        ("07.03.1990", "1990-03-07"),
        (" 07 - 03 - 1990 ", "1990-03-07"),
        ("໐໗/໐໓/໑໙໙໐", "1990-03-07"),
        ("໗/3/1990", "1990-03-07"),
        ("3/1990", "1990-03"),
        ("00/03/1990", "1990-03"),
        ("0/0/1990", "1990"),
        ("?/?/1990", "1990"),
        ("??/3/໑໙໙໐", "1990-03"),
        ("1990", "1990"),
        ("໑໙໙໐", "1990"),
        ("1990-03", "1990-03"),
        ("1990-03-07", "1990-03-07"),
        ("29/2/2000", "2000-02-29"),
        ("07031990", "1990-03-07"),
        ("໐໗໐໓໑໙໙໐", "1990-03-07"),
        ("00071990", "1990-07"),
    ],
)
def test_typed_dates(typed: str, stored: str) -> None:
    assert parse_date(typed) == stored


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "not-a-date"),
        ("ມັງກອນ", "not-a-date"),
        ("7/3/19901", "not-a-date"),
        ("7//1990", "not-a-date"),
        ("-7/3/1990", "not-a-date"),
        ("1990/03/07", "not-a-date"),
        ("²/3/1990", "not-a-date"),
        ("٧/3/1990", "not-a-date"),
        ("7/3/90", "year-short"),
        ("7/3/19?0", "not-a-date"),
        ("7/?/1990", "day-without-month"),
        ("?7/3/1990", "not-a-date"),
        ("????", "not-a-date"),
        ("90", "year-short"),
        ("7/3/2567", "year-out-of-range"),
        ("1849", "year-out-of-range"),
        ("7/0/1990", "day-without-month"),
        ("29/2/1900", "no-such-day"),
        ("31021990", "no-such-day"),
        ("19900307", "year-out-of-range"),  # the year first without signs could be two dates
        ("7031990", "not-a-date"),
        ("31/4/1990", "no-such-day"),
        ("7/13/1990", "no-such-day"),
        ("1990-13", "no-such-day"),
    ],
)
def test_what_is_no_date_is_refused_by_name(typed: str, code: str) -> None:
    with pytest.raises(DateNotUnderstood) as refused:
        parse_date(typed)
    assert refused.value.code == code


@given(st.dates(date(1850, 1, 1), date(2199, 12, 31)), st.booleans())
def test_what_is_formatted_is_read_back(day: date, in_lao: bool) -> None:
    for stored in (day.isoformat(), f"{day:%Y-%m}", f"{day:%Y}"):
        shown = format_date(stored)
        if in_lao:
            shown = shown.translate(str.maketrans("0123456789", "໐໑໒໓໔໕໖໗໘໙"))
        assert parse_date(shown) == parse_date(stored) == stored


@given(st.text())
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        stored = parse_date(text)
    except DateNotUnderstood:
        return
    assert stored.replace("-", "").isascii()
    assert parse_date(format_date(stored)) == stored


def test_months_by_name() -> None:
    assert format_date_in_words("1990-01-19", "lo") == "19 ມັງກອນ 1990"
    assert format_date_in_words("1990-12", "en") == "December 1990"
    assert format_date_in_words("1990", "lo") == "1990"
    assert format_date("1990-01-19") == "19/01/1990"


def test_lao_digits_alone_change() -> None:
    assert ascii_digits("ບ້ານ ໐໙") == "ບ້ານ 09"
