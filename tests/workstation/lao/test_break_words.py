"""Line breaks: between words, never inside a letter, and gone again without a trace."""

from __future__ import annotations

from hypothesis import given

from tests.workstation.lao.names import LAO_TEXT, shared_names
from workstation.lao.break_words import BREAK, with_breaks, without_breaks
from workstation.lao.encode import encode
from workstation.lao.script import MARK_ORDER, is_lao


def test_words_are_parted() -> None:
    assert with_breaks("ຊື່ແລະນາມສະກຸນ").split(BREAK) == ["ຊື່", "ແລະ", "ນາມສະກຸນ"]


def test_offsets_hold_behind_characters_of_two_units() -> None:
    assert with_breaks("😀ຊື່ແລະ") == "😀ຊື່" + BREAK + "ແລະ"


def test_latin_digits_and_spaces_get_none() -> None:
    for text in ("Sisomphone 12/07/1990", "ກ ຂ", ""):
        assert with_breaks(text) == text


@given(LAO_TEXT)
def test_breaks_come_off_again_and_never_part_a_letter(text: str) -> None:
    shown = with_breaks(text)
    assert without_breaks(shown) == without_breaks(text)
    assert with_breaks(shown) == shown
    for before, after in zip(shown.split(BREAK), shown.split(BREAK)[1:], strict=False):
        assert is_lao(before[-1])
        assert is_lao(after[0])
        assert after[0] not in MARK_ORDER


def test_sentences_of_the_glossary_can_break() -> None:
    long_words = [encode(word) for word in shared_names() if len(word) > 25 and " " not in word]
    assert long_words
    assert all(BREAK in with_breaks(word) for word in long_words)
