"""Cutting Lao writing into syllables: vowels around the consonant, clusters, what closes and what opens."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.workstation.lao.names import LAO_TEXT, divisions
from workstation.lao.canonical import canonical
from workstation.lao.script import is_lao
from workstation.lao.syllables import BARE, SIGN, Syllable, syllables, table


def cut(text: str) -> str:
    """Each syllable as it is framed, with its consonant back in place."""
    return " ".join(
        syllable.frame.replace("-", syllable.initial) + syllable.final
        for syllable in syllables(canonical(text))
    )


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("ນາກາຍ", "ນາ ກາຍ"),
        ("ສຸກສະຫວັນ", "ສຸກ ສະ ຫວັນ"),
        ("ບຸບຜາວັນ", "ບຸບ ຜາ ວັນ"),
        ("ເຊກອງ", "ເຊ ກອງ"),
        ("ສີໂຄດຕະບອງ", "ສີ ໂຄດ ຕະ ບອງ"),
        ("ແກ້ວອຸດົມ", "ແກວ ອຸ ດົມ"),
        ("ຫ້ວຍຊາຍ", "ຫວຍ ຊາຍ"),
        ("ຄວາມ", "ຄວາມ"),
        ("ຂວາ", "ຂວາ"),
        ("ແຂວງ", "ແຂວງ"),
        ("ດວງດີ", "ດວງ ດີ"),
        ("ສະດວກ", "ສະ ດວກ"),
        ("ສຸກວິໄລ", "ສຸກ ວິ ໄລ"),
        ("ເຄື່ອງກຳເນີດໄຟຟ້າ", "ເຄືອງ ກຳ ເນີດ ໄຟ ຟາ"),
        ("ໄທຍ", "ໄທຍ"),
        ("ເມຍ", "ເມຍ"),
        ("ພຣະ", "ພຣະ"),
        ("ວົງສ໌", "ວົງ"),
        ("ທວີ", "ທ ວີ"),
    ],
)
def test_where_syllables_part(text: str, parted: str) -> None:
    assert cut(text) == parted


def test_a_tone_mark_opens_a_syllable() -> None:
    assert [s.initial for s in syllables("ຫວ້າ")] == ["ຫວ"]
    assert [s.initial for s in syllables("ຫ້ວາ")] == ["ຫ", "ວ"]


def test_the_two_ways_of_writing_a_joined_h() -> None:
    assert syllables(canonical("ຫມອກ")) == syllables("ໝອກ") == [Syllable("ໝ", "-ອ", "ກ")]


def test_every_district_is_cut_without_a_remainder() -> None:
    for name in divisions("name_lo"):
        for word in canonical(name).split():
            assert not [s for s in syllables(word) if s.frame in (SIGN, BARE)], name


@given(LAO_TEXT)
def test_any_run_of_lao_is_cut(text: str) -> None:
    run = "".join(letter for letter in canonical(text) if is_lao(letter) and letter not in "໐໑໙")
    initials = {row["lao"] for row in table("initials")}
    for syllable in syllables(run):
        assert syllable.frame == SIGN or syllable.initial in initials


def test_a_name_of_ten_thousand_letters_is_cut_in_time() -> None:
    assert len(syllables("ກວາ" * 3334)) == 3334
