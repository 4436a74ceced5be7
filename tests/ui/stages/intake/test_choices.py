"""What typing finds in the lists, and the date of birth between hand and draft."""

import pytest

from ui.stages.intake.faults import fault_text
from ui.words.birth_date import to_draft, to_screen, why_not_a_date
from ui.words.choices import (
    district_choices,
    documents_of,
    documents_text,
    ethnic_group_choices,
    find_typed,
    province_choices,
)
from workstation.workflow.intake.checks import ETHNIC_GROUPS


def _found(typed: str, start: int = 0) -> str | None:
    choices = province_choices()
    row = find_typed(choices, typed, start)
    return None if row is None else choices[row].code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("sav", "13"),
        ("SAV", "13"),
        ("ສະ", "13"),
        ("ຫຼວງພ", "06"),
        ("ຫລວງພ", "06"),
        ("ຈຳປາ", "16"),
        ("xx", None),
        ("", None),
    ],
)
def test_typing_finds_a_province_in_both_scripts(typed: str, code: str | None) -> None:
    assert _found(typed) == code


def test_typing_the_same_letter_again_goes_on_to_the_next_name() -> None:
    first = _found("v")
    assert first == "01"
    assert _found("v", 1) == "10"
    assert _found("v", 10) == "01"


def test_lists_hold_what_the_rules_accept() -> None:
    assert [choice.code for choice in ethnic_group_choices()] == list(ETHNIC_GROUPS)
    assert len(province_choices()) == 18
    assert [choice.code for choice in district_choices("01")][:2] == ["0101", "0102"]
    assert district_choices("") == ()


def test_labels_put_the_windows_language_first() -> None:
    capital = province_choices()[0]
    assert capital.label("lo").startswith("ນະຄອນຫຼວງວຽງຈັນ · Vientiane")
    assert capital.label("en").startswith("Vientiane Capital · ")


def test_documents_keep_their_order_and_lose_unknown_codes() -> None:
    assert (
        documents_text(["passport_copy", "household_book", "moon_ticket"]) == "household_book,passport_copy"
    )
    assert documents_of("") == frozenset()


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("19/1/1990", "1990-01-19", "19/01/1990"),
        ("໑໙/໑/໑໙໙໐", "1990-01-19", "19/01/1990"),
        ("?/?/1960", "1960", "1960"),
        ("?/7/1960", "1960-07", "07/1960"),
        ("1960", "1960", "1960"),
        (" 31/2/1990 ", "31/2/1990", "31/2/1990"),
        ("yesterday", "yesterday", "yesterday"),
        ("", "", ""),
    ],
)
def test_birth_date_is_kept_whatever_was_typed(typed: str, stored: str, shown: str) -> None:
    assert to_draft(typed) == stored
    assert to_screen(stored) == shown


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31/2/1990", "no-such-day"),
        ("1/1/67", "year-short"),
        ("1/1/2567", "year-out-of-range"),
        ("?/?/?", "not-a-date"),
    ],
)
def test_the_sentence_says_what_is_wrong_with_a_date(typed: str, code: str) -> None:
    assert why_not_a_date(typed) == code
    assert fault_text("birth_date", "not-a-date", typed) == fault_text("birth_date", code)


def test_an_unknown_fault_still_has_a_sentence_that_names_it() -> None:
    assert "brand-new" in fault_text("village", "brand-new")
