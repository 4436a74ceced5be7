"""What the two sides of one card should look like: the record's content on its layout, as a reading is laid over it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from printing.content import CardContent
from printing.elements import Element, MrzElement, PictureElement, SymbolElement, TextElement
from printing.preview import rasterise
from printing.render import render_card
from printing.specification import CardLayout
from workstation.card_reading.model import Place, SideModel, ZonePlace

DPI = 300
FRONT, BACK = "front", "back"
# A model holds a person's face: those of the card in the hand and of the one before are enough.
_KEPT = 2
# What the blank frames a picture with is no part of it.
_FRAME_MM = 1.2


@lru_cache(maxsize=_KEPT)
def card_models(layout: CardLayout, content: CardContent) -> tuple[SideModel, ...]:
    """Front and back as they are printed; where the layout knows the blank's security print, also both on that.

    Raises printing.errors.ContentError when the content cannot be printed on this layout.
    """
    on_blank = (False, True) if any(not layer.printed for layer in layout.layers) else (False,)
    models = []
    for preview in on_blank:
        pdf = render_card(layout, content, preview=preview)
        for page, (side, elements) in enumerate(((FRONT, layout.front), (BACK, layout.back))):
            raster = np.ascontiguousarray(rasterise(pdf, page, DPI)[:, :, ::-1])
            models.append(_model(side, raster, elements, content))
    return tuple(models)


def _model(
    side: str, raster: NDArray[np.uint8], elements: tuple[Element, ...], content: CardContent
) -> SideModel:
    texts, pictures = content.texts(), content.pictures()
    shown = [e for e in elements if e.when.holds(content.age, content.lifetime, content.replacement)]
    zone = next((e for e in shown if isinstance(e, MrzElement)), None)
    return SideModel(
        side,
        raster,
        portraits=tuple(
            _place(e, e.field, _FRAME_MM)
            for e in shown
            if isinstance(e, PictureElement) and pictures.get(e.field)
        ),
        texts=tuple(
            _place(e, e.field) for e in shown if isinstance(e, TextElement) and e.field and texts.get(e.field)
        ),
        zone=None
        if zone is None
        else ZonePlace(zone.x, (zone.baseline, zone.baseline + zone.pitch, zone.baseline + 2 * zone.pitch)),
        symbols=tuple(
            _place(e, e.field) for e in shown if isinstance(e, SymbolElement) and texts.get(e.field)
        ),
    )


def _place(element: Element, value: str, inset: float = 0.0) -> Place:
    inset = min(inset, element.width / 8, element.height / 8)
    return Place(
        element.id,
        value,
        element.x + inset,
        element.y + inset,
        element.width - 2 * inset,
        element.height - 2 * inset,
    )
