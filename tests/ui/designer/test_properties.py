"""What may be typed into the properties: taken values can always be kept and opened again, others are named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from printing.elements import KINDS, Element
from printing.specification import CardLayout, built_in_layout, dump_layout, open_draft
from ui.designer import edits
from ui.designer.properties import (
    BadValue,
    Property,
    options,
    properties_of,
    taken,
    value_of,
    with_value,
    written,
)

LAYOUT = built_in_layout("national-id-1")
ELEMENTS = {type(element): element for element in LAYOUT.elements}


def of(kind: str) -> tuple[CardLayout, Element]:
    """A layout with an element of that kind, and the element."""
    wanted = KINDS[kind]
    if wanted in ELEMENTS:
        # Alone: a whole layout takes its time to be read again for each value.
        return replace(LAYOUT, front=(ELEMENTS[wanted],), back=()), ELEMENTS[wanted]
    place: dict[str, Any] = {
        "stroke": "#000000",
        "id": "new",
        "x": 1.0,
        "y": 1.0,
        "width": 9.0,
        "height": 9.0,
        "layer": "text",
    }
    layout, _ids = edits.added(replace(LAYOUT, front=(), back=()), "front", [wanted(**place)])
    return layout, layout.front[-1]


def limits(one: Property, layout: CardLayout, element: Element) -> list[str]:
    """What is just allowed."""
    if one.kind in ("number", "whole"):
        return [written(one.low), written(one.high), *([""] if one.empty else [])]
    if one.kind == "choice":
        return list(options(layout, element, one.key))[:4]
    if one.kind == "colour":
        return ["#0a0B0c", *([""] if one.empty else [])]
    return {"name": ["a-b_2"], "text": ["", "ກ" * 400], "when": [""]}[one.kind]


@pytest.mark.parametrize("kind", KINDS)
def test_every_limit_can_be_kept_and_opened(kind: str) -> None:
    layout, element = of(kind)
    seen = 0
    for one in properties_of(element):
        for text in limits(one, layout, element):
            value = taken(one, text, layout, element)
            made = edits.changed(layout, element.id, **with_value(element, one.key, value))
            assert open_draft(dump_layout(made)) == made, (one.key, text)
            seen += 1
    assert seen > 12
    assert taken(properties_of(element)[2], written(value_of(element, "x")), layout, element) == element.x


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("x", "85.7", "range"),
        ("x", "near", "number"),
        ("x", "", "number"),
        ("size", "0", "range"),
        ("colour", "red", "colour"),
        ("id", "Name", "name"),
        ("id", "portrait", "taken"),
        ("text", "ກ" * 401, "long"),
        ("from_age", "1.5", "number"),
    ],
)
def test_what_cannot_be_taken_is_named(key: str, text: str, code: str) -> None:
    layout, element = LAYOUT, ELEMENTS[KINDS["text"]]
    one = next(one for one in properties_of(element) if one.key == key)
    with pytest.raises(BadValue) as caught:
        taken(one, text, layout, element)
    assert caught.value.code == code


def test_a_text_takes_the_place_of_a_field() -> None:
    (element,) = edits.chosen(LAYOUT, ("name-lo",))
    assert with_value(element, "text", "ບັດ") == {"text": "ບັດ", "field": ""}


def test_a_comma_is_a_decimal_point() -> None:
    layout, element = of("text")
    assert taken(properties_of(element)[2], "4,25", layout, element) == 4.25
