"""What elements may say about the cards they stand on, and what each kind draws."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from printing.content import CardContent
from printing.elements import Condition
from printing.errors import LayoutError, PictureDamaged
from printing.layout import misfits, place_card
from printing.preview import rasterise, rasterise_on_blank
from printing.render import render_blank, render_card
from printing.specification import (
    BUILT_IN,
    CardLayout,
    built_in_document,
    built_in_layout,
    check,
    dump_layout,
    layout_sha256,
    load_layout,
    with_fonts_pinned,
)
from tests.printing.sample_card import card, portrait

RED_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
    b'<rect x="0" y="0" width="10" height="10" fill="#f00"/></svg>'
)


def png(mode: str = "RGBA", size: tuple[int, int] = (40, 20), colour: object = (0, 0, 160, 255)) -> bytes:
    out = BytesIO()
    Image.new(mode, size, colour).save(out, "PNG")  # type: ignore[arg-type]  # a colour of that mode
    return out.getvalue()


def small(*elements: dict[str, Any], art: list[dict[str, Any]] | None = None, blank: bool = False) -> bytes:
    """A layout of these elements on the front."""
    data = {
        "format": 1,
        "name": "small",
        "version": 1,
        "valid_from": "2026-01-01",
        "dpi": 300,
        "layers": [{"name": "under", "printed": not blank}, {"name": "print"}],
        "front": list(elements),
        "back": [],
        "art": art or [],
    }
    return json.dumps(data).encode()


def box(kind: str, name: str, x: float, **more: Any) -> dict[str, Any]:
    place = {"id": name, "x": x, "y": 10, "width": 20, "height": 10, "layer": "print"}
    return {"kind": kind, **place, **more}


def piece(name: str, media_type: str, content: bytes, /, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "media_type": media_type,
        "sha256": hashlib.sha256(content).hexdigest(),
        "data": base64.b64encode(content).decode(),
    } | more


def codes(document: bytes) -> set[tuple[str, str]]:
    with pytest.raises(LayoutError) as caught:
        load_layout(document)
    return {(problem.code, problem.element) for problem in caught.value.problems}


def front(document: bytes, content: CardContent | None = None, **how: Any) -> NDArray[np.uint8]:
    return rasterise(render_card(load_layout(document), content or card(), **how), 0, 100)


def pixel(picture: NDArray[np.uint8], x: float, y: float) -> list[int]:
    return [int(part) for part in picture[round(y / 25.4 * 100), round(x / 25.4 * 100)]]


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_shipped_layout_is_sound_pinned_and_written_back_as_it_was(name: str) -> None:
    layout = built_in_layout(name)
    assert check(layout) == ()
    assert with_fonts_pinned(layout).fonts == layout.fonts
    again = load_layout(dump_layout(layout))
    assert again == layout
    assert dump_layout(again) == dump_layout(layout)
    assert layout_sha256(load_layout(built_in_document(name))) == layout_sha256(layout)
    assert layout_sha256(replace(layout, version=2)) != layout_sha256(layout)


@pytest.mark.parametrize(
    ("said", "age", "lifetime", "replacement", "holds"),
    [
        ({}, None, False, False, True),
        ({"from_age": 15}, 15, False, False, True),
        ({"from_age": 15}, 14, False, False, False),
        ({"below_age": 15}, 14, False, False, True),
        ({"below_age": 15}, 15, False, False, False),
        ({"below_age": 15}, None, False, False, False),
        ({"lifetime": True}, 70, True, False, True),
        ({"lifetime": True}, 70, False, False, False),
        ({"lifetime": False}, 70, True, False, False),
        ({"replacement": True, "from_age": 6}, 6, False, True, True),
        ({"replacement": True, "from_age": 6}, 5, False, True, False),
    ],
)
def test_a_condition(
    said: dict[str, Any], age: int | None, lifetime: bool, replacement: bool, holds: bool
) -> None:
    assert Condition(**said).holds(age, lifetime, replacement) is holds


def test_what_can_never_stand_together_may_share_a_place() -> None:
    child, adult = {"below_age": 15}, {"from_age": 15}

    def two(one: dict[str, Any], other: dict[str, Any]) -> bytes:
        more = {"baseline": 15, "size": 8, "smallest": 8}
        return small(
            box("text", "one", 10, text="Child", when=one, **more),
            box("text", "two", 12, text="Adult", when=other, **more),
        )

    assert load_layout(two(child, adult)).front[0].when == Condition(below_age=15)
    load_layout(two({"lifetime": True}, {"lifetime": False}))
    assert codes(two(child, {"from_age": 14})) == {("overlap", "one")}
    assert codes(two(child, {"lifetime": True})) == {("overlap", "one")}
    young, old = (front(two(child, adult), card(age=age)) for age in (14, 15))
    assert (young != old).any()
    assert ("never-shown", "one") in codes(two({"from_age": 20, "below_age": 10}, adult))
    assert ("unknown-key", "one") in codes(two({"expression": "age > 3"}, adult))


def test_layers_are_drawn_in_their_order_and_the_blanks_own_is_never_printed() -> None:
    fill = {"fill": "#0000FF"}
    over, under = (
        box("rectangle", "over", 10, **fill),
        box("rectangle", "under", 10, fill="#FF0000", layer="under"),
    )
    assert pixel(front(small(over, under)), 20, 15) == [0, 0, 255]
    printed = small(box("rectangle", "over", 25, fill="#FFFF00"), under, blank=True)
    assert pixel(front(printed), 15, 15) == [255, 255, 255]
    assert pixel(front(printed, preview=True), 15, 15) == [255, 0, 0]
    mixed = pixel(front(printed, preview=True), 27, 15)
    assert mixed == [255, 0, 0], "yellow ink on a red blank is red"
    layout = load_layout(printed)
    on_blank = rasterise_on_blank(render_card(layout, card()), render_blank(layout), 0, 100)
    difference = np.abs(on_blank.astype(int) - front(printed, preview=True).astype(int))
    assert int(difference.max()) <= 2, "the picture of print on blank is the preview"


def test_nothing_of_a_person_stands_in_the_blanks_layer() -> None:
    more = {"baseline": 15, "size": 8, "smallest": 8, "layer": "under"}
    assert codes(small(box("text", "name", 10, field="name_lo", **more), blank=True)) == {
        ("blank-varies", "name")
    }
    assert codes(small(box("text", "t", 10, text="A", when={"lifetime": True}, **more), blank=True)) == {
        ("blank-varies", "t")
    }
    load_layout(small(box("text", "t", 10, text="A", **more), blank=True))
    assert codes(small(box("text", "t", 10, text="A", **more | {"layer": "sky"}))) == {("unknown-layer", "t")}


def test_white_ink_on_a_dark_blank_is_low_contrast_and_so_is_grey_on_grey() -> None:
    band = box("rectangle", "band", 0, width=85, height=30, y=0, fill="#12356B", layer="under")
    text = box("text", "t", 10, text="Title", baseline=15, size=8, smallest=8, colour="#FFFFFF")
    load_layout(small(band, text))
    assert codes(small(band, text, blank=True)) == {("low-contrast", "t")}
    assert codes(small(band, text | {"colour": "#000000"}, blank=True)) == {("low-contrast", "t")}
    # Printed white covers a printed band; on a dark blank it is no ink at all.
    plate = box("rectangle", "plate", 0, y=0, width=85, height=30, fill="#FFFFFF")
    load_layout(small(band, plate, text | {"colour": "#000000"}))
    assert codes(small(band, plate, text | {"colour": "#000000"}, blank=True)) == {("low-contrast", "t")}
    load_layout(small(band, text | {"layer": "under"}, blank=True))
    assert codes(small(band | {"fill": "#FFFFFF"}, text | {"colour": "#909090"})) == {("low-contrast", "t")}
    # The worst end of a changing ground counts, and fine lines do.
    assert codes(small(band | {"fill": "#FFFFFF", "fill_to": "#333333"}, text | {"colour": "#000000"}))
    lines = box(
        "guilloche", "w", 0, y=0, width=85, height=30, lines=9, waves=3, amplitude=2, stroke="#444444"
    )
    assert codes(small(lines, text | {"colour": "#000000"})) == {("low-contrast", "t")}


@pytest.mark.parametrize(
    ("media_type", "data"),
    [("image/png", png("RGB", colour=(255, 0, 0))), ("image/svg+xml", RED_SVG)],
)
def test_artwork_is_drawn_whole_inside_its_place(media_type: str, data: bytes) -> None:
    document = small(box("art", "a", 10, art="red"), art=[piece("red", media_type, data)])
    picture = front(document)
    assert pixel(picture, 20, 15) == [255, 0, 0]
    assert pixel(picture, 9, 15) == pixel(picture, 31, 15) == [255, 255, 255]
    assert load_layout(dump_layout(load_layout(document))) == load_layout(document)
    faint = front(small(box("art", "a", 10, art="red", opacity=0.5), art=[piece("red", media_type, data)]))
    assert abs(pixel(faint, 20, 15)[1] - 128) <= 2


def test_artwork_that_is_not_what_it_says_is_named() -> None:
    whole = png("RGB", (400, 300), (1, 2, 3))

    def art(**more: Any) -> set[tuple[str, str]]:
        return codes(small(box("art", "a", 10, art="x"), art=[piece("x", "image/png", whole, **more)]))

    assert codes(small(box("art", "a", 10, art="x"))) == {("missing-art", "a")}
    assert art(sha256=64 * "0") == {("art-hash", "x")}
    assert art(data="AAAA") == {("art-hash", "x")}
    assert art(data="A") == {("bad-value", "")}
    cut = whole[:-30]
    assert codes(small(art=[piece("x", "image/png", cut)])) == {("art-damaged", "x")}
    assert art(media_type="image/jpeg") == {("art-damaged", "x")}
    assert art(media_type="image/gif") == {("unknown-media-type", "")}
    assert codes(small(art=[piece("x", "image/png", png("1", (3000, 3000), 1))])) == {("art-too-large", "x")}
    assert codes(small(art=[piece("x", "image/png", bytes(1_000_001))])) == {("art-too-large", "x")}
    twice = [piece("x", "image/png", whole)] * 2
    assert ("duplicate-art", "x") in codes(small(art=twice))


def test_a_signature_is_drawn_whole_see_through_and_may_be_absent() -> None:
    document = small(box("picture", "s", 10, field="signature"))
    assert pixel(front(document, card(signature=png(size=(40, 40)))), 20, 15) == [0, 0, 160]
    assert pixel(front(document, card(signature=png(size=(40, 40)))), 12, 15) == [255, 255, 255]
    clear = png(colour=(0, 0, 0, 0))
    assert pixel(front(document, card(signature=clear)), 20, 15) == [255, 255, 255]
    assert (front(document) == 255).all()
    for damaged in (b"x", clear[:-40], png(size=(5000, 4000))):
        with pytest.raises(PictureDamaged):
            front(document, card(signature=damaged))


def test_lines_gradients_and_capitals() -> None:
    line = {
        "kind": "line",
        "id": "l",
        "x": 10,
        "y": 30,
        "width": 30,
        "height": 0,
        "layer": "print",
        "stroke": "#FF0000",
    }
    picture = front(
        small(line | {"stroke_width": 1}, box("rectangle", "r", 10, fill="#000000", fill_to="#FFFFFF"))
    )
    assert pixel(picture, 20, 30) == [255, 0, 0]
    assert pixel(picture, 11, 15)[0] < 40 < 200 < pixel(picture, 29, 15)[0]
    assert codes(small(line | {"width": 0})) == {("bad-size", "l")}
    text = {"baseline": 15, "size": 8, "smallest": 8}
    upper = front(small(box("text", "t", 10, text="Laos", case="upper", **text)))
    assert (upper == front(small(box("text", "t", 10, text="LAOS", **text)))).all()


def test_misfits_are_known_before_there_is_a_card() -> None:
    layout = built_in_layout("national-id-1")
    found = misfits(layout, {"name_lo": "ພົມວິຫານ" * 12, "name_latin": "Khamla", "village_lo": "ໂພນ漢"})
    assert {name: fault.code for name, fault in found.items()} == {
        "name_lo": "text-does-not-fit",
        "village_lo": "missing-glyph",
    }
    assert found["name_lo"].facts["element"] == "name-lo"


def test_the_same_with_preview_is_the_same_bytes() -> None:
    layout = built_in_layout("national-id-1")
    assert render_card(layout, card(), preview=True) == render_card(layout, card(), preview=True)
    assert render_card(layout, card(), preview=True) != render_card(layout, card())
    assert render_blank(layout) == render_blank(layout)


def wide(change: Callable[[dict[str, Any]], object]) -> bytes:
    data = json.loads(built_in_document("national-id-1"))
    change(data)
    return json.dumps(data).encode()


def test_documents_that_are_no_layout() -> None:
    assert codes(b" " * 10_000_001) == {("too-large", "")}
    assert codes(b'{"format": 1, "format": 1}') == {("bad-json", "")}
    assert codes(b'{"format": NaN}') == {("bad-json", "")}
    assert ("bad-value", "") in codes(wide(lambda d: d.update(valid_from="2026-02-30")))
    assert ("bad-name", "") in codes(wide(lambda d: d.update(name="../etc")))
    assert ("duplicate-layer", "text") in codes(wide(lambda d: d["layers"].append({"name": "text"})))
    assert codes(wide(lambda d: d["fonts"].update({"Arial": 64 * "0"}))) == {("font-missing", "")}
    assert codes(wide(lambda d: d["fonts"].update({"OCRB-Regular": 64 * "0"}))) == {("font-differs", "")}
    assert ("unknown-key", "name-lo") in codes(
        wide(lambda d: next(e for e in d["front"] if e["id"] == "name-lo").update({"$ref": "#/front/0"}))
    )


def test_the_schema_and_the_elements_know_the_same_keys() -> None:
    from dataclasses import fields
    from importlib.resources import files

    from printing.elements import KINDS

    schema = json.loads(files("resources").joinpath("layouts", "schema.json").read_bytes())
    for kind, cls in KINDS.items():
        assert set(schema["$defs"][kind]["properties"]) == {"kind", *(f.name for f in fields(cls))}, kind
    listed = schema["$defs"]["side"]["items"]["properties"]["kind"]["enum"]
    assert listed == list(KINDS)


def test_a_card_of_a_layout_in_a_draft_that_breaks_rules_is_drawn_all_the_same() -> None:
    layout: CardLayout = built_in_layout("national-id-1")
    name = next(e for e in layout.front if e.id == "portrait")
    moved = replace(layout, front=tuple(replace(e, x=-3.0) if e is name else e for e in layout.front))
    assert {p.code for p in check(moved)} == {"outside-card"}
    assert len(place_card(moved, card(portrait=portrait()))[0].items) > 15
