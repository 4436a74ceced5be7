"""Changes to a layout: where each element stands afterwards, and that nothing leaves the card."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from printing.elements import RectangleElement, TextElement
from printing.specification import (
    CARD_HEIGHT,
    CARD_WIDTH,
    CardLayout,
    built_in_layout,
    check,
    dump_layout,
    open_draft,
)
from ui.designer import edits
from ui.designer.edits import Box, box_of

LAYOUT = built_in_layout("national-id-1")


def box(layout: CardLayout, name: str) -> Box:
    (element,) = edits.chosen(layout, (name,))
    return box_of(element)


def three() -> CardLayout:
    """Three bare rectangles on the front."""
    boxes = ((10, 5, 4, 4), (30, 9, 6, 2), (20, 30, 10, 8))
    parts = [
        RectangleElement(id=f"r{n}", x=x, y=y, width=w, height=h, layer="text")
        for n, (x, y, w, h) in enumerate(boxes)
    ]
    return replace(LAYOUT, front=tuple(parts))


def test_a_text_takes_its_baseline_along() -> None:
    (before,) = edits.chosen(LAYOUT, ("name-lo",))
    made = edits.moved(LAYOUT, ("name-lo",), -1.5, 2.25)
    (after,) = edits.chosen(made, ("name-lo",))
    assert isinstance(before, TextElement)
    assert isinstance(after, TextElement)
    assert (after.x, after.y) == (round(before.x - 1.5, 2), round(before.y + 2.25, 2))
    assert after.baseline == pytest.approx(before.baseline + 2.25)
    (other,) = edits.chosen(made, ("portrait",))
    assert other == edits.chosen(LAYOUT, ("portrait",))[0]


def test_nothing_is_moved_off_the_card_and_a_group_keeps_its_shape() -> None:
    made = edits.moved(three(), ("r0", "r1"), 1000, -1000)
    assert box(made, "r1").right == pytest.approx(CARD_WIDTH)
    assert box(made, "r0").y == 0
    assert box(made, "r1").x - box(made, "r0").x == pytest.approx(20)
    assert box(made, "r1").y - box(made, "r0").y == pytest.approx(4)


def test_a_size_stays_on_the_card_and_can_be_taken_hold_of() -> None:
    made = edits.resized(three(), "r0", Box(-5, 50, 400, 0.01))
    got = box(made, "r0")
    assert (got.x, got.width) == (0, CARD_WIDTH)
    assert got.height == edits.LEAST
    assert got.bottom <= CARD_HEIGHT


def test_align() -> None:
    ids = ("r0", "r1", "r2")
    assert {box(edits.aligned(three(), ids, "left"), name).x for name in ids} == {10}
    assert {box(edits.aligned(three(), ids, "right"), name).right for name in ids} == {36}
    assert {box(edits.aligned(three(), ids, "bottom"), name).bottom for name in ids} == {38}
    middle = edits.aligned(three(), ids, "middle")
    assert {box(middle, name).y + box(middle, name).height / 2 for name in ids} == {21.5}
    alone = box(edits.aligned(three(), ("r0",), "centre"), "r0")
    assert alone.x + alone.width / 2 == pytest.approx(CARD_WIDTH / 2)


def test_distribute_makes_equal_gaps_and_leaves_the_outer_two() -> None:
    made = edits.distributed(three(), ("r0", "r1", "r2"), across=True)
    assert (box(made, "r0").x, box(made, "r1").right) == (10, 36)
    gaps = (box(made, "r2").x - box(made, "r0").right, box(made, "r1").x - box(made, "r2").right)
    assert gaps[0] == pytest.approx(gaps[1])
    assert edits.distributed(three(), ("r0", "r1"), across=True) == three()


def test_a_copy_has_a_free_id_and_lies_beside_its_original() -> None:
    taken = edits.chosen(LAYOUT, ("name-lo",))
    first, (name,) = edits.copied(LAYOUT, "front", taken)
    second, (other,) = edits.copied(first, "front", edits.chosen(first, (name,)))
    assert (name, other) == ("name-lo-2", "name-lo-3")
    assert box(second, name).x == pytest.approx(box(LAYOUT, "name-lo").x + 2)
    turned, (third,) = edits.copied(LAYOUT, "back", taken)
    assert edits.side_of(turned, third) == "back"
    assert box(turned, third) == box(LAYOUT, "name-lo")


def test_order_is_changed_within_a_layer_only() -> None:
    up = edits.restacked(three(), "r0", up=True)
    assert [element.id for element in up.front] == ["r1", "r0", "r2"]
    assert edits.restacked(three(), "r2", up=True) == three()


def test_another_id_must_be_free() -> None:
    with pytest.raises(ValueError, match="taken"):
        edits.changed(LAYOUT, "portrait", id="name-lo")
    made = edits.changed(LAYOUT, "portrait", id="face", x=5, radius=1.0)
    assert box(made, "face").x == 5
    assert "portrait" not in {element.id for element in made.elements}


def test_whatever_is_done_a_draft_can_be_written_and_read_again() -> None:
    chance = random.Random(6)
    layout = LAYOUT
    for _turn in range(60):
        names = [element.id for element in layout.elements]
        some = chance.sample(names, 3)
        match chance.randrange(6):
            case 0:
                layout = edits.moved(layout, some, chance.uniform(-90, 90), chance.uniform(-60, 60))
            case 1:
                place = Box(*(chance.uniform(-20, 90) for _ in range(4)))
                layout = edits.resized(layout, some[0], place)
            case 2:
                layout = edits.aligned(layout, some, chance.choice(("left", "centre", "bottom")))
            case 3:
                layout, _ids = edits.copied(layout, chance.choice(edits.SIDES), edits.chosen(layout, some))
            case 4:
                layout = edits.removed(layout, some[:1])
            case 5:
                layout = edits.distributed(layout, some, across=chance.random() < 0.5)
    assert open_draft(dump_layout(layout)) == layout
    assert not [problem for problem in check(layout) if problem.code in ("outside-card", "duplicate-id")]
