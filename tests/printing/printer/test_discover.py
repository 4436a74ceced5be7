"""Queues of a print service: found where one answers, none where nobody or something else does."""

from __future__ import annotations

import pytest

from printing.printer.discover import queues_of
from tests.printing.printer.false_printer import FalsePrinter, http
from tests.printing.printer.test_ipp import ANSWER, attribute

QUEUES = (
    b"\x02\x00\x00\x00\x00\x00\x00\x01\x01"
    + attribute(0x47, "attributes-charset", b"utf-8")
    + attribute(0x48, "attributes-natural-language", b"en")
    + b"\x04"
    + attribute(0x45, "printer-uri-supported", b"ipp://localhost/printers/Card")
    + attribute(0x42, "printer-name", b"Card")
    + b"\x04"
    + attribute(0x45, "printer-uri-supported", b"ipp://localhost/printers/Office")
    + attribute(0x45, "", b"http://localhost/printers/Office")
    + attribute(0x42, "printer-name", b"Office")
    + b"\x04"
    + attribute(0x45, "printer-uri-supported", b"nonsense")
    + b"\x03"
)


def test_every_queue_is_named_once() -> None:
    with FalsePrinter(http(QUEUES)) as service:
        assert queues_of(service.uri) == (
            "ipp://localhost/printers/Card",
            "ipp://localhost/printers/Office",
        )


@pytest.mark.parametrize(
    "answer", [http(ANSWER), http(b"<html>"), http(b"", "404 Not Found"), b"SSH-2.0\r\n"]
)
def test_what_is_no_print_service_has_no_queues(answer: bytes) -> None:
    with FalsePrinter(answer) as service:
        assert queues_of(service.uri, deadline=2) == ()


def test_nobody_there() -> None:
    assert queues_of("ipp://127.0.0.1:1/", deadline=2) == ()
