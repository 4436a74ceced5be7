"""What slips are made of on whatever paper: their contents, lines of text, rules, and a signature from a pad."""

from dataclasses import dataclass

from printing.elements import TextElement
from printing.layout import place_text
from printing.placed import PlacedItem, PlacedPath, PlacedRectangle

INK, GREY = "#10161E", "#4A5866"
Strokes = tuple[tuple[tuple[float, float], ...], ...]
PAPERS = ("a5", "roll80")
# What a pad is wide against its height.
SIGNATURE_SHAPE = 3.0


@dataclass(frozen=True)
class SlipLine:
    """One labelled fact; the value may hold line feeds, and U+200B where Lao text may break."""

    label_lo: str
    label_en: str
    value: str


@dataclass(frozen=True)
class ReceiptContent:
    """A hand-over or payment receipt. `signatures` are the (Lao, English) captions of the lines to sign on;
    `day` a day to come back, in Lao and below it in English, that stands large above the facts; `signed` what was
    written on a pad for the first of the signatures: lines of points, 0 to 1 from the left and from the top."""

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
    signed: Strokes = ()


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


def signature(signed: Strokes, x: float, y: float, width: float) -> PlacedPath:
    """What was written on the pad, in a field `width` mm wide."""
    height = width / SIGNATURE_SHAPE
    strokes = tuple(
        # A dot is a stroke too: a path of one point would leave no ink.
        tuple(
            (x + across * width, y + down * height)
            for across, down in (
                stroke if len(stroke) > 1 else (*stroke, (stroke[0][0] + 0.01, stroke[0][1]))
            )
        )
        for stroke in signed
        if stroke
    )
    return PlacedPath(strokes, INK, 0.35)


def line(
    x: float,
    baseline: float,
    width: float,
    size: float,
    text: str,
    *,
    face: str = "sans",
    colour: str = INK,
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


def rule(x: float, y: float, width: float) -> PlacedRectangle:
    return PlacedRectangle(x, y, width, 0.15, 0, "#B9C3CD", "", 0)
