"""The papers a person takes along: receipt and referral slip, A5, Lao first, each with its number as a QR code."""

from collections.abc import Iterator
from dataclasses import dataclass

from printing.elements import SymbolElement, TextElement
from printing.errors import TextDoesNotFit
from printing.layout import place_symbol, place_text
from printing.placed import Page, PlacedEllipse, PlacedItem, PlacedRectangle
from printing.render import render_pages
from printing.shaping import wrap

WIDTH, HEIGHT = 148.0, 210.0
_LEFT, _RIGHT = 14.0, 134.0
_LINES_END, _FOOT = 148.0, 160.0
_DPI = 600
_INK, _GREY, _BLUE, _RED = "#10161E", "#4A5866", "#12356B", "#B5152B"
_STATE_LO = "ສາທາລະນະລັດ ປະຊາທິປະໄຕ ປະຊາຊົນລາວ"
_MOTTO_LO = "ສັນຕິພາບ ເອກະລາດ ປະຊາທິປະໄຕ ເອກະພາບ ວັດທະນະຖາວອນ"


@dataclass(frozen=True)
class SlipLine:
    """One labelled fact; the value may hold line feeds, and U+200B where Lao text may break."""

    label_lo: str
    label_en: str
    value: str


@dataclass(frozen=True)
class ReceiptContent:
    """A hand-over or payment receipt. `signatures` are the (Lao, English) captions of the lines to sign on;
    `day` a day to come back, in Lao and below it in English, that stands large above the facts."""

    title_lo: str
    title_en: str
    office: str
    date: str
    application_number: str
    lines: tuple[SlipLine, ...]
    note_lo: str = ""
    note_en: str = ""
    signatures: tuple[tuple[str, str], ...] = ()
    day: SlipLine | None = None


@dataclass(frozen=True)
class ReferralContent:
    """A slip that sends a person to the office of the household registration, named large."""

    title_lo: str
    title_en: str
    office: str
    date: str
    application_number: str
    destination_lo: str
    destination_en: str
    lines: tuple[SlipLine, ...]
    note_lo: str = ""
    note_en: str = ""


def render_receipt(content: ReceiptContent) -> bytes:
    """Return the receipt as a one-page A5 PDF. Raises TextDoesNotFit, MissingGlyph, SymbolDoesNotFit."""
    items = _head(content.title_lo, content.title_en, content.office, content.date)
    top = 58.0
    if content.day is not None:
        items.extend(_day_box(content.day))
        top = 76.0
    _facts(items, content.lines, top)
    _foot(items, content.application_number, content.note_lo, content.note_en)
    for place, (caption_lo, caption_en) in enumerate(content.signatures):
        x = _LEFT + place * 44.0
        items.append(_rule(x, 199.0, 40.0))
        items.extend(_line(x, 203.5, 40.0, 8.0, caption_lo, colour=_GREY))
        items.extend(_line(x, 207.0, 40.0, 7.0, caption_en, colour=_GREY))
    return render_pages((Page(WIDTH, HEIGHT, tuple(items)),))


def render_referral_slip(content: ReferralContent) -> bytes:
    """Return the referral slip as a one-page A5 PDF. Raises TextDoesNotFit, MissingGlyph, SymbolDoesNotFit."""
    items = _head(content.title_lo, content.title_en, content.office, content.date)
    items.append(PlacedRectangle(_LEFT, 55.0, _RIGHT - _LEFT, 26.0, 1.5, "#EEF4FB", _BLUE, 0.3))
    items.extend(_line(18.0, 68.5, 112.0, 18.0, content.destination_lo, face="sans-bold", colour=_BLUE))
    items.extend(_line(18.0, 77.0, 112.0, 11.0, content.destination_en, colour=_BLUE))
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
    items.extend(_line(33.0, 15.6, 101.0, 12.0, _STATE_LO, face="sans-bold", colour=_BLUE))
    items.extend(_line(33.0, 20.8, 101.0, 8.0, _MOTTO_LO, colour=_RED))
    items.extend(_line(_LEFT, 29.6, 80.0, 10.0, office, colour=_INK))
    items.extend(_line(96.0, 29.6, 38.0, 10.0, date, colour=_INK, align="right"))
    items.extend(_line(_LEFT, 42.6, _RIGHT - _LEFT, 17.0, title_lo, face="sans-bold", colour=_INK))
    items.extend(_line(_LEFT, 49.6, _RIGHT - _LEFT, 10.5, title_en, colour=_GREY))
    return items


def _day_box(day: SlipLine) -> list[PlacedItem]:
    day_lo, _, day_en = day.value.partition("\n")
    items: list[PlacedItem] = [
        PlacedRectangle(_LEFT, 53.5, _RIGHT - _LEFT, 21.5, 1.5, "#EEF4FB", _BLUE, 0.3),
    ]
    caption = f"{day.label_lo} / {day.label_en}"
    items.extend(_line(18.0, 58.8, 112.0, 9.0, caption, colour=_GREY))
    items.extend(_line(18.0, 66.8, 112.0, 15.0, day_lo, face="sans-bold", colour=_BLUE))
    items.extend(_line(18.0, 72.6, 112.0, 10.5, day_en, colour=_BLUE))
    return items


def _facts(items: list[PlacedItem], lines: tuple[SlipLine, ...], top: float) -> None:
    for line in lines:
        values = wrap(line.value, "sans-bold", width=72.0, size=11.0)
        height = max(10.5, 5.0 + 6.2 * len(values))
        if top + height > _LINES_END:
            raise TextDoesNotFit(element="lines", text=line.value)
        items.extend(_line(_LEFT, top + 4.6, 44.0, 9.0, line.label_lo, colour=_GREY))
        items.extend(_line(_LEFT, top + 8.7, 44.0, 7.5, line.label_en, colour=_GREY))
        for number, value in enumerate(values):
            baseline = top + 6.0 + 6.2 * number
            items.extend(_line(62.0, baseline, 72.0, 11.0, value, face="sans-bold", colour=_INK))
        top += height
        items.append(_rule(_LEFT, top, _RIGHT - _LEFT))


def _foot(items: list[PlacedItem], number: str, note_lo: str, note_en: str) -> None:
    code = SymbolElement(
        id="qr", x=107.8, y=152.0, width=30.0, height=30.0, symbology="qr", field="", modules=33
    )
    items.extend(place_symbol(code, number, _DPI))
    items.extend(_line(90.0, 186.0, 44.0, 10.0, number, colour=_INK, align="right"))
    for baseline, text in _note_lines(note_lo, note_en):
        if baseline > 192.0:
            raise TextDoesNotFit(element="note", text=text)
        items.extend(_line(_LEFT, baseline, 82.0, 9.5, text, colour=_INK))


def _note_lines(note_lo: str, note_en: str) -> Iterator[tuple[float, str]]:
    baseline = _FOOT
    for note, pitch in ((note_lo, 6.0), (note_en, 5.0)):
        for text in wrap(note, "sans", width=82.0, size=9.5) if note else ():
            yield baseline, text
            baseline += pitch
        baseline += 1.0


def _line(
    x: float,
    baseline: float,
    width: float,
    size: float,
    text: str,
    *,
    face: str = "sans",
    colour: str = _INK,
    align: str = "left",
) -> list[PlacedItem]:
    # Lao ink reaches 1.2 em above and 0.45 em below the baseline.
    em = size * 25.4 / 72
    return place_text(
        TextElement(
            id="line",
            x=x,
            y=baseline - 1.25 * em,
            width=width,
            height=1.75 * em,
            baseline=baseline,
            size=size,
            smallest=min(size, 6.0),
            face=face,
            colour=colour,
            align=align,
        ),
        text,
    )


def _rule(x: float, y: float, width: float) -> PlacedRectangle:
    return PlacedRectangle(x, y, width, 0.15, 0, "#B9C3CD", "", 0)
