"""The receipt on a roll of thermal paper, 80 mm wide and as long as it takes: black on white, one column."""

from printing.elements import SymbolElement
from printing.layout import place_symbol
from printing.placed import Page, PlacedItem, PlacedPath, PlacedRectangle
from printing.shaping import wrap
from printing.slip_parts import SIGNATURE_SHAPE, ReceiptContent, line, signature

WIDTH = 80.0
# A print head of 80 mm paper covers 72 mm of it (576 dots at 203 dpi).
_LEFT, _INSIDE = 4.0, 72.0
_BLACK = "#000000"
_DPI = 203
_QR, _SIGNATURE = 30.0, 48.0
# Baseline below the top of a line and its pitch, both in em: Lao ink reaches 1.2 em above and 0.45 em below.
_RISE, _PITCH = 1.25, 1.72
_MM = 25.4 / 72


class _Column:
    """Items so far, and where the next one begins."""

    def __init__(self) -> None:
        self.items: list[PlacedItem] = []
        self.top = 4.0

    def text(self, text: str, size: float, *, face: str = "sans", align: str = "left") -> None:
        for part in wrap(text, face, width=_INSIDE, size=size) if text else ():
            em = size * _MM
            baseline = self.top + _RISE * em
            self.items.extend(
                line(_LEFT, baseline, _INSIDE, size, part, face=face, colour=_BLACK, align=align)
            )
            self.top += _PITCH * em

    def rule(self) -> None:
        self.items.append(PlacedRectangle(_LEFT, self.top + 0.8, _INSIDE, 0.25, 0, _BLACK, "", 0))
        self.top += 2.0

    def box(self, height: float) -> PlacedRectangle:
        return PlacedRectangle(_LEFT, self.top, _INSIDE, height, 1.0, "", _BLACK, 0.4)


def roll(content: ReceiptContent) -> Page:
    """Return the receipt's one page. Raises TextDoesNotFit, MissingGlyph, SymbolDoesNotFit."""
    column = _Column()
    column.text(content.office, 9.0, align="centre")
    column.text(content.title_lo, 14.0, face="sans-bold", align="centre")
    column.text(content.title_en, 9.0, align="centre")
    column.text(content.date, 9.0, align="centre")
    column.rule()
    if content.day is not None:
        frame, begun = len(column.items), column.top
        column.top += 1.0
        day_lo, _, day_en = content.day.value.partition("\n")
        column.text(f"{content.day.label_lo} / {content.day.label_en}", 8.0, align="centre")
        column.text(day_lo, 13.0, face="sans-bold", align="centre")
        column.text(day_en, 9.0, align="centre")
        column.top += 1.0
        height, column.top = column.top - begun, begun
        column.items.insert(frame, column.box(height))
        column.top += height + 1.0
    for fact in content.lines:
        column.text(f"{fact.label_lo} / {fact.label_en}", 8.0)
        for value in fact.value.split("\n"):
            column.text(value, 11.0, face="sans-bold")
        column.rule()
    if content.application_number:
        code = SymbolElement(
            id="qr",
            x=(WIDTH - _QR) / 2,
            y=column.top + 1.0,
            width=_QR,
            height=_QR,
            symbology="qr",
            field="",
            modules=33,
        )
        column.items.extend(place_symbol(code, content.application_number, _DPI))
        column.top += _QR + 2.0
        column.text(content.application_number, 10.0, align="centre")
    column.text(content.note_lo, 9.5)
    column.text(content.note_en, 9.0)
    for place, (caption_lo, caption_en) in enumerate(content.signatures):
        if place == 0 and content.signed:
            column.items.append(_black(signature(content.signed, _LEFT, column.top, _SIGNATURE)))
        column.top += _SIGNATURE / SIGNATURE_SHAPE
        column.rule()
        column.text(f"{caption_lo} / {caption_en}", 8.0)
    # A printer of rolls cuts behind its head: what stands last would be cut through.
    return Page(WIDTH, round(column.top + 8.0, 1), tuple(column.items))


def _black(drawn: PlacedPath) -> PlacedPath:
    return PlacedPath(drawn.strokes, _BLACK, drawn.stroke_width)
