"""The application number: its check character finds single errors and swaps."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from workstation.domain.application_number import application_number, check_character, is_application_number


def test_form_and_check_character() -> None:
    number = application_number("VTE", "S1", date(2026, 11, 22), 7)
    assert number.startswith("VTE-S1-261122-007-")
    assert is_application_number(number)


def test_the_standards_own_example() -> None:
    # ISBT 128 uses ISO 7064 MOD 37,2: G123498654321 has the check character H.
    assert check_character("G123498654321") == "H"


def test_every_single_wrong_character_is_found() -> None:
    number = application_number("VTE", "S1", date(2026, 11, 22), 123)
    for place, held in enumerate(number):
        for other in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            wrong = number[:place] + other + number[place + 1 :]
            assert is_application_number(wrong) == (other == held)


def test_every_swap_of_neighbours_is_found() -> None:
    number = application_number("LPB", "A2", date(2027, 1, 9), 45)
    letters = [place for place, character in enumerate(number) if character != "-"]
    for here, there in pairwise(letters):
        swapped = list(number)
        swapped[here], swapped[there] = swapped[there], swapped[here]
        assert is_application_number("".join(swapped)) == (number[here] == number[there])
