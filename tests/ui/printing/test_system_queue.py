"""Through the operating system's queue to a real printer: a card's page, both sides, and what a driver cannot do."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from pyipp.enums import IppOperation

from devices.simulated.printer import SimulatedPrinter
from printing.preview import rasterise
from printing.printer.discover import queues_of, service_here
from printing.printer.ipp import IppPrinter
from printing.printer.ipp_answer import first_group
from printing.render import render_card
from printing.specification import built_in_layout
from tests.printing.printer.print_service import PATIENCE, PrintService, card_ppd
from tests.printing.sample_card import card

ROOT = Path(__file__).resolve().parents[3]
PDF = render_card(built_in_layout("national-id-1"), card())
WAIT = 60.0


@pytest.fixture(scope="module")
def machine() -> Iterator[SimulatedPrinter]:
    with SimulatedPrinter() as made:
        yield made


@pytest.fixture(scope="module")
def service(machine: SimulatedPrinter) -> Iterator[PrintService]:
    with PrintService() as made:
        made.add("Card", machine.uri, card_ppd())
        made.add("OneSide", machine.uri, card_ppd(two_sided=False))
        made.add("Paper", machine.uri, card_ppd(page="A4 595x842"))
        yield made


def printed_at(service: PrintService, queue: str, name: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.printing.at_a_queue", queue, name],
        cwd=ROOT,
        env={**service.environment, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=WAIT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def job_attributes(address: str, name: str) -> dict[str, Any]:
    """What whoever holds the job says of it."""
    line = IppPrinter(address)
    try:
        number = line.find_job(name)
        assert number is not None
        wanted = ["sides", "media", "media-col", "job-name"]
        answer = line.ask(IppOperation.GET_JOB_ATTRIBUTES, {"job-id": number, "requested-attributes": wanted})
        return first_group(answer, "jobs")
    finally:
        line.close()


def test_a_card_comes_out_with_both_sides_on_a_card(service: PrintService, machine: SimulatedPrinter) -> None:
    told = printed_at(service, "Card", "card-1")
    assert (told["reasons"], told["number"]) == ([], 1)
    assert sorted(told["queues"]) == ["Card", "OneSide", "Paper"]
    deadline = time.monotonic() + WAIT
    while not machine.cards():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    at_the_queue = job_attributes(f"ipp://{service.server}/printers/Card", "card-1")
    assert (at_the_queue["sides"], at_the_queue["media"]) == ("two-sided-short-edge", "CR80")
    # The queue tells the printer so.
    at_the_printer = job_attributes(machine.uri, "card-1")
    assert at_the_printer["sides"] == "two-sided-short-edge"
    ((_name, printed),) = machine.cards()
    document = pypdfium2.PdfDocument(printed)
    try:
        assert [document[page].get_size() for page in range(len(document))] == [(243.0, 153.0)] * 2
    finally:
        document.close()
    for page in (0, 1):
        came, meant = (rasterise(pdf, page, 100).astype(int) for pdf in (printed, PDF))
        height, width = (min(a, b) for a, b in zip(came.shape[:2], meant.shape[:2], strict=True))
        assert np.abs(came[:height, :width] - meant[:height, :width]).mean() < 8, f"page {page}"


def test_a_driver_that_prints_one_side_is_said_to(service: PrintService) -> None:
    # The queue says it over IPP as well as through the driver.
    line = IppPrinter(f"ipp://{service.server}/printers/OneSide")
    try:
        assert "one-sided" in line.state().reasons
    finally:
        line.close()
    assert printed_at(service, "OneSide", "card-2")["reasons"] == ["one-sided"]


def test_a_driver_without_a_card_s_page_is_sent_nothing(service: PrintService) -> None:
    told = printed_at(service, "Paper", "card-3")
    assert told["error"] == "no-card-page"
    line = IppPrinter(f"ipp://{service.server}/printers/Paper")
    try:
        assert line.find_job("card-3") is None
        assert "wrong-media" in line.state().reasons
    finally:
        line.close()


def test_the_queues_of_the_service_are_found(service: PrintService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", service.server)
    found = queues_of(service_here(), deadline=PATIENCE)
    assert sorted(address.rpartition("/")[2] for address in found) == ["Card", "OneSide", "Paper"]
    for elsewhere, address in (
        ("", "ipp://localhost:631/"),
        ("/run/cups/cups.sock", "ipp://localhost:631/"),
        ("printers.office", "ipp://printers.office:631/"),
        ("printers.office:8631/version=1.1", "ipp://printers.office:8631/"),
    ):
        monkeypatch.setenv("CUPS_SERVER", elsewhere)
        assert service_here() == address
