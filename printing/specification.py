"""A card layout as data: read from JSON, every fault found and named before anything is drawn."""

import json
from dataclasses import MISSING, dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from printing.elements import KINDS, Element
from printing.errors import LayoutError, LayoutProblem
from printing.specification_checks import check_elements

# ISO/IEC 7810 ID-1.
CARD_WIDTH = 85.60
CARD_HEIGHT = 53.98
FORMAT = 1
_SIDES = ("front", "back")


@dataclass(frozen=True)
class CardLayout:
    """Both sides of a card. `dpi` is the printer's: codes are laid on its dots."""

    name: str
    version: int
    dpi: int
    front: tuple[Element, ...]
    back: tuple[Element, ...]


def load_layout(text: str | bytes) -> CardLayout:
    """Return the layout written in the JSON `text`.

    Raises LayoutError with every problem: bad-json, missing-key, unknown-key, wrong-type, bad-format,
    unknown-kind, and those of specification_checks.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise LayoutError((LayoutProblem("bad-json", facts={"reason": str(fault)}),)) from fault
    if not isinstance(data, dict):
        raise LayoutError((LayoutProblem("bad-json"),))
    problems = _head_problems(data)
    sides: dict[str, list[Element]] = {}
    for side in _SIDES:
        sides[side] = []
        listed = data.get(side)
        for number, item in enumerate(listed if isinstance(listed, list) else []):
            element = _element(item, f"{side}[{number}]", problems)
            if element is not None:
                sides[side].append(element)
    dpi = data.get("dpi") if isinstance(data.get("dpi"), int) else 300
    for elements in sides.values():
        problems.extend(check_elements(tuple(elements), CARD_WIDTH, CARD_HEIGHT, dpi or 300))
    if problems:
        raise LayoutError(tuple(problems))
    return CardLayout(data["name"], data["version"], data["dpi"], tuple(sides["front"]), tuple(sides["back"]))


@cache
def built_in_layout(name: str) -> CardLayout:
    """Return a layout that ships with the product, such as `national-id-1`; raises FileNotFoundError."""
    return load_layout(files("resources").joinpath("layouts", f"{name}.json").read_bytes())


def _head_problems(data: dict[str, Any]) -> list[LayoutProblem]:
    numbers, texts = ("format", "version", "dpi"), ("name",)
    expected: dict[str, type] = dict.fromkeys(numbers, int) | dict.fromkeys(texts, str)
    expected |= dict.fromkeys(_SIDES, list)
    problems = [LayoutProblem("unknown-key", facts={"key": key}) for key in data if key not in expected]
    for key, kind in expected.items():
        if key not in data:
            problems.append(LayoutProblem("missing-key", facts={"key": key}))
        elif not isinstance(data[key], kind) or isinstance(data[key], bool):
            problems.append(LayoutProblem("wrong-type", facts={"key": key}))
    if isinstance(data.get("format"), int) and data["format"] != FORMAT:
        problems.append(LayoutProblem("bad-format", facts={"format": data["format"]}))
    if isinstance(data.get("dpi"), int) and not 150 <= data["dpi"] <= 1200:
        problems.append(LayoutProblem("bad-size", facts={"key": "dpi"}))
    return problems


def _element(item: Any, place: str, problems: list[LayoutProblem]) -> Element | None:
    if not isinstance(item, dict):
        problems.append(LayoutProblem("wrong-type", place))
        return None
    kind = KINDS.get(item.get("kind", ""))
    if kind is None:
        problems.append(LayoutProblem("unknown-kind", place, {"kind": str(item.get("kind"))}))
        return None
    name = str(item.get("id", place))
    given = {key: value for key, value in item.items() if key != "kind"}
    known = {f.name: f for f in fields(kind)}
    faults = [LayoutProblem("unknown-key", name, {"key": key}) for key in given if key not in known]
    for key, declared in known.items():
        if key not in given:
            if declared.default is MISSING:
                faults.append(LayoutProblem("missing-key", name, {"key": key}))
        elif not _is(given[key], str(declared.type)):
            faults.append(LayoutProblem("wrong-type", name, {"key": key}))
    problems.extend(faults)
    return None if faults else kind(**given)


def _is(value: Any, declared: str) -> bool:
    if isinstance(value, bool):
        return False
    if "float" in declared:
        return isinstance(value, int | float) and abs(value) < 10_000
    if "int" in declared:
        return isinstance(value, int)
    return isinstance(value, str)
