"""The queue's words: a draft that came too late is told in the form's words, without the form's own notes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ui.language import language, set_language
from ui.queue.words import aside_facts
from workstation.domain.form import PROPOSED, SOURCE


@pytest.fixture
def english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


@pytest.mark.usefixtures("english")
def test_a_late_draft_names_no_field_by_its_code() -> None:
    late = {
        "given_name_latin": "Soudavanh",
        "given_name_latin" + SOURCE: PROPOSED,
        "birth_date": "1994-03-17",
        "telephone": "",
    }
    facts = dict(aside_facts(late))
    assert sorted(facts.values()) == ["17/03/1994", "Soudavanh"]
    assert not [label for label in facts if "_" in label]
