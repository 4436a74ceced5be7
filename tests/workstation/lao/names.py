"""Lao text for the tests: the shipped lists, the project's shared lists where they lie, and invented clusters."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import strategies as st

from workstation.lao.script import AA, AM, CONSONANTS, MARK_ORDER, VOWELS_BEFORE

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"

ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
MARKS = st.lists(st.sampled_from(MARK_ORDER), unique=True, max_size=5)
LAO_TEXT = st.text(
    st.sampled_from(CONSONANTS + MARK_ORDER + VOWELS_BEFORE + AA + AM + "ະຽຯໆ໐໑໙ " + ZERO_WIDTH)
)
ANY_TEXT = st.one_of(LAO_TEXT, st.text(), st.text(st.characters(categories=["Mn", "Mc", "Lo"])))


def _column(text: str, column: str) -> list[str]:
    rows = csv.DictReader(text.splitlines())
    return [part for row in rows for part in (row[column] or "").split("|") if part]


def divisions(column: str) -> list[str]:
    """All texts of one column of the shipped divisions."""
    return _column((files("resources") / "data" / "divisions.csv").read_text("utf-8"), column)


def real_names() -> list[str]:
    """Every Lao name of the shipped lists."""
    groups = (files("resources") / "data" / "ethnic_groups.csv").read_text("utf-8")
    return [*divisions("name_lo"), *divisions("alt_lo"), *_column(groups, "name_lo")]


def shared_names() -> list[str]:
    """Lao words of the lists beside the checkout; the test is skipped where they are absent."""
    if not SHARED.is_dir():
        pytest.skip("shared samples are not beside this checkout")
    return [
        *_column((SHARED / "glossary.csv").read_text("utf-8"), "lo"),
        *_column((SHARED / "romanisation_pairs.csv").read_text("utf-8"), "lao"),
    ]
