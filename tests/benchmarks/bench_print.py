"""From "print" to the job accepted, and to the card: a real IPP printer on loopback, one card after the other.

Beside each run the printer alone is measured with the same document in the same minute: what is more is the program's.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from devices.simulated.printer import SimulatedPrinter
from printing.printer import JobState, PrinterState
from printing.printer.ipp import IppPrinter
from tests.ui.stages.counter_office import Counter, make_room
from workstation.startup import close_office
from workstation.workflow.print import steps
from workstation.workflow.print.release import release
from workstation.workflow.print.run import run_queue
from workstation.workflow.print.view import view
from workstation.workflow.printers.steps import add_printer

CARDS = 6


@dataclass
class Timed:
    """Lets every call through; `accepted` is the moment after each submit."""

    printer: IppPrinter
    accepted: list[float] = field(default_factory=list)

    def state(self) -> PrinterState:
        return self.printer.state()

    def submit(self, pdf: bytes, name: str) -> int:
        number = self.printer.submit(pdf, name)
        self.accepted.append(time.perf_counter())
        return number

    def job(self, job_id: int, name: str = "") -> JobState:
        return self.printer.job(job_id, name)

    def find_job(self, name: str) -> int | None:
        return self.printer.find_job(name)

    def cancel(self, job_id: int) -> None:
        self.printer.cancel(job_id)

    def close(self) -> None:
        self.printer.close()


def measure() -> None:
    """Prints one table."""
    with tempfile.TemporaryDirectory() as folder, SimulatedPrinter() as machine:
        room = make_room(Path(folder) / "data")
        office, clerk = room.office, room.clerk
        for who in (room.clerk, room.supervisor):
            office.proofs.present(who.operator.id)
        counter = Counter(office, room.clerk, room.supervisor, None, None)  # type: ignore[arg-type]  # no page is shown
        known = add_printer(office, room.supervisor, address=machine.uri)
        printer = Timed(IppPrinter(machine.uri))
        accepted, whole, alone = [], [], []
        for number in range(CARDS):
            application = counter.at_decision()
            counter.decide(application)
            steps.prepare(office, clerk, application)
            began = time.perf_counter()
            release(office, clerk, application, printer_id=known.id)
            run_queue(
                office,
                clerk,
                known.id,
                printer,
                on_progress=lambda _application, _seen: None,
                stopped=lambda: False,
            )
            whole.append(time.perf_counter() - began)
            accepted.append(printer.accepted[-1] - began)
            pdf = view(office, application).pdf
            began = time.perf_counter()
            bare = printer.printer.submit(pdf, f"bare-{number}")
            alone.append(time.perf_counter() - began)
            while not printer.printer.job(bare).final:
                time.sleep(0.02)
        printer.close()
        close_office(office)
    print(f"{'milliseconds, ' + str(CARDS) + ' cards':<38}{'median':>8}{'worst':>8}")
    for name, seconds in (
        ("print -> job accepted", accepted),
        ("the printer alone: submit", alone),
        ("print -> card there and booked", whole),
    ):
        print(f"{name:<38}{1000 * statistics.median(seconds):>8.0f}{1000 * max(seconds):>8.0f}")


if __name__ == "__main__":
    measure()
