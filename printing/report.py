"""Reports on A4: a heading, tables that go on from page to page with their heads repeated, lines to sign on."""

import unicodedata
from dataclasses import dataclass

from printing.elements import TextElement
from printing.errors import MissingGlyph, TextDoesNotFit
from printing.layout import place_text
from printing.placed import Page, PlacedItem, PlacedRectangle
from printing.render import render_pages
from printing.shaping import measure, wrap

WIDTH, HEIGHT = 210.0, 297.0
_LEFT, _RIGHT, _END = 14.0, 196.0, 268.0
_INK, _GREY, _BLUE, _LINE, _GROUND = "#10161E", "#4A5866", "#12356B", "#B9C3CD", "#EEF4FB"
_CELL, _HEAD, _PITCH, _GAP = 8.5, 7.5, 5.4, 2.0


@dataclass(frozen=True)
class ReportTable:
    """`widths` in mm, one for each head, together at most 182; `numbers` are the columns that stand at the right."""

    title: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Report:
    """`subtitle` says of which days and when it was made; `signatures` are captions of the lines to sign on."""

    title: str
    subtitle: str
    office: str
    tables: tuple[ReportTable, ...]
    signatures: tuple[str, ...] = ()


def render_report(report: Report) -> bytes:
    """Return the report as PDF, as many A4 pages as it takes; a letter that no font has is shown as a question mark."""
    sheets = _Sheets(report)
    for table in report.tables:
        sheets.table(table)
    sheets.sign(report.signatures)
    return render_pages(sheets.numbered())


class _Sheets:
    """The pages so far; `_top` is where the next line begins on the last one."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._pages: list[list[PlacedItem]] = []
        self._turn()

    def _turn(self) -> None:
        self._items: list[PlacedItem] = []
        self._pages.append(self._items)
        report, width = self._report, _RIGHT - _LEFT
        self._items += _line(_LEFT, 18.0, 130.0, 10.0, report.office)
        self._items += _line(_LEFT, 26.5, width, 15.0, report.title, face="sans-bold")
        self._items += _line(_LEFT, 32.5, width, 9.0, report.subtitle, colour=_GREY)
        self._items.append(PlacedRectangle(_LEFT, 35.5, width, 0.5, 0, _BLUE, "", 0))
        self._top = 41.0

    def table(self, table: ReportTable) -> None:
        self._room(24.0)
        self._items.extend(
            _line(_LEFT, self._top + 5.0, 182.0, 11.0, table.title, face="sans-bold", colour=_BLUE)
        )
        self._top += 8.5
        self._heads(table)
        for row in table.rows:
            cells = [
                _broken(_shown(text), width - 2 * _GAP) for text, width in zip(row, table.widths, strict=True)
            ]
            # What is longer than a page is cut there: a reason of so many words is no reason.
            lines = min(max(len(cell) for cell in cells), 30)
            if self._room(lines * _PITCH + 1.0):
                self._heads(table)
            left = _LEFT
            for column, (cell, width) in enumerate(zip(cells, table.widths, strict=True)):
                for number, text in enumerate(cell[:lines]):
                    baseline = self._top + 4.0 + number * _PITCH
                    side = "right" if column in table.numbers else "left"
                    self._items += _line(left, baseline, width - 2 * _GAP, _CELL, text, align=side)
                left += width
            self._top += lines * _PITCH + 0.6
            self._items.append(PlacedRectangle(_LEFT, self._top, sum(table.widths), 0.1, 0, _LINE, "", 0))
        self._top += 7.0

    def _heads(self, table: ReportTable) -> None:
        self._items.append(
            PlacedRectangle(_LEFT - 1, self._top, sum(table.widths) + 2, 6.4, 0.8, _GROUND, "", 0)
        )
        left = _LEFT
        for column, (head, width) in enumerate(zip(table.heads, table.widths, strict=True)):
            side = "right" if column in table.numbers else "left"
            self._items += _line(
                left, self._top + 4.4, width - 2 * _GAP, _HEAD, head, colour=_GREY, align=side
            )
            left += width
        self._top += 7.4

    def _room(self, height: float) -> bool:
        """Turns the page when so much has no room; tells whether it did."""
        if self._top + height <= _END:
            return False
        self._turn()
        return True

    def sign(self, captions: tuple[str, ...]) -> None:
        if not captions:
            return
        self._room(22.0)
        for place, caption in enumerate(captions):
            left = _LEFT + place * 62.0
            self._items.append(PlacedRectangle(left, self._top + 14.0, 54.0, 0.15, 0, _LINE, "", 0))
            self._items.extend(_line(left, self._top + 19.0, 54.0, 8.0, caption, colour=_GREY))

    def numbered(self) -> tuple[Page, ...]:
        """All pages, each with its number at the foot."""
        every = len(self._pages)
        return tuple(
            Page(
                WIDTH,
                HEIGHT,
                (*items, *_line(150.0, 287.0, 46.0, 8.0, f"{at} / {every}", colour=_GREY, align="right")),
            )
            for at, items in enumerate(self._pages, 1)
        )


def _broken(text: str, width: float) -> tuple[str, ...]:
    """The lines of one cell; a stretch without a place to break is broken between letters."""
    try:
        return wrap(text, "sans", width=width, size=_CELL)
    except TextDoesNotFit:
        letters = "".join(c if unicodedata.category(c) in ("Mn", "Me") else f"\u200b{c}" for c in text)
        return wrap(letters, "sans", width=width, size=_CELL)


def _shown(text: str) -> str:
    try:
        measure(text, "sans")
    except MissingGlyph:
        return "".join(letter if _has(letter) else "?" for letter in text)
    return text


def _has(letter: str) -> bool:
    try:
        measure(letter, "sans")
    except MissingGlyph:
        return False
    return True


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
            smallest=min(size, 4.0),
            face=face,
            colour=colour,
            align=align,
        ),
        _shown(text),
    )
