"""Artwork from a file into a layout: judged as a whole, kept once however often it is brought in."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image

from printing.artwork import MOST_BYTES, art_from_file
from printing.elements import Art
from printing.errors import LayoutError, LayoutProblem
from printing.specification import CardLayout
from printing.vector_art import read_vector_art
from ui.designer.edits import free_id

KINDS = "*.png *.jpg *.jpeg *.svg"
# resources/layouts/schema.json.
_MOST_ART = 30


def read_artwork(path: Path) -> Art:
    """Return the picture in that file, called after it. Blocks.

    Raises OSError, LayoutError art-too-large (then nothing is read), unknown-media-type, art-animated, art-colour,
    art-damaged.
    """
    name = art_name(path.stem)
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise LayoutError((LayoutProblem("art-too-large", name, {"bytes": size, "most": MOST_BYTES}),))
    return art_from_file(name, path.read_bytes())


def art_name(stem: str) -> str:
    """A file's name as the document allows names: small letters a to z, digits, - and _."""
    plain = re.sub(r"[^a-z0-9_-]+", "-", stem.lower()).strip("-_")[:54]
    return plain or "artwork"


def with_artwork(layout: CardLayout, art: Art) -> tuple[CardLayout, str]:
    """The layout with that piece, and the piece's name in it; the same bytes are never held twice.

    Raises LayoutError too-much-art.
    """
    for held in layout.art:
        if held.sha256 == art.sha256:
            return layout, held.name
    if len(layout.art) >= _MOST_ART:
        raise LayoutError((LayoutProblem("too-much-art"),))
    name = free_id(art.name, {held.name for held in layout.art})
    return replace(layout, art=(*layout.art, replace(art, name=name))), name


def without_unused_art(layout: CardLayout) -> CardLayout:
    """Only the artwork that an element shows; what was tried and taken away again travels nowhere."""
    shown = {getattr(element, "art", "") for element in layout.elements}
    return replace(layout, art=tuple(held for held in layout.art if held.name in shown))


def proportion(art: Art) -> float:
    """Its width for each height, between 1:10 and 10:1."""
    if art.media_type == "image/svg+xml":
        drawn = read_vector_art(art.data)
        wide, high = drawn.width, drawn.height
    else:
        with Image.open(BytesIO(art.data), formats=("PNG", "JPEG")) as picture:
            wide, high = picture.size
    return min(10.0, max(0.1, wide / high))
