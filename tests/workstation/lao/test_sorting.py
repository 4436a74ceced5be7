"""Lao order: byte keys against ICU's own comparison and the order of the dictionary."""

from __future__ import annotations

from functools import cmp_to_key
from random import Random

import icu
from hypothesis import given

from tests.workstation.lao.names import LAO_TEXT, real_names
from workstation.lao.encode import encode
from workstation.lao.sorting import COLLATION_VERSION, sort_key


def test_vowels_written_before_sort_after_their_consonant() -> None:
    in_order = ["ກາ", "ເກ", "ແກ", "ໄກ", "ຂາ", "ງາ", "ເມືອງ", "ຫາ", "ເຮືອ"]
    assert sorted(Random(1).sample(in_order, len(in_order)), key=sort_key) == in_order
    assert sorted(in_order) != in_order


def test_keys_order_names_as_icu_compares_them() -> None:
    collator = icu.Collator.createInstance(icu.Locale("lo"))
    names = [encode(name) for name in real_names()]
    by_comparison = sorted(names, key=cmp_to_key(collator.compare))
    assert sorted(names, key=sort_key) == by_comparison
    assert sorted(names) != by_comparison


@given(LAO_TEXT, LAO_TEXT)
def test_one_visible_text_has_one_key(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(encode(one))
    collator = icu.Collator.createInstance(icu.Locale("lo"))
    order = collator.compare(encode(one), encode(other))
    assert (sort_key(one) > sort_key(other)) - (sort_key(one) < sort_key(other)) == order


def test_the_version_names_the_data_that_made_the_keys() -> None:
    assert icu.ICU_VERSION in COLLATION_VERSION
