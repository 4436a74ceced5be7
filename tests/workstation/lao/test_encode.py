"""One encoding: typed variants meet, nothing visible is lost, a second pass changes nothing."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import permutations

import icu
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workstation.lao.names import ANY_TEXT, LAO_TEXT, MARKS, ZERO_WIDTH, real_names, shared_names
from workstation.lao import encode as encoding
from workstation.lao.canonical import canonical
from workstation.lao.encode import encode
from workstation.lao.script import CONSONANTS, MARK_ORDER


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ເເກ້ວ", "ແກ້ວ"),
        ("ເ\u200bເກ້ວ", "ແກ້ວ"),
        ("ເເເ", "ແເ"),
        ("ນໍ້າ", "ນ\u0ec9ຳ"),
        ("ນ\u0ec9\u0ecdາ", "ນ\u0ec9ຳ"),
        ("ນຳ\u0ec9", "ນ\u0ec9ຳ"),
        ("ນ\u0ecd\u200d\u0ec9າ", "ນ\u0ec9ຳ"),
        ("ຄໍາ", "ຄຳ"),
        ("ກ\u0ec8\u0eb4", "ກ\u0eb4\u0ec8"),
        ("ກ\u0ec8\u0eb8", "ກ\u0eb8\u0ec8"),
        ("ຫ\u0eb8\u0ebc\u0ec8", "ຫ\u0ebc\u0eb8\u0ec8"),
        ("ກ\u0ec8\u0ecd", "ກ\u0ecd\u0ec8"),
        ("ການ\u0ecc", "ການ\u0ecc"),
        ("ຫລວງ", "ຫລວງ"),
        ("\u00a0Nang  K.\u0301", "\u00a0Nang  K.\u0301"),
        ("e\u0301", "é"),
        ("ກ\tຂ\r\nຄ\u2028ງ", "ກ ຂ ຄ ງ"),
        ("ກ\x00ຂ\x1b[31m\x7f", "ກຂ[31m"),
        ("ກ😀🇱🇦", "ກ😀🇱🇦"),
        ("", ""),
    ],
)
def test_typed_variants_become_the_stored_form(typed: str, stored: str) -> None:
    assert encode(typed) == stored


@given(ANY_TEXT)
def test_a_second_pass_changes_nothing(text: str) -> None:
    once = encode(text)
    assert encode(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(ANY_TEXT)
def test_invisible_and_control_characters_are_gone(text: str) -> None:
    for character in encode(text):
        assert unicodedata.category(character) != "Cc"
        assert not icu.Char.hasBinaryProperty(character, icu.UProperty.DEFAULT_IGNORABLE_CODE_POINT)


def test_the_table_of_invisible_characters_is_icus() -> None:
    invisible = encoding._DROPPED
    for code in range(0x80, 0x110000):
        if 0xD800 <= code <= 0xDFFF or unicodedata.category(chr(code)) == "Cc":
            continue
        ignorable = icu.Char.hasBinaryProperty(chr(code), icu.UProperty.DEFAULT_IGNORABLE_CODE_POINT)
        assert bool(invisible.match(chr(code))) == ignorable, hex(code)


@given(ANY_TEXT)
def test_no_visible_letter_is_lost(text: str) -> None:
    def letters(text: str) -> Counter[str]:
        parts = unicodedata.normalize("NFD", text).replace("ແ", "ເເ").replace("ຳ", "\u0ecdາ")
        return Counter(part for part in parts if unicodedata.category(part)[0] in "LMNPS")

    visible = "".join(character for character in text if not encoding._DROPPED.match(character))
    assert letters(encode(text)) == letters(visible)


@given(st.sampled_from(CONSONANTS), MARKS, st.sampled_from(["", "າ", "ຳ", "ະ", "ກ"]))
def test_marks_of_one_letter_in_any_order_are_one_text(base: str, marks: list[str], after: str) -> None:
    forms = {encode(base + "".join(order) + after) for order in permutations(marks)}
    assert len(forms) == 1


@given(LAO_TEXT, st.data())
def test_zero_width_characters_anywhere_change_nothing(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    extra = data.draw(st.sampled_from(ZERO_WIDTH))
    assert encode(text[:place] + extra + text[place:]) == encode(text)


@given(st.sampled_from(CONSONANTS), st.sampled_from(MARK_ORDER), st.sampled_from(MARK_ORDER))
def test_different_marks_stay_different(base: str, one: str, other: str) -> None:
    assert (encode(base + one) == encode(base + other)) == (one == other)


def test_published_names_keep_their_letters() -> None:
    for name in real_names():
        assert encode(name) == name or canonical(encode(name)) == canonical(name)
        assert [c for c in encode(name) if c in CONSONANTS] == [c for c in name if c in CONSONANTS]


def test_shared_words_are_stable() -> None:
    for word in shared_names():
        assert encode(encode(word)) == encode(word)


@given(ANY_TEXT)
def test_canonical_is_stable_and_joins_encodings(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text) == canonical(encode(text))


def test_canonical_joins_the_three_digraphs_and_encode_does_not() -> None:
    for letters, joined in (("ຫລວງ", "ຫຼວງ"), ("ຫນອງ", "ໜອງ"), ("ຫມອກ", "ໝອກ")):
        assert canonical(letters) == canonical(joined) == joined
        assert encode(letters) != encode(joined)
