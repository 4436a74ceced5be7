"""What became of each element since the last version, found by name and said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from printing.specification import CardLayout, built_in_layout
from ui.designer import edits
from ui.designer.differences import differences, stood
from ui.designer.layer_edits import layer_added
from ui.designer.words import difference_text
from ui.language import set_language

BASE = built_in_layout("national-id-1")


def told(now: CardLayout) -> list[tuple[str, str]]:
    return [(one.kind, one.element) for one in differences(BASE, now)]


def test_nothing_differs() -> None:
    assert differences(BASE, BASE) == ()
    assert differences(BASE, replace(BASE, version=9, fonts=(), comment="x")) == ()


def test_each_kind() -> None:
    (box,) = (edits.box_of(one) for one in edits.chosen(BASE, ("name-lo",)))
    moved = edits.moved(BASE, ("name-lo",), -1.5, 0.25)
    (one,) = differences(BASE, moved)
    assert (one.kind, one.element, one.before, one.dx, one.dy) == ("moved", "name-lo", box, -1.5, 0.25)
    (one,) = differences(
        BASE, edits.resized(BASE, "portrait", replace(edits.box_of(BASE_PORTRAIT), width=10))
    )
    assert (one.kind, one.width) == ("resized", round(10 - BASE_PORTRAIT.width, 2))
    assert told(edits.changed(BASE, "name-lo", colour="#112233")) == [("changed", "name-lo")]
    assert told(edits.removed(BASE, ("portrait",))) == [("gone", "portrait")]
    copied, _ids = edits.copied(BASE, "back", edits.chosen(BASE, ("portrait",)))
    assert told(copied) == [("new", "portrait-2")]
    assert told(layer_added(BASE, None)[0]) == [("layers", "")]
    assert told(replace(BASE, valid_from=date(2030, 1, 1), dpi=600)) == [("dpi", ""), ("day", "")]
    other = replace(BASE, front=BASE.front[1:], back=(*BASE.back, BASE.front[0]))
    assert told(other) == [("side", BASE.front[0].id)]
    assert told(edits.restacked(BASE, "name-lo", up=True))[0][0] == "restacked"


(BASE_PORTRAIT,) = edits.chosen(BASE, ("portrait",))


def test_both_are_said_of_what_moved_and_changed() -> None:
    now = edits.changed(edits.moved(BASE, ("name-lo",), 1, 0), "name-lo", size=9.5, colour="#112233")
    assert told(now) == [("moved", "name-lo"), ("changed", "name-lo")]
    assert differences(BASE, now)[1].keys == ("size", "colour")


def test_where_it_stood_is_shown_on_its_side_only() -> None:
    back = BASE.back[-1].id
    now = edits.removed(edits.moved(BASE, (back,), -1, -1), ("portrait",))
    found = differences(BASE, now)
    assert [name for name, _box in stood(BASE, found, "front")] == ["portrait"]
    assert [name for name, _box in stood(BASE, found, "back")] == [back]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "moved 2 mm to the right, 0.5 mm up"), ("lo", "ຍ້າຍ ໄປຂວາ 2 mm, ຂຶ້ນເທິງ 0.5 mm")],
)
def test_in_words(language: str, words: str) -> None:
    set_language(language)
    try:
        (one,) = differences(BASE, edits.moved(BASE, ("name-lo",), 2, -0.5))
        assert difference_text(one) == words
        for now in (edits.removed(BASE, ("portrait",)), edits.changed(BASE, "name-lo", size=9.5)):
            assert all(difference_text(one) for one in differences(BASE, now))
    finally:
        set_language("en")
