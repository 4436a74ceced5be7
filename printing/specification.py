"""A card layout as data: read from JSON, written back as canonical bytes, every fault found and named."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import rfc8785

from printing.elements import KINDS, Art, Condition, Element, Layer
from printing.errors import LayoutError, LayoutProblem
from printing.fonts import FACES, font, font_sha256
from printing.specification_checks import check_elements, check_whole
from printing.specification_reading import FORMAT, read_document

# ISO/IEC 7810 ID-1.
CARD_WIDTH = 85.60
CARD_HEIGHT = 53.98
BUILT_IN = ("national-id-1", "national-id-phetsarath")


@dataclass(frozen=True)
class CardLayout:
    """Both sides of a card. `dpi` is the printer's: codes are laid on its dots.

    `layers` lie from the lowest to the highest; within one, elements are drawn in their order. `fonts` pins the
    SHA-256 (hex) of each font file the layout was made with, as (name, hash); empty in a draft.
    """

    name: str
    version: int
    valid_from: date
    dpi: int
    layers: tuple[Layer, ...]
    front: tuple[Element, ...]
    back: tuple[Element, ...]
    art: tuple[Art, ...] = ()
    fonts: tuple[tuple[str, str], ...] = ()
    comment: str = ""

    @property
    def label(self) -> str:
        """`name@version`, as commands and card jobs write it."""
        return f"{self.name}@{self.version}"

    @property
    def elements(self) -> tuple[Element, ...]:
        """Both sides."""
        return self.front + self.back

    def in_drawing_order(self, side: tuple[Element, ...], *, preview: bool) -> tuple[Element, ...]:
        """The elements of `side` from the lowest to the highest; those not printed in a preview only."""
        places = {layer.name: number for number, layer in enumerate(self.layers)}
        shown = {layer.name for layer in self.layers if layer.printed or preview}
        return tuple(sorted((e for e in side if e.layer in shown), key=lambda e: places[e.layer]))


def load_layout(text: str | bytes) -> CardLayout:
    """Return the layout written in the JSON `text`, sound in every respect.

    Raises LayoutError with every problem: those of specification_reading and of `check`.
    """
    layout, problems = _read(text)
    if layout is not None:
        problems += check(layout)
    if problems or layout is None:
        raise LayoutError(tuple(problems))
    return layout


def open_draft(text: str | bytes) -> CardLayout:
    """Return the layout in `text`, which may still break rules (`check` names them).

    Raises LayoutError for what is no layout by its schema.
    """
    layout, problems = _read(text)
    if problems or layout is None:
        raise LayoutError(tuple(problems))
    return layout


def check(layout: CardLayout) -> tuple[LayoutProblem, ...]:
    """Return every problem of `layout`, with the element's id where it is an element's."""
    problems = list(check_whole(layout.layers, layout.art, layout.elements))
    for side in (layout.front, layout.back):
        ordered = layout.in_drawing_order(side, preview=True) if _layers_known(layout, side) else side
        problems += check_elements(ordered, CARD_WIDTH, CARD_HEIGHT, layout.dpi, layout.art, layout.layers)
    problems += _font_problems(layout)
    return tuple(problems)


def dump_layout(layout: CardLayout) -> bytes:
    """Return the layout's document as canonical JSON (RFC 8785): the bytes that are hashed, signed and kept."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "name": layout.name,
        "version": layout.version,
        "valid_from": layout.valid_from.isoformat(),
        "dpi": layout.dpi,
        "layers": [{"name": layer.name, "printed": layer.printed} for layer in layout.layers],
        "front": [_element_document(element) for element in layout.front],
        "back": [_element_document(element) for element in layout.back],
    }
    if layout.art:
        document["art"] = [_art_document(art) for art in layout.art]
    if layout.fonts:
        document["fonts"] = dict(layout.fonts)
    if layout.comment:
        document["comment"] = layout.comment
    return rfc8785.dumps(document)


def layout_sha256(layout: CardLayout) -> str:
    """Return the hash (hex) by which a layout is known for good: of its document, art and pinned fonts included."""
    return hashlib.sha256(dump_layout(layout)).hexdigest()


def with_fonts_pinned(layout: CardLayout) -> CardLayout:
    """Return the layout bound to the font files it is drawn with here, as a published one must be."""
    names = {name for face in _faces(layout) for name in FACES[face]}
    return replace(layout, fonts=tuple((name, font_sha256(name)) for name in sorted(names)))


@cache
def built_in_layout(name: str) -> CardLayout:
    """Return a layout that ships with the product, such as `national-id-1`; raises FileNotFoundError."""
    return load_layout(built_in_document(name))


def built_in_document(name: str) -> bytes:
    """Return its document; raises FileNotFoundError."""
    return files("resources").joinpath("layouts", f"{name}.json").read_bytes()


def _read(text: str | bytes) -> tuple[CardLayout | None, list[LayoutProblem]]:
    data, sides, problems = read_document(text)
    if data is None:
        return None, problems
    layout = CardLayout(
        name=data["name"],
        version=data["version"],
        valid_from=date.fromisoformat(data["valid_from"]),
        dpi=data["dpi"],
        layers=tuple(Layer(**layer) for layer in data["layers"]),
        front=sides["front"],
        back=sides["back"],
        art=tuple(
            Art(
                name=art["name"],
                media_type=art["media_type"],
                sha256=art["sha256"],
                data=base64.b64decode(art["data"]),
            )
            for art in data.get("art", ())
        ),
        fonts=tuple(sorted(data.get("fonts", {}).items())),
        comment=data.get("comment", ""),
    )
    return layout, problems


def _layers_known(layout: CardLayout, side: tuple[Element, ...]) -> bool:
    return {element.layer for element in side} <= {layer.name for layer in layout.layers}


def _faces(layout: CardLayout) -> set[str]:
    kinds = [element for element in layout.elements if hasattr(element, "face")]
    return {face for element in kinds if (face := str(element.face)) in FACES}


def _font_problems(layout: CardLayout) -> list[LayoutProblem]:
    """A font file that differs draws other letters: the card would not be the same again."""
    problems = []
    for name, pinned in layout.fonts:
        try:
            font(name)
        except FileNotFoundError:
            problems.append(LayoutProblem("font-missing", facts={"font": name}))
            continue
        if font_sha256(name) != pinned:
            problems.append(LayoutProblem("font-differs", facts={"font": name}))
    return problems


def _element_document(element: Element) -> dict[str, Any]:
    kind = next(kind for kind, cls in KINDS.items() if type(element) is cls)
    document: dict[str, Any] = {"kind": kind}
    for field in fields(element):
        value = getattr(element, field.name)
        if isinstance(value, Condition):
            said = {f.name: getattr(value, f.name) for f in fields(value)}
            value = {name: fact for name, fact in said.items() if fact is not None}
            if not value:
                continue
        document[field.name] = value
    return document


def _art_document(art: Art) -> dict[str, Any]:
    data = base64.b64encode(art.data).decode("ascii")
    return {"name": art.name, "media_type": art.media_type, "sha256": art.sha256, "data": data}
