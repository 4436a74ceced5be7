"""Labels for the boxes of finished cards: one for each row, on A4 sheets of 3 x 8 (70 x 37 mm), with Code 128."""

from collections.abc import Sequence
from dataclasses import dataclass

from printing.elements import SymbolElement
from printing.layout import place_symbol
from printing.placed import Page, PlacedItem
from printing.render import render_pages
from printing.slip_parts import GREY, INK, line

WIDTH, HEIGHT = 210.0, 297.0
_ACROSS, _DOWN = 3, 8
_LABEL_WIDTH, _LABEL_HEIGHT = 70.0, 37.0
# Eight labels of 37 mm are 1 mm shorter than the sheet.
_TOP = 0.5
_DPI = 300


@dataclass(frozen=True)
class BoxLabel:
    """`code` is what a scanner reads ("1-03"), `places` the first and last place of the row ("1-03-01 – 1-03-40")."""

    code: str
    places: str
    office: str


def render_box_labels(labels: Sequence[BoxLabel]) -> bytes:
    """Return the sheets as PDF, 24 labels each. Raises SymbolDoesNotFit, TextDoesNotFit, ValueError for no label."""
    if not labels:
        raise ValueError("no label")
    pages = []
    for begin in range(0, len(labels), _ACROSS * _DOWN):
        items: list[PlacedItem] = []
        for place, label in enumerate(labels[begin : begin + _ACROSS * _DOWN]):
            down, across = divmod(place, _ACROSS)
            items.extend(_label(label, across * _LABEL_WIDTH, _TOP + down * _LABEL_HEIGHT))
        pages.append(Page(WIDTH, HEIGHT, tuple(items)))
    return render_pages(tuple(pages))


def _label(label: BoxLabel, x: float, y: float) -> list[PlacedItem]:
    left, width = x + 5.0, _LABEL_WIDTH - 10.0
    code = SymbolElement(
        id="code", x=left, y=y + 16.0, width=width, height=12.0, symbology="code128", field="", modules=90
    )
    return [
        *line(left, y + 6.5, width, 8.0, label.office, colour=GREY),
        *line(left, y + 14.0, width, 20.0, label.code, face="sans-bold", colour=INK),
        *place_symbol(code, label.code, _DPI),
        *line(left, y + 33.5, width, 9.0, label.places, colour=INK),
    ]
