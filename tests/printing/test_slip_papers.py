"""Receipts on a roll and with a signature, labels of boxes: read by machine, the ink where it belongs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import zxingcpp

from printing.box_labels import BoxLabel, render_box_labels
from printing.preview import rasterise
from printing.slips import ReceiptContent, SlipLine, render_receipt

NUMBER = "VTE-S1-261122-001-7"
LINES = tuple(SlipLine("ຊື່ ແລະ ນາມສະກຸນ", "Name", "ສຸດາວັນ ພົມມະຈັນ") for _ in range(5))
CONTENT = ReceiptContent(
    title_lo="ໃບຮັບບັດປະຈຳຕົວ",
    title_en="Receipt for an identity card",
    office="ປກສ ເມືອງຈັນທະບູລີ",
    date="22/11/2026 09:30",
    application_number=NUMBER,
    lines=LINES,
    signatures=(("ຜູ້ຮັບບັດ", "Holder"), ("ເຈົ້າໜ້າທີ່", "Officer")),
)
SIGNED = (((0.1, 0.2), (0.5, 0.8), (0.9, 0.3)), ((0.5, 0.5),))


@pytest.mark.parametrize("paper", ["a5", "roll80"])
def test_each_paper_is_read_and_the_same_twice(paper: str) -> None:
    pdf = render_receipt(CONTENT, paper)
    assert pdf == render_receipt(CONTENT, paper)
    assert [code.text for code in zxingcpp.read_barcodes(rasterise(pdf, 0, 203))] == [NUMBER]


def test_a_roll_is_80_mm_wide_and_as_long_as_it_takes() -> None:
    short, long = (
        rasterise(render_receipt(replace(CONTENT, lines=lines), "roll80"), 0, 100)
        for lines in (LINES[:1], LINES)
    )
    assert abs(short.shape[1] - 80 / 25.4 * 100) <= 1
    assert long.shape[0] > short.shape[0] + 100
    # Thermal paper knows black alone: nothing is grey but the edges of letters.
    dark = long[long.max(axis=2) < 250]
    assert (np.ptp(dark.astype(int), axis=1) <= 2).all()


@pytest.mark.parametrize("paper", ["a5", "roll80"])
def test_a_signature_changes_its_own_field_alone(paper: str) -> None:
    plain = rasterise(render_receipt(CONTENT, paper), 0, 100).astype(int)
    signed = rasterise(render_receipt(replace(CONTENT, signed=SIGNED), paper), 0, 100).astype(int)
    rows, columns = np.nonzero(np.abs(plain - signed).max(axis=2) > 40)
    assert len(rows) > 40
    assert (columns.max() - columns.min()) / 100 * 25.4 < 48
    assert (rows.max() - rows.min()) / 100 * 25.4 < 16


def test_no_other_paper() -> None:
    with pytest.raises(ValueError, match="roll80"):
        render_receipt(CONTENT, "a4")


def test_every_label_of_a_box_is_read() -> None:
    labels = [BoxLabel(f"1-{row:02d}", f"1-{row:02d}-01 – 1-{row:02d}-40", "ປກສ") for row in range(1, 27)]
    pdf = render_box_labels(labels)
    read = [{code.text for code in zxingcpp.read_barcodes(rasterise(pdf, page, 200))} for page in (0, 1)]
    assert read[0] | read[1] == {label.code for label in labels}
    assert len(read[0]) == 24
    with pytest.raises(ValueError, match="no label"):
        render_box_labels([])
