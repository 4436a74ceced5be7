"""What is found wrong with a layout: by its rules, and by the cards of the sample people."""

from __future__ import annotations

from printing.specification import CardLayout, built_in_layout, check
from ui.designer import edits
from ui.designer.people import PEOPLE
from ui.designer.picture import draw, tried

LAYOUT = built_in_layout("national-id-1")


def found(layout: CardLayout) -> list[tuple[str, str, str]]:
    drawn = draw(layout, PEOPLE[0].content(), dpi=72, sides=("front",))
    return [
        (one.code, one.element, str(one.facts.get("person", "")))
        for one in tried(layout, PEOPLE[1:], drawn.problems)
    ]


def test_the_shipped_layout_fits_every_sample_person() -> None:
    assert found(LAYOUT) == []


def test_every_overlap_is_listed_and_an_overflow_once_with_whom_it_meets() -> None:
    made = edits.changed(edits.moved(LAYOUT, ("portrait",), 9, 0), "name-lo", width=30.0)
    listed = found(made)
    overlaps = [one for one in listed if one[0] == "overlap"]
    assert len(overlaps) > 2
    assert len(overlaps) == sum(problem.code == "overlap" for problem in check(made))
    assert [one for one in listed if one[0] == "text-does-not-fit"] == [
        ("text-does-not-fit", "name-lo", "The longest name")
    ]


def test_one_element_that_cannot_be_drawn_leaves_the_others() -> None:
    made = edits.changed(LAYOUT, "name-lo", width=3.0)
    whole = draw(LAYOUT, PEOPLE[0].content(), dpi=72, sides=("front", "back"))
    drawn = draw(made, PEOPLE[0].content(), dpi=72, sides=("front", "back"))
    assert ("text-does-not-fit", "name-lo") in [(one.code, one.element) for one in drawn.problems]
    assert (whole.pictures["back"] == drawn.pictures["back"]).all()
    differs = (whole.pictures["front"] != drawn.pictures["front"]).any(axis=(1, 2))
    (name,) = edits.chosen(LAYOUT, ("name-lo",))
    rows = [row * 25.4 / 72 for row in differs.nonzero()[0]]
    assert rows
    assert min(rows) >= name.y - 0.5
    assert max(rows) <= name.y + name.height + 0.5
