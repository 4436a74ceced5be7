"""Form specifications: the shipped ones are sound, and everything wrong with another is named."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.form_specifications import changed, shipped, with_occupation
from workstation.domain.form import KINDS, FormDamaged
from workstation.interchange.form_specification import LARGEST, read_form

Document = dict[str, Any]


def _codes(document: bytes) -> set[str]:
    with pytest.raises(FormDamaged) as damaged:
        read_form(document)
    return {problem.code for problem in damaged.value.problems}


def _field(document: Document, name: str) -> Document:
    for section in document["sections"]:
        for field in section["fields"]:
            if field["name"] == name:
                found: Document = field
                return found
    raise KeyError(name)


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_forms_can_be_put_in_force(kind: str) -> None:
    form = read_form(shipped(kind))
    assert form.kind == kind
    assert form.version.startswith(f"{kind}-1+")
    assert [step.from_age for step in form.age_steps] == [0, 6, 15, 60]


def test_another_field_makes_another_version() -> None:
    form = read_form(changed(with_occupation))
    assert form.version != read_form(shipped()).version
    assert form.field("occupation") is not None


def _loop(document: Document) -> None:
    _field(document, "surname_lo")["visible"] = {"filled": "unit"}
    _field(document, "unit")["visible"] = {"filled": "surname_lo"}


def _loop_required(document: Document) -> None:
    _field(document, "origin")["required"] = {"filled": "unit"}
    _field(document, "unit")["required"] = {"filled": "telephone"}
    _field(document, "telephone")["required"] = {"not": {"filled": "origin"}}


def _loop_by_section(document: Document) -> None:
    document["sections"][1]["visible"] = {"filled": "guardian_telephone"}


def _loop_by_fee(document: Document) -> None:
    document["fee"]["amounts"] = [{"amount": 1, "when": {"filled": "fee_paid"}}]


def _itself(document: Document) -> None:
    _field(document, "origin")["visible"] = {"not": {"filled": "origin"}}


CHANGES: dict[str, tuple[Callable[[Document], object], str]] = {
    "loop": (_loop, "loop"),
    "loop of required": (_loop_required, "loop"),
    "loop by section": (_loop_by_section, "loop"),
    "loop by fee": (_loop_by_fee, "loop"),
    "looks at itself": (_itself, "loop"),
    "unknown widget": (lambda d: _field(d, "origin").update(widget="slider"), "unknown-widget"),
    "no Lao": (lambda d: _field(d, "origin")["label"].pop("lo"), "language-missing"),
    "blank English": (lambda d: _field(d, "origin")["label"].update(en=" "), "schema"),
    "no Lao title": (lambda d: d["sections"][0]["title"].pop("lo"), "language-missing"),
    "unknown field in a condition": (
        lambda d: _field(d, "origin").update(visible={"filled": "shoe_size"}),
        "unknown-field",
    ),
    "unknown consent": (lambda d: d["consent"].update(field="blessing"), "unknown-field"),
    "field twice": (lambda d: d["sections"][0]["fields"].append(_field(d, "unit")), "duplicate-name"),
    "paper twice": (lambda d: d["documents"].append(d["documents"][0]), "duplicate-name"),
    "needed field gone": (
        lambda d: d["sections"][0]["fields"].remove(_field(d, "birth_date")),
        "needed-field",
    ),
    "needed field hidden": (
        lambda d: _field(d, "village").update(visible={"filled": "unit"}),
        "needed-field",
    ),
    "consent not asked": (lambda d: _field(d, "consent").update(required=False), "needed-field"),
    "no step for children": (lambda d: d["age_steps"].pop(0), "needed-field"),
    "list without lines": (lambda d: _field(d, "sex").pop("choices_from"), "schema"),
    "Latin from Latin": (
        lambda d: _field(d, "surname_latin").update(proposed_from="given_name_latin"),
        "wrong-field",
    ),
    "another list of sexes": (
        lambda d: _field(d, "sex").update(choices_from="honorifics"),
        "wrong-field",
    ),
    "name kept for sources": (lambda d: _field(d, "origin").update(name="origin_source"), "wrong-field"),
    "code for a condition": (lambda d: _field(d, "origin").update(required="age > 3"), "schema"),
    "unknown member": (lambda d: d.update(script="x"), "schema"),
    "unknown kind": (lambda d: d.update(form="passport"), "schema"),
    "negative fee": (lambda d: d["fee"].update(amounts=[{"amount": -1}]), "schema"),
}


@pytest.mark.parametrize(("change", "code"), CHANGES.values(), ids=CHANGES)
def test_what_is_wrong_is_named(change: Callable[[Document], object], code: str) -> None:
    assert code in _codes(changed(change))


def test_every_problem_is_named_at_once() -> None:
    def spoil(document: Document) -> None:
        _field(document, "origin")["widget"] = "slider"
        _field(document, "unit")["label"].pop("en")

    assert _codes(changed(spoil, seal=False)) == {"unknown-widget", "language-missing", "wrong-hash"}


def test_a_foreign_form_is_refused_and_told_its_true_hash() -> None:
    document = changed(with_occupation, seal=False)
    with pytest.raises(FormDamaged) as damaged:
        read_form(document)
    (problem,) = damaged.value.problems
    assert problem.code == "wrong-hash"
    mended = json.loads(document) | {"sha256": problem.detail.split()[-1]}
    assert read_form(json.dumps(mended).encode()).field("occupation") is not None


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"", "not-json"),
        (b"[]", "not-json"),
        (b"\xff\xfe{", "not-json"),
        (b'{"form": "renewal", "form": "renewal"}', "not-json"),
        (b"[" * 100_000, "not-json"),
        (b" " * (LARGEST + 1), "too-large"),
    ],
)
def test_what_is_no_form_at_all(document: bytes, code: str) -> None:
    assert _codes(document) == {code}


def test_conditions_without_end_are_too_deep() -> None:
    text = shipped().decode()
    deep = '{"not":' * 400 + "true" + "}" * 400
    assert _codes(text.replace('"required": true', f'"required": {deep}', 1).encode()) & {
        "too-deep",
        "not-json",
        "wrong-hash",
    }


def test_a_form_cut_or_changed_anywhere_is_refused() -> None:
    """A changed space changes nothing that is said; every other byte does."""
    whole = shipped("replacement")
    form = read_form(whole)
    chance = random.Random(20261122)
    for _ in range(60):
        with pytest.raises(FormDamaged):
            read_form(whole[: chance.randrange(len(whole) - 2)])
    for _ in range(60):
        place = chance.randrange(len(whole))
        spoiled = bytearray(whole)
        spoiled[place] ^= 1 << chance.randrange(7)
        try:
            assert read_form(bytes(spoiled)) == form
        except FormDamaged:
            continue
