"""A program that prints one card through a queue of the operating system: `python -m tests.ui.printing.at_a_queue QUEUE
NAME`. It runs as a process of its own because the print service is chosen once for each."""

from __future__ import annotations

import json
import sys

from PySide6.QtWidgets import QApplication

from printing.errors import PrinterError
from printing.render import render_card
from printing.specification import built_in_layout
from tests.printing.sample_card import card
from ui.qt_printer import QtPrinter, system_queues


def main(queue: str, name: str) -> None:
    """Prints one JSON object: the queues, the reasons of this one or its error, and the number of the job."""
    _app = QApplication(["at a queue"])
    told: dict[str, object] = {"queues": system_queues()}
    printer = QtPrinter(queue)
    try:
        told["reasons"] = printer.state().reasons
        told["number"] = printer.submit(render_card(built_in_layout("national-id-1"), card()), name)
    except PrinterError as error:
        told["error"] = error.code
    print(json.dumps(told))  # noqa: T201  # what the test reads


if __name__ == "__main__":
    main(*sys.argv[1:])
