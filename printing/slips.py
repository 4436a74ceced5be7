"""The papers a person takes along: receipt and referral slip, A5, Lao first, each with its number as a QR code."""

from collections.abc import Iterator

from printing.elements import SymbolElement
from printing.errors import TextDoesNotFit
from printing.layout import place_symbol
from printing.placed import Page, PlacedEllipse, PlacedItem, PlacedRectangle
from printing.render import render_pages
from printing.shaping import wrap
from printing.slip_parts import (
    GREY,
    INK,
    PAPERS,
    ReceiptContent,
    ReferralContent,
    SlipLine,
    line,
    rule,
    signature,
)
from printing.slip_roll import roll

__all__ = [
    "PAPERS",
    "ReceiptContent",
    "ReferralContent",
    "SlipLine",
    "render_receipt",
    "render_referral_slip",
]

WIDTH, HEIGHT = 148.0, 210.0
_LEFT, _RIGHT = 14.0, 134.0
_LINES_END, _FOOT = 148.0, 160.0
# A line's least height, what is around its text, and the text's pitch in mm; the second where the first is too much.
_WIDE, _CLOSE = (10.5, 5.0, 6.2), (9.2, 3.6, 5.6)
_DPI = 600
_BLUE, _RED = "#12356B", "#B5152B"
_STATE_LO = "ສາທາລະນະລັດ ປະຊາທິປະໄຕ ປະຊາຊົນລາວ"
_MOTTO_LO = "ສັນຕິພາບ ເອກະລາດ ປະຊາທິປະໄຕ ເອກະພາບ ວັດທະນະຖາວອນ"


def render_receipt(content: ReceiptContent, paper: str = "a5") -> bytes:
    """Return the receipt as a one-page PDF: A5, or as long as it takes on a roll of 80 mm ("roll80").

    Raises TextDoesNotFit, MissingGlyph, SymbolDoesNotFit; ValueError for another paper.
    """
    if paper not in PAPERS:
        raise ValueError("neither a5 nor roll80")
    return render_pages((_a5(content) if paper == "a5" else roll(content),))


def _a5(content: ReceiptContent) -> Page:
    items = _head(content.title_lo, content.title_en, content.office, content.date)
    top = 58.0
    if content.day is not None:
        items.extend(_day_box(content.day))
        top = 76.0
    _facts(items, content.lines, top)
    _foot(items, content.application_number, content.note_lo, content.note_en)
    for place, (caption_lo, caption_en) in enumerate(content.signatures):
        x = _LEFT + place * 44.0
        items.append(rule(x, 199.0, 40.0))
        items.extend(line(x, 203.5, 40.0, 8.0, caption_lo, colour=GREY))
        items.extend(line(x, 207.0, 40.0, 7.0, caption_en, colour=GREY))
    if content.signed:
        items.append(signature(content.signed, _LEFT + 1.0, 186.5, 36.0))
    return Page(WIDTH, HEIGHT, tuple(items))


def render_referral_slip(content: ReferralContent) -> bytes:
    """Return the referral slip as a one-page A5 PDF. Raises TextDoesNotFit, MissingGlyph, SymbolDoesNotFit."""
    items = _head(content.title_lo, content.title_en, content.office, content.date)
    items.append(PlacedRectangle(_LEFT, 55.0, _RIGHT - _LEFT, 26.0, 1.5, "#EEF4FB", _BLUE, 0.3))
    items.extend(line(18.0, 68.5, 112.0, 18.0, content.destination_lo, face="sans-bold", colour=_BLUE))
    items.extend(line(18.0, 77.0, 112.0, 11.0, content.destination_en, colour=_BLUE))
    _facts(items, content.lines, 86.0)
    _foot(items, content.application_number, content.note_lo, content.note_en)
    return render_pages((Page(WIDTH, HEIGHT, tuple(items)),))


def _head(title_lo: str, title_en: str, office: str, date: str) -> list[PlacedItem]:
    items: list[PlacedItem] = [
        PlacedRectangle(_LEFT, 11.0, 15.0, 10.0, 0, "#CE1126", "", 0),
        PlacedRectangle(_LEFT, 13.5, 15.0, 5.0, 0, "#002868", "", 0),
        PlacedEllipse(19.5, 14.0, 4.0, 4.0, "#FFFFFF", "", 0),
        PlacedRectangle(_LEFT, 32.5, _RIGHT - _LEFT, 0.5, 0, _BLUE, "", 0),
    ]
    items.extend(line(33.0, 15.6, 101.0, 12.0, _STATE_LO, face="sans-bold", colour=_BLUE))
    items.extend(line(33.0, 20.8, 101.0, 8.0, _MOTTO_LO, colour=_RED))
    items.extend(line(_LEFT, 29.6, 80.0, 10.0, office, colour=INK))
    items.extend(line(96.0, 29.6, 38.0, 10.0, date, colour=INK, align="right"))
    items.extend(line(_LEFT, 42.6, _RIGHT - _LEFT, 17.0, title_lo, face="sans-bold", colour=INK))
    items.extend(line(_LEFT, 49.6, _RIGHT - _LEFT, 10.5, title_en, colour=GREY))
    return items


def _day_box(day: SlipLine) -> list[PlacedItem]:
    day_lo, _, day_en = day.value.partition("\n")
    items: list[PlacedItem] = [
        PlacedRectangle(_LEFT, 53.5, _RIGHT - _LEFT, 21.5, 1.5, "#EEF4FB", _BLUE, 0.3),
    ]
    caption = f"{day.label_lo} / {day.label_en}"
    items.extend(line(18.0, 58.8, 112.0, 9.0, caption, colour=GREY))
    items.extend(line(18.0, 66.8, 112.0, 15.0, day_lo, face="sans-bold", colour=_BLUE))
    items.extend(line(18.0, 72.6, 112.0, 10.5, day_en, colour=_BLUE))
    return items


def _facts(items: list[PlacedItem], lines: tuple[SlipLine, ...], top: float) -> None:
    values = [wrap(fact.value, "sans-bold", width=72.0, size=11.0) for fact in lines]
    for least, around, pitch in (_WIDE, _CLOSE):
        heights = [max(least, around + pitch * len(value)) for value in values]
        if top + sum(heights) <= _LINES_END:
            break
    else:
        raise TextDoesNotFit(element="lines", text=lines[-1].value)
    for fact, value, height in zip(lines, values, heights, strict=True):
        items.extend(line(_LEFT, top + 4.6, 44.0, 9.0, fact.label_lo, colour=GREY))
        items.extend(line(_LEFT, top + 8.3, 44.0, 7.5, fact.label_en, colour=GREY))
        for number, text in enumerate(value):
            baseline = top + 6.0 + pitch * number
            items.extend(line(62.0, baseline, 72.0, 11.0, text, face="sans-bold", colour=INK))
        top += height
        items.append(rule(_LEFT, top, _RIGHT - _LEFT))


def _foot(items: list[PlacedItem], number: str, note_lo: str, note_en: str) -> None:
    code = SymbolElement(
        id="qr", x=107.8, y=152.0, width=30.0, height=30.0, symbology="qr", field="", modules=33
    )
    items.extend(place_symbol(code, number, _DPI))
    items.extend(line(90.0, 186.0, 44.0, 10.0, number, colour=INK, align="right"))
    for baseline, text in _note_lines(note_lo, note_en):
        if baseline > 192.0:
            raise TextDoesNotFit(element="note", text=text)
        items.extend(line(_LEFT, baseline, 82.0, 9.5, text, colour=INK))


def _note_lines(note_lo: str, note_en: str) -> Iterator[tuple[float, str]]:
    baseline = _FOOT
    for note, pitch in ((note_lo, 6.0), (note_en, 5.0)):
        for text in wrap(note, "sans", width=82.0, size=9.5) if note else ():
            yield baseline, text
            baseline += pitch
        baseline += 1.0
