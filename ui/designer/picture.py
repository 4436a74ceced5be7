"""What the canvas shows, made in a lane: the printed PDF itself as pixels, and what a sample person finds wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

import numpy
from numpy.typing import NDArray

from printing.content import CardContent
from printing.elements import Element
from printing.errors import ContentError, LayoutProblem
from printing.layout import place_card
from printing.preview import rasterise, rasterise_clear
from printing.render import render_card
from printing.specification import CardLayout, check
from ui.designer.edits import SIDES
from ui.designer.people import SamplePerson

Pixels = NDArray[numpy.uint8]
# An element with one of these faults has no place or no content that could be drawn.
_UNDRAWABLE = frozenset(
    (
        "bad-size",
        "unknown-field",
        "missing-art",
        "unknown-layer",
        "art-damaged",
        "art-hash",
        "art-too-large",
        "duplicate-id",
    )
)


@dataclass(frozen=True)
class Drawn:
    """RGB pixels by side, and every problem: the layout's own first, then those of the sample person's card."""

    pictures: dict[str, Pixels]
    problems: tuple[LayoutProblem, ...]


def draw(
    layout: CardLayout,
    content: CardContent,
    *,
    dpi: int,
    sides: Collection[str],
    hidden: Collection[str] = (),
) -> Drawn:
    """Both sides as the card looks, print on blank, without the layers `hidden`.

    An element that cannot be drawn is left out and named; the others are shown as they will be printed.
    """
    problems = list(check(layout))
    shown, faults = _printable(layout, content, problems)
    wanted = _without(shown, lambda element: element.layer in hidden)
    # A side that nobody looks at is not drawn.
    wanted = replace(
        wanted,
        front=wanted.front if "front" in sides else (),
        back=wanted.back if "back" in sides else (),
    )
    pdf = render_card(wanted, content, preview=True)
    pictures = {side: rasterise(pdf, SIDES.index(side), dpi) for side in sides}
    return Drawn(pictures, tuple(problems + faults))


def tried(
    layout: CardLayout, people: Iterable[SamplePerson], known: Collection[LayoutProblem]
) -> tuple[LayoutProblem, ...]:
    """What is `known`, and what the cards of `people` find wrong beside it: each fault with whom it meets first."""
    found: dict[tuple[str, str], LayoutProblem] = {}
    for person in people:
        _shown, faults = _printable(layout, person.content(), list(known))
        for one in faults:
            told = LayoutProblem(one.code, one.element, {**one.facts, "person": person.name()})
            found.setdefault((one.code, one.element), told)
    return (*known, *found.values())


def lift(
    layout: CardLayout,
    content: CardContent,
    ids: Collection[str],
    side: str,
    dpi: int,
    hidden: Collection[str] = (),
) -> tuple[Pixels, Pixels]:
    """One side without the elements `ids`, RGB, and these alone, RGBA: the two that a drag moves over one another."""
    shown, _faults = _printable(layout, content, list(check(layout)))
    rest = _without(shown, lambda element: element.layer in hidden or element.id in ids)
    alone = _without(shown, lambda element: element.layer in hidden or element.id not in ids)
    alone = replace(alone, layers=tuple(replace(layer, printed=True) for layer in alone.layers))
    page = SIDES.index(side)
    under = rasterise(render_card(rest, content, preview=True), page, dpi)
    return under, rasterise_clear(render_card(alone, content), page, dpi)


def _printable(
    layout: CardLayout, content: CardContent, problems: list[LayoutProblem]
) -> tuple[CardLayout, list[LayoutProblem]]:
    """The layout without what cannot be drawn for this person, and why each was left out."""
    bad = {problem.element for problem in problems if problem.code in _UNDRAWABLE}
    damaged = {problem.element for problem in problems if problem.code.startswith("art-")}
    shown = _without(layout, lambda element: element.id in bad or getattr(element, "art", "") in damaged)
    known = {(problem.code, problem.element) for problem in problems}
    faults: list[LayoutProblem] = []
    for _element in layout.elements:
        try:
            place_card(shown, content, preview=True)
            break
        except ContentError as fault:
            name = str(fault.facts.get("element", ""))
            if (fault.code, name) not in known:
                faults.append(LayoutProblem(fault.code, name, dict(fault.facts)))
            shown = _without_named(shown, name)
    return shown, faults


def _without_named(layout: CardLayout, name: str) -> CardLayout:
    return _without(layout, lambda element: element.id == name)


def _without(layout: CardLayout, left_out: Callable[[Element], bool]) -> CardLayout:
    def kept(elements: tuple[Element, ...]) -> tuple[Element, ...]:
        return tuple(element for element in elements if not left_out(element))

    return replace(layout, front=kept(layout.front), back=kept(layout.back))
