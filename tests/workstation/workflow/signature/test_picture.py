"""What is kept of a pad's picture: the ink with a little paper, never more than it may, nothing of what is no ink."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ui.demo.signature import drawn, signature
from workstation.domain.refused import Reason, Refused
from workstation.workflow.signature.picture import LARGEST_FILE, LARGEST_KEPT, ink_alone, trimmed


def png(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def lines(*strokes: tuple[int, int, int, int], size: tuple[int, int] = (900, 300)) -> bytes:
    picture = Image.new("L", size, 255)
    for stroke in strokes:
        ImageDraw.Draw(picture).line(stroke, fill=20, width=5)
    return png(picture)


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data), formats=("PNG",))


def refused(data: bytes) -> Reason:
    with pytest.raises(Refused) as refusal:
        trimmed(data)
    return refusal.value.reason


def test_a_signature_is_cut_to_its_ink() -> None:
    pad = drawn(signature())
    kept = trimmed(pad)
    picture = opened(kept.png)
    assert (picture.mode, picture.size) == ("L", (kept.width, kept.height))
    assert kept.width < 900 * 0.85
    assert kept.height <= 300
    edges = np.asarray(picture)
    assert min(edges[:, 0].min(), edges[:, -1].min()) > 200, "a margin of paper"
    # No ink is lost.
    assert (edges < 128).sum() == (np.asarray(opened(pad)) < 128).sum()


def test_small_ink_keeps_paper_above_and_below_so_that_it_is_not_blown_up() -> None:
    flat = trimmed(lines((300, 150, 600, 150)))
    assert flat.height >= 100
    at_edge = trimmed(lines((300, 2, 600, 2)))
    assert np.asarray(opened(at_edge.png))[-1].min() == 255, (
        "nothing but paper below, and no black beyond the pad"
    )


def test_seen_through_paper_is_paper() -> None:
    picture = Image.new("RGBA", (900, 300), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line((200, 100, 700, 200), fill=(0, 0, 90, 255), width=5)
    kept = np.asarray(opened(trimmed(png(picture)).png))
    assert kept[0, 0] == 255
    assert kept.min() < 40


@pytest.mark.parametrize(
    "data",
    [lines(), lines((400, 150, 402, 150)), lines((400, 150, 410, 152)), png(Image.new("L", (900, 300), 230))],
    ids=["nothing", "a dot", "a tick", "grey paper"],
)
def test_nothing_or_a_dot_is_no_signature(data: bytes) -> None:
    assert refused(data) is Reason.SIGNATURE_EMPTY


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        drawn(signature())[:200],
        b"\x89PNG\r\n\x1a\n" + bytes(LARGEST_FILE),
        png(Image.new("L", (3_001, 10), 0)),
        png(Image.effect_noise((700, 700), 250)),
    ],
    ids=["empty", "text", "cut short", "too large a file", "too many pixels", "noise"],
)
def test_what_is_no_picture_of_a_signature_is_refused(data: bytes) -> None:
    assert refused(data) is Reason.SIGNATURE_UNUSABLE


def test_on_the_card_there_is_ink_and_nothing_else() -> None:
    kept = trimmed(drawn(signature())).png
    assert len(kept) < LARGEST_KEPT / 4
    grey, alone = np.asarray(opened(kept), np.int16), np.asarray(opened(ink_alone(kept)))
    assert alone.shape == (*grey.shape, 2)
    assert not alone[..., 0].any()
    seen = 255 - alone[..., 1].astype(np.int16)
    assert (seen <= grey).all(), "no ink is lost"
    assert alone[0, 0, 1] == 0


def test_a_line_that_a_printer_would_lose_is_thicker_on_the_card() -> None:
    low, high = trimmed(lines((100, 150, 400, 150))), trimmed(lines((100, 10, 400, 290)))
    shown = [np.asarray(opened(ink_alone(one.png)))[..., 1] > 128 for one in (low, high)]
    written = [np.asarray(opened(one.png)) < 128 for one in (low, high)]
    assert np.array_equal(shown[0], written[0]), "100 pixels high on 5.4 mm: thick enough as it is"
    column = shown[1].shape[1] // 2
    # The line leans: it is cut across at 0.73 of its height in this column.
    assert shown[1][:, column].sum() * 5.4 / high.height * 0.73 >= 0.19
    assert shown[1].sum() > 1.5 * written[1].sum()
