"""A layout's JSON document against its schema: the elements it holds, and every fault by a stable code."""

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, ValidationError  # type: ignore[import-untyped]  # ships no types

from printing.elements import KINDS, Condition, Element
from printing.errors import LayoutProblem

FORMAT = 1
LARGEST = 10_000_000  # bytes; the shipped ones have 15,000
SIDES = ("front", "back")
# What an unknown word in a closed list is called, by its key.
_UNKNOWN = {
    "kind": "unknown-kind",
    "face": "unknown-face",
    "symbology": "unknown-symbology",
    "media_type": "unknown-media-type",
    "align": "bad-align",
}
_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "minItems", "maxItems", "maxLength", "maxProperties")

Sides = dict[str, tuple[Element, ...]]


def read_document(text: str | bytes) -> tuple[dict[str, Any] | None, Sides, list[LayoutProblem]]:
    """Return the head (None when it cannot be used), the sound elements of both sides, and the problems.

    Codes: too-large, bad-json, format-too-new, missing-key, unknown-key, wrong-type, bad-size, bad-colour,
    bad-name, bad-align, bad-value, unknown-kind, unknown-face, unknown-symbology, unknown-media-type.
    """
    if len(text) > LARGEST:
        return None, {}, [LayoutProblem("too-large", facts={"bytes": len(text), "most": LARGEST})]
    try:
        data = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        return None, {}, [LayoutProblem("bad-json", facts={"reason": str(fault)[:200]})]
    if not isinstance(data, dict):
        return None, {}, [LayoutProblem("bad-json")]
    if isinstance(data.get("format"), int) and data["format"] > FORMAT:
        # What a newer program wrote is not half understood.
        return None, {}, [LayoutProblem("format-too-new", facts={"format": data["format"], "known": FORMAT})]
    problems = [problem for error in _errors("", data) for problem in _named(error, "")]
    problems += _bad_day(data)
    is_head_sound = not any(not problem.element for problem in problems)
    sides: Sides = {}
    for side in SIDES:
        listed = data.get(side)
        items = enumerate(listed if isinstance(listed, list) else [])
        elements = [_element(item, f"{side}[{number}]", problems) for number, item in items]
        sides[side] = tuple(element for element in elements if element is not None)
    return (data if is_head_sound else None), sides, problems


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name occurs twice")
    return found


def _no_number(text: str) -> Any:
    raise ValueError(text)


@cache
def _validator(kind: str) -> Draft202012Validator:
    schema = json.loads(files("resources").joinpath("layouts", "schema.json").read_bytes())
    return Draft202012Validator({**schema["$defs"][kind], "$defs": schema["$defs"]} if kind else schema)


def _errors(kind: str, item: Any) -> list[ValidationError]:
    return sorted(_validator(kind).iter_errors(item), key=lambda error: error.json_path)


def _named(error: ValidationError, element: str) -> Iterator[LayoutProblem]:
    path = list(error.absolute_path)
    if not element and path[:1] and path[0] in SIDES and len(path) > 1:
        element, path = f"{path[0]}[{path[1]}]", path[2:]
    key = ".".join(str(part) for part in path)
    facts: dict[str, str | float] = {"key": key} if key else {}
    if error.validator == "required":
        for name in error.validator_value:
            if name not in error.instance:
                yield LayoutProblem("missing-key", element, {"key": _joined(key, name)})
    elif error.validator == "additionalProperties" and isinstance(error.instance, dict):
        for name in error.instance:
            if name not in error.schema.get("properties", {}):
                yield LayoutProblem("unknown-key", element, {"key": _joined(key, str(name)[:60])})
    elif error.validator in ("enum", "const"):
        code = _UNKNOWN.get(str(path[-1]) if path else "", "bad-value")
        yield LayoutProblem(code, element, facts | {"value": str(error.instance)[:60]})
    elif error.validator == "type":
        yield LayoutProblem("wrong-type", element, facts)
    elif error.validator in _LIMITS:
        yield LayoutProblem("bad-size", element, facts)
    elif error.validator == "pattern" and "#" in error.validator_value:
        yield LayoutProblem("bad-colour", element, facts | {"colour": str(error.instance)[:20]})
    elif error.validator == "pattern" and "_-" in error.validator_value:
        yield LayoutProblem("bad-name", element, facts)
    else:
        yield LayoutProblem("bad-value", element, facts)


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _bad_day(data: dict[str, Any]) -> list[LayoutProblem]:
    if not isinstance(data.get("valid_from"), str):
        return []
    try:
        date.fromisoformat(data["valid_from"])
    except ValueError:
        return [LayoutProblem("bad-value", facts={"key": "valid_from"})]
    return []


def _element(item: Any, place: str, problems: list[LayoutProblem]) -> Element | None:
    if not isinstance(item, dict) or not isinstance(item.get("kind"), str) or item["kind"] not in KINDS:
        return None
    kind = KINDS[item["kind"]]
    name = item["id"] if isinstance(item.get("id"), str) else place
    faults = [problem for error in _errors(item["kind"], item) for problem in _named(error, name)]
    problems.extend(faults)
    if faults:
        return None
    given = {key: value for key, value in item.items() if key != "kind"}
    for field in fields(kind):
        # 4 and 4.0 are one number: both make the same bytes.
        if field.type in (float, "float") and field.name in given:
            given[field.name] = float(given[field.name])
    if "when" in given:
        given["when"] = Condition(**given["when"])
    return kind(**given)
