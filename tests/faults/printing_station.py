"""A station that prints what waits and dies at a given moment: between two writes, within one, or around a question.
A card passes by MOMENTS of them unless the line breaks.

It runs as a process of its own and kills itself with signal 9, so nothing of it is tidied up.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select, update
from uuid6 import uuid7

from printing.errors import PrinterError
from printing.printer import JobState, Printer, PrinterState
from printing.printer.ipp import IppPrinter
from workstation import clock
from workstation.database import Connection
from workstation.database.tables import card_jobs
from workstation.domain.operator import Operator, Role
from workstation.startup import close_office, open_office
from workstation.workflow.office import SignedIn
from workstation.workflow.print import carry
from workstation.workflow.print.release import release_batch
from workstation.workflow.print.run import run_queue
from workstation.workflow.printers.steps import add_printer

T = TypeVar("T")
POLL = 0.03
# Three writes with a moment before, within and after each; one before and one after sending and after the first look.
MOMENTS = 13


@dataclass
class Moments:
    """Counts what happens and dies at the moment `last`; `told` is a file that names it."""

    last: int
    told: Path
    count: int = field(default=0)

    def pass_by(self, name: str) -> None:
        self.count += 1
        if self.count == self.last:
            self.told.write_text(name, encoding="utf-8")
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, name: str, call: Callable[[], T]) -> T:
        self.pass_by(f"before {name}")
        result = call()
        self.pass_by(f"after {name}")
        return result


@dataclass
class Watched:
    """Lets every call through to the printer, with a moment before and after."""

    printer: Printer
    moments: Moments
    looked_at: set[int] = field(default_factory=set)

    def state(self) -> PrinterState:
        return self.printer.state()

    def submit(self, pdf: bytes, name: str) -> int:
        return self.moments.around("submit", lambda: self.printer.submit(pdf, name))

    def job(self, job_id: int, name: str = "") -> JobState:
        # One look is like the other, and how many there are depends on the day.
        if job_id in self.looked_at:
            return self.printer.job(job_id, name)
        self.looked_at.add(job_id)
        return self.moments.around("look", lambda: self.printer.job(job_id, name))

    def find_job(self, name: str) -> int | None:
        return self.moments.around("find", lambda: self.printer.find_job(name))

    def cancel(self, job_id: int) -> None:
        self.printer.cancel(job_id)

    def close(self) -> None:
        self.printer.close()


def signed_in(operator_id: str) -> SignedIn:
    """The operator as a verb is given her; who she really is the database says."""
    return SignedIn(Operator(operator_id, "name", "name", Role.CLERK, True), clock.now())


def _name_anew(tx: Connection) -> None:
    # The printer has seen the cards of other stations, which are copies of the same office.
    for (job,) in tx.execute(select(card_jobs.c.id)).all():
        tx.execute(update(card_jobs).where(card_jobs.c.id == job).values(id=str(uuid7())))


def work(
    data: str, passphrase: str, operator_id: str, applications: Sequence[str], uri: str, last: int
) -> None:
    """Opens the office in `data`, releases the prepared cards of `applications` to the printer at `uri` and prints
    them; dies at moment `last` of the printing unless the work ends before."""
    office = open_office(Path(data), passphrase)
    carry.POLL_SECONDS = POLL
    who = signed_in(operator_id)
    office.proofs.present(operator_id)
    known = add_printer(office, who, address=uri)
    office.store.write(_name_anew)
    release_batch(office, who, applications, printer_id=known.id)
    moments = Moments(last, Path(data) / "died")
    write = office.store.write

    def counted(verb: Callable[[Connection], Any]) -> Any:
        def within(tx: Connection) -> Any:
            result = verb(tx)
            moments.pass_by("within write")
            return result

        return moments.around("write", lambda: write(within))

    office.store.write = counted  # type: ignore[method-assign,assignment]  # a moment before, within and after each
    printer = IppPrinter(uri)
    try:
        with contextlib.suppress(PrinterError):
            run_queue(
                office,
                who,
                known.id,
                Watched(printer, moments),
                on_progress=lambda _application, _seen: None,
                stopped=lambda: False,
            )
    finally:
        printer.close()
        close_office(office)
