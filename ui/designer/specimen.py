"""A test print: the card as it will be, marked on both sides so that nobody can take it for a valid one."""

from __future__ import annotations

from dataclasses import replace

from printing.content import CardContent
from printing.elements import Layer, TextElement
from printing.render import render_card
from printing.specification import CARD_WIDTH, CardLayout

_LAYER = "specimen"
_MARKS = (("specimen-lo", 24.0, "ບັດທົດລອງ ໃຊ້ບໍ່ໄດ້"), ("specimen-en", 33.0, "SPECIMEN – NOT VALID"))


def specimen(layout: CardLayout, content: CardContent) -> bytes:
    """The PDF that goes to a printer. Raises what `render_card` raises."""
    marks = tuple(
        TextElement(
            id=name,
            x=4.0,
            y=top,
            width=CARD_WIDTH - 8.0,
            height=9.0,
            layer=_LAYER,
            baseline=top + 6.4,
            size=15.0,
            smallest=8.0,
            face="sans-bold",
            text=text,
            colour="#B3261E",
            align="centre",
        )
        for name, top, text in _MARKS
    )
    marked = replace(
        layout,
        layers=(*layout.layers, Layer(name=_LAYER)),
        front=layout.front + marks,
        back=layout.back + marks,
    )
    return render_card(marked, content)
