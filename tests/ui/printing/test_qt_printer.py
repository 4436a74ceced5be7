"""The operating system's queue: the card's two sides arrive exactly, and nothing is said of what nobody knows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication

from printing.errors import PrinterError
from printing.preview import rasterise
from printing.render import render_card
from printing.specification import built_in_layout
from tests.printing.sample_card import card
from ui.qt_printer import DPI, QtPrinter

PDF = render_card(built_in_layout("national-id-1"), card())


def test_both_sides_arrive_pixel_for_pixel_on_a_card(qapp: QApplication, tmp_path: Path) -> None:
    printer = QtPrinter("", into=tmp_path)
    assert (printer.state().state, printer.state().reasons) == ("idle", ())
    assert printer.find_job("card-1") is None
    assert printer.submit(PDF, "card-1") == 1
    assert printer.find_job("card-1") == 1
    printed = (tmp_path / "card-1.pdf").read_bytes()
    document = pypdfium2.PdfDocument(printed)
    try:
        sizes = [document[page].get_size() for page in range(len(document))]
    finally:
        document.close()
    assert len(sizes) == 2
    for width, height in sizes:
        # ISO/IEC 7810 ID-1: 85.60 x 53.98 mm; Qt keeps a page in whole points.
        assert (width * 25.4 / 72, height * 25.4 / 72) == (
            pytest.approx(85.6, abs=0.25),
            pytest.approx(53.98, abs=0.25),
        )
    # Lossless: a JPEG would have no stream without its own filter.
    assert b"/DCTDecode" not in printed
    for page in (0, 1):
        assert np.array_equal(_only_picture(printed, page), rasterise(PDF, page, DPI)), f"page {page}"


def _only_picture(pdf: bytes, page: int) -> NDArray[np.uint8]:
    """The one picture on that page, as it lies in the file."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        (picture,) = document[page].get_objects()
        pixels = np.array(picture.get_bitmap().to_numpy()[:, :, :3])
    finally:
        document.close()
    return np.ascontiguousarray(pixels[:, :, ::-1])


def test_nothing_is_said_of_the_end_of_a_job(qapp: QApplication, tmp_path: Path) -> None:
    printer = QtPrinter("", into=tmp_path)
    number = printer.submit(PDF, "card-1")
    with pytest.raises(PrinterError, match="job-unknown"):
        printer.job(number, "card-1")
    printer.cancel(number)
    printer.close()
    with pytest.raises(PrinterError, match="closed"):
        printer.submit(PDF, "card-2")


def test_a_queue_that_is_not_there_takes_nothing(qapp: QApplication, tmp_path: Path) -> None:
    printer = QtPrinter("no such queue")
    for call in (printer.state, lambda: printer.submit(PDF, "card-1")):
        with pytest.raises(PrinterError, match="unreachable"):
            call()
    elsewhere = QtPrinter("", into=tmp_path / "no folder")
    with pytest.raises(PrinterError, match="unreachable"):
        elsewhere.submit(PDF, "card-1")
