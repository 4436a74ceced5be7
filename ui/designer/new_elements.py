"""New elements, one of each kind, of a size that can be seen and with content that can be drawn at once."""

from __future__ import annotations

from typing import Any

from printing.elements import (
    ArtElement,
    Element,
    EllipseElement,
    GuillocheElement,
    LineElement,
    PictureElement,
    RectangleElement,
    RosetteElement,
    SymbolElement,
    TextElement,
)
from printing.specification import CARD_HEIGHT, CARD_WIDTH, CardLayout


def artwork_element(layout: CardLayout, art: str, proportion: float) -> ArtElement:
    """That artwork whole, `proportion` wide for each height, in the middle of a side; at most 30 x 20 mm."""
    height = min(20.0, 30.0 / proportion)
    return ArtElement(
        id="artwork", layer=highest_printed(layout), **_middle(height * proportion, height), art=art
    )


def highest_printed(layout: CardLayout) -> str:
    """The layer on which new elements are put."""
    printed = [layer.name for layer in layout.layers if layer.printed]
    return printed[-1] if printed else layout.layers[-1].name


def _middle(width: float, height: float) -> dict[str, Any]:
    x, y = (CARD_WIDTH - width) / 2, (CARD_HEIGHT - height) / 2
    return {"x": round(x, 2), "y": round(y, 2), "width": round(width, 2), "height": round(height, 2)}


def new_elements(layout: CardLayout) -> tuple[Element, ...]:
    """One of each kind that this layout can have, in the middle of a side, in its highest printed layer."""
    layer, place = highest_printed(layout), _middle
    line = place(30.0, 5.0)
    found: list[Element] = [
        TextElement(
            id="text",
            layer=layer,
            **line,
            baseline=line["y"] + 3.7,
            size=8.0,
            smallest=5.0,
            text="ຂໍ້ຄວາມ",
            language="lo",
        ),
        PictureElement(id="picture", layer=layer, **place(15.0, 19.2), field="portrait"),
        RectangleElement(
            id="rectangle", layer=layer, **place(20.0, 10.0), stroke="#12356B", stroke_width=0.2
        ),
        EllipseElement(id="ellipse", layer=layer, **place(12.0, 12.0), stroke="#12356B", stroke_width=0.2),
        LineElement(id="line", layer=layer, **place(30.0, 0.0), stroke="#12356B", stroke_width=0.2),
        GuillocheElement(
            id="waves", layer=layer, **place(40.0, 12.0), lines=16, waves=4.0, amplitude=2.0, stroke="#BFD5EE"
        ),
        RosetteElement(
            id="rosette", layer=layer, **place(14.0, 14.0), lines=9, petals=12, depth=0.3, stroke="#7FA3D1"
        ),
        SymbolElement(
            id="code",
            layer=layer,
            **place(32.0, 8.0),
            symbology="code128",
            field="document_number",
            modules=121,
        ),
    ]
    if layout.art:
        found.append(ArtElement(id="artwork", layer=layer, **place(14.0, 14.0), art=layout.art[0].name))
    return tuple(found)
