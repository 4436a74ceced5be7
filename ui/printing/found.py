"""Printers that answer on this computer: the print service's queues over IPP, and the operating system's own."""

from __future__ import annotations

from printing.printer.discover import queues_of, service_here
from ui.qt_printer import system_queues


def find_printers() -> tuple[str, ...]:
    """Addresses to choose from: over IPP first, because there the end of a job is seen. Blocks for a few seconds."""
    over_ipp = queues_of(service_here())
    named = {address.rpartition("/")[2] for address in over_ipp}
    return (*over_ipp, *(name for name in system_queues() if name not in named))
