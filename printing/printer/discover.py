"""Which print queues a print service offers (CUPS-Get-Printers, the operation 4002 of CUPS)."""

from __future__ import annotations

import os
from typing import Any

from pyipp.enums import IppOperation

from printing.errors import PrinterError
from printing.printer.ipp import IppPrinter, is_address
from printing.printer.ipp_media import values

_PORT = 631


def service_here() -> str:
    """The print service that this computer uses: its own, or the one that CUPS_SERVER names (client.conf(5): host or
    host:port, with /version behind it; a socket's path is its own)."""
    named = os.environ.get("CUPS_SERVER", "").partition("/")[0] or "localhost"
    return f"ipp://{named if ':' in named else f'{named}:{_PORT}'}/"


def queues_of(service: str, *, deadline: float = 3.0) -> tuple[str, ...]:
    """The addresses of the queues of the service at `service`; none where no service answers, or it is none."""
    try:
        asked = IppPrinter(service, deadline=deadline)
    except PrinterError:
        return ()
    try:
        answer = asked.ask(
            IppOperation.CUPS_GET_PRINTERS,
            {"requested-attributes": ["printer-name", "printer-uri-supported"]},
        )
    except PrinterError:
        return ()
    finally:
        asked.close()
    return tuple(
        dict.fromkeys(address for queue in answer.get("printers", []) for address in _addresses(queue))
    )


def _addresses(queue: Any) -> list[str]:
    if not isinstance(queue, dict):
        return []
    return [str(uri) for uri in values(queue, "printer-uri-supported") if is_address(str(uri))][:1]
