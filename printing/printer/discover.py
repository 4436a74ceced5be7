"""Which print queues a print service offers (CUPS-Get-Printers, the operation 4002 of CUPS)."""

from __future__ import annotations

from typing import Any

from pyipp.enums import IppOperation

from printing.errors import PrinterError
from printing.printer.ipp import IppPrinter, is_address
from printing.printer.ipp_media import values

LOCAL_SERVICE = "ipp://localhost:631/"


def queues_of(service: str = LOCAL_SERVICE, *, deadline: float = 3.0) -> tuple[str, ...]:
    """The addresses of the queues of the service at `service`; none where no service answers, or it is none."""
    asked = IppPrinter(service, deadline=deadline)
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
