"""Changes to a layout's layers: nothing in them is lost, names are free, the document can be written and read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from printing.specification import CardLayout, built_in_layout, dump_layout, open_draft
from ui.designer.layer_edits import (
    MOST_LAYERS,
    layer_added,
    layer_changed,
    layer_removed,
    layer_restacked,
    removable,
)

LAYOUT = built_in_layout("national-id-1")
FIRST, LAST = LAYOUT.layers[0].name, LAYOUT.layers[-1].name


def names(layout: CardLayout) -> list[str]:
    assert open_draft(dump_layout(layout)) == layout
    return [layer.name for layer in layout.layers]


def test_a_layer_goes_up_and_down_and_stays_at_the_ends() -> None:
    up = layer_restacked(LAYOUT, FIRST, up=True)
    assert names(up)[:2] == names(LAYOUT)[1::-1]
    assert layer_restacked(up, FIRST, up=False) == LAYOUT
    assert layer_restacked(LAYOUT, FIRST, up=False) == LAYOUT
    assert layer_restacked(LAYOUT, LAST, up=True) == LAYOUT


def test_a_new_layer_lies_above_the_one_gone_to_and_has_a_free_name() -> None:
    one, first = layer_added(LAYOUT, FIRST)
    assert (names(one)[1], first) == ("layer", "layer")
    two, second = layer_added(one, None)
    assert (names(two)[-1], second) == ("layer-2", "layer-2")
    full = LAYOUT
    for _turn in range(2 * MOST_LAYERS):
        full, _name = layer_added(full, None)
    assert len(names(full)) == MOST_LAYERS


def test_a_renamed_layer_takes_its_elements_along() -> None:
    made = layer_changed(LAYOUT, "text", new_name="words")
    assert [e.layer for e in made.elements] == [
        "words" if e.layer == "text" else e.layer for e in LAYOUT.elements
    ]
    assert layer_changed(made, "words", new_name="text") == LAYOUT
    assert names(made) == ["words" if name == "text" else name for name in names(LAYOUT)]
    with pytest.raises(ValueError, match="taken"):
        layer_changed(LAYOUT, "text", new_name=FIRST)


def test_whether_the_blank_brings_it() -> None:
    made = layer_changed(LAYOUT, "text", printed=False)
    assert {layer.name: layer.printed for layer in made.layers}["text"] is False
    assert made.elements == LAYOUT.elements


def test_only_an_empty_layer_goes_and_never_the_last() -> None:
    assert not removable(LAYOUT, "text")
    assert layer_removed(LAYOUT, "text") == LAYOUT
    more, name = layer_added(LAYOUT, None)
    assert layer_removed(more, name) == LAYOUT
    alone = replace(LAYOUT, layers=LAYOUT.layers[:1], front=(), back=())
    assert layer_removed(alone, FIRST) == alone
