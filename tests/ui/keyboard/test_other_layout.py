"""What was meant with the other layout: names come back letter by letter, and nothing is offered without sense."""

from __future__ import annotations

from itertools import chain

import pytest

from tests.workstation.lao.names import real_names
from ui.keyboard.layout import ROWS
from ui.keyboard.other_layout import as_lao, as_latin, meant
from workstation.lao.encode import encode


def test_every_key_is_found_in_both_directions() -> None:
    for key in chain(*ROWS):
        assert as_latin(key.plain) == key.latin
        assert encode(key.plain) == as_lao(key.latin)
        if key.shifted:
            assert as_latin(key.shifted) == key.capital


def test_lao_names_typed_with_latin_letters_come_back() -> None:
    names = real_names()
    typed = {as_latin(name): encode(name) for name in names}
    # Keys of digits alone may be a number as well.
    typed = {text: name for text, name in typed.items() if any(letter.isalpha() for letter in text)}
    assert len(typed) > 180
    missed = {name for text, name in typed.items() if meant(text, "lao") != name}
    # Another spelling in the list of divisions: two vowels above one letter read as nothing.
    assert missed <= {"ເຟຶືອງ"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "lao"),
        ("ສຸດາ", "lao"),  # right already
        ("Soudavanh", "latin"),
        ("Soudavanh", "lao"),  # a Latin name in the Lao field is no wrong keyboard
        ("Phommachanh", "lao"),
        ("ສຸດາວັນ", "latin"),  # a Lao name in the Latin field
        ("ສຸດາ Souda", "latin"),  # mixed: nobody knows
        ("020 5555", "number"),
        ("໐໒໐ ໕໕໕໕", "number"),
        ("ສຸດາ", "number"),
    ],
)
def test_nothing_is_offered_where_it_makes_no_sense(text: str, wanted: str) -> None:
    assert meant(text, wanted) == ""
