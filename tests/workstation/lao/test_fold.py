"""Search folding: known alternate spellings meet, different districts do not, a second pass changes nothing."""

from __future__ import annotations

import csv
from collections import defaultdict
from importlib.resources import files

import pytest
from hypothesis import given

from tests.workstation.lao.names import ANY_TEXT, divisions
from workstation.lao.canonical import canonical
from workstation.lao.encode import encode
from workstation.lao.fold import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ນາຊາຍທອງ", "ນາໄຊທອງ"),
        ("ໄຊເສດຖາ", "ໄຊເຊດຖາ"),
        ("ຫລວງພະບາງ", "ຫຼວງ ພະບາງ"),
        ("ສະມ້ວຍ", "ສະໝ້ວຍ"),
        ("ຣັດຕະນະ", "ລັດຕະນະ"),
        ("ໃໝ່", "ໄຫມ"),
        ("ນ້ຳ", "ນາມ"),
        ("ວຽງຈັນ", "ວຽງ-ຈັນ"),
        ("ເຢຍ", "ຍັຽ"),
        ("ໂຣງ", "ລົງ"),
        ("ບ້ານ ໑໒", "ບ້ານ12"),
        ("Bòunmy  SISOMPHONE", "bounmy sisomphone"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(("one", "other"), [("ກາ", "ຄາ"), ("ນອງ", "ມອງ"), ("ປາກ", "ປາ"), ("Nang", "Nan")])
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(ANY_TEXT)
def test_a_second_pass_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text) == fold(encode(text)) == fold(canonical(text))


def test_published_alternate_spellings() -> None:
    rows = csv.DictReader((files("resources") / "data" / "divisions.csv").read_text("utf-8").splitlines())
    pairs = [(row["name_lo"], other) for row in rows for other in row["alt_lo"].split("|") if other]
    joined = [pair for pair in pairs if fold(pair[0]) == fold(pair[1])]
    assert (len(joined), len(pairs)) == (27, 44)


def test_no_two_divisions_become_one() -> None:
    by_fold: dict[str, set[str]] = defaultdict(set)
    for name in divisions("name_lo"):
        by_fold[fold(name)].add(name)
    assert [names for names in by_fold.values() if len(names) > 1] == []
