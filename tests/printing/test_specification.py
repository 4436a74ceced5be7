"""Card layouts: the one that ships is sound, and every fault of a layout is found and named."""

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

from printing.errors import LayoutError
from printing.specification import built_in_layout, load_layout

TEXT = files("resources").joinpath("layouts", "national-id-1.json").read_text(encoding="utf-8")


def problems(change: Callable[[dict[str, Any]], object]) -> set[tuple[str, str]]:
    data = json.loads(TEXT)
    change(data)
    with pytest.raises(LayoutError) as caught:
        load_layout(json.dumps(data))
    return {(problem.code, problem.element) for problem in caught.value.problems}


def element(data: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(e for side in ("front", "back") for e in data[side] if e["id"] == name)
    return found


def test_the_shipped_layout_is_sound() -> None:
    layout = built_in_layout("national-id-1")
    assert (layout.name, layout.dpi) == ("national-id-1", 300)
    assert len(layout.front) > 20
    assert load_layout(TEXT) == layout


@pytest.mark.parametrize(
    ("name", "changes", "code"),
    [
        ("portrait", {"x": -1.0}, "outside-card"),
        ("name-lo", {"width": 60.0}, "outside-card"),
        ("zone", {"y": 40.0}, "outside-card"),
        ("birth", {"width": 30.0}, "overlap"),
        ("portrait", {"width": 40.0}, "overlap"),
        ("birth", {"field": "shoe_size"}, "unknown-field"),
        ("portrait", {"field": "left_thumb"}, "unknown-field"),
        ("qr", {"field": "portrait"}, "unknown-field"),
        ("birth", {"text": "both"}, "unknown-field"),
        ("birth", {"face": "comic"}, "unknown-face"),
        ("zone", {"face": "comic"}, "unknown-face"),
        ("birth", {"align": "middle"}, "bad-align"),
        ("birth", {"colour": "red"}, "bad-colour"),
        ("ground", {"fill": "#12345"}, "bad-colour"),
        ("birth", {"size": 2.0}, "bad-size"),
        ("birth", {"width": 0}, "bad-size"),
        ("ghost", {"opacity": 1.5}, "bad-size"),
        ("waves", {"lines": 100000}, "bad-size"),
        ("birth", {"baseline": 10.0}, "outside-box"),
        ("qr", {"modules": 120}, "module-too-small"),
        ("qr", {"width": 20.0}, "module-too-small"),
        ("barcode", {"width": 20.0}, "module-too-small"),
        ("qr", {"symbology": "pdf417", "modules": 160}, "module-too-small"),
        ("qr", {"symbology": "aztec"}, "unknown-symbology"),
        ("qr", {"modules": 3}, "bad-size"),
        ("state-lo", {"text": "ສາທາລະນະລັດ " * 8}, "text-does-not-fit"),
        ("motto-lo", {"y": 7.1, "height": 0.5}, "text-does-not-fit"),
        ("state-lo", {"text": "漢字"}, "missing-glyph"),
        ("zone", {"size": 12.0}, "text-does-not-fit"),
        ("birth", {"colour": 3}, "wrong-type"),
        ("birth", {"x": "left"}, "wrong-type"),
        ("birth", {"x": True}, "wrong-type"),
        ("birth", {"x": 1e9}, "bad-size"),
        ("birth", {"italic": 1}, "unknown-key"),
    ],
)
def test_one_fault_is_named_at_its_element(name: str, changes: dict[str, Any], code: str) -> None:
    assert (code, name) in problems(lambda data: element(data, name).update(changes))


def test_faults_of_the_whole() -> None:
    assert ("unknown-kind", "front[0]") in problems(lambda data: data["front"][0].update(kind="hologram"))
    assert ("wrong-type", "back[0]") in problems(lambda data: data["back"].insert(0, 3))
    assert ("missing-key", "birth") in problems(lambda data: element(data, "birth").pop("baseline"))
    assert ("missing-key", "") in problems(lambda data: data.pop("dpi"))
    assert ("wrong-type", "") in problems(lambda data: data.update(front={}))
    assert ("format-too-new", "") in problems(lambda data: data.update(format=99))
    assert ("bad-size", "") in problems(lambda data: data.update(format=0))
    assert ("bad-size", "") in problems(lambda data: data.update(dpi=50))
    assert ("unknown-key", "") in problems(lambda data: data.update(margin=1))
    assert ("duplicate-id", "birth") in problems(lambda data: element(data, "sex").update(id="birth"))


def test_every_fault_is_reported_at_once() -> None:
    def change(data: dict[str, Any]) -> None:
        element(data, "portrait")["x"] = -1
        element(data, "birth")["field"] = "shoe_size"

    assert {("outside-card", "portrait"), ("unknown-field", "birth")} <= problems(change)


@pytest.mark.parametrize("text", [b"", "{", "[]", "null", "[" * 100_000, b"\xff\xfe"])
def test_what_is_no_json_object_is_refused(text: str | bytes) -> None:
    with pytest.raises(LayoutError) as caught:
        load_layout(text)
    assert caught.value.problems[0].code == "bad-json"
