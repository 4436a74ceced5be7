"""One printer's work: the cards that wait for it, one after the other, in the one thread that owns it meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from printing.errors import PrinterError
from printing.printer import Printer
from workstation import clock
from workstation.database import Connection
from workstation.database.card_jobs import CardJob
from workstation.database.print_queue import printing_job, unwatched, waiting_jobs
from workstation.database.printers import known_printer, pause_printer
from workstation.domain.card import UNCERTAIN, CardState
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.print.carry import PrintProgress, carry

# After so many cards in a row that the printer gave up, it is the printer: the rest waits for a person.
_GIVES_UP_AFTER = 2


@dataclass(frozen=True)
class RunEnd:
    """How many cards came; `error` is why the rest waits, None when nothing waits or somebody said stop."""

    printed: int
    error: Exception | None


def run_queue(
    office: Office,
    who: SignedIn,
    printer_id: str,
    printer: Printer,
    *,
    on_progress: Callable[[str, PrintProgress], None],
    stopped: Callable[[], bool],
) -> RunEnd:
    """Prints everything that waits for the printer, and watches first what it has already.

    Blocks until nothing waits any more, the printer is paused, a card is uncertain, the printer fails or `stopped`.
    `on_progress` is told the application's id with each look. Raises Refused ROLE_NOT_ALLOWED, NO_SUCH_PRINTER.
    """
    ask(office, who, Verb.PRINT)
    printed = failed = 0
    while not stopped():
        job = office.store.read(lambda connection: _next(connection, office, printer_id))
        if job is None:
            break
        told = job.application_id

        def progress(seen: PrintProgress, told: str = told) -> None:
            on_progress(told, seen)

        try:
            state = carry(office, who, job.id, printer, on_progress=progress, cancelled=stopped)
        except Refused as refusal:
            if refusal.reason in (Reason.CARD_JOB_STATE, Reason.PRINTER_OCCUPIED):
                # Another station was faster; what it left is looked at anew.
                continue
            return RunEnd(printed, refusal)
        except PrinterError as error:
            if error.code not in ("job-aborted", "refused"):
                return RunEnd(printed, error)
            failed += 1
            if failed >= _GIVES_UP_AFTER:
                _pause(office, who, printer_id)
                return RunEnd(printed, error)
        else:
            printed += state is CardState.PRINTED
            failed = 0
    return RunEnd(printed, None)


def _next(connection: Connection, office: Office, printer_id: str) -> CardJob | None:
    held = printing_job(connection, printer_id)
    if held is not None:
        # While nobody knows whether a blank was used, the next one is not sent after it.
        watches = unwatched(held, office.station.id, clock.now()) and held.reason != UNCERTAIN
        return held if watches else None
    if known_printer(connection, printer_id).paused:
        return None
    return next((job for job in waiting_jobs(connection, printer_id) if not job.held), None)


def _pause(office: Office, who: SignedIn, printer_id: str) -> None:
    def verb(tx: Connection) -> None:
        acting(tx, office, who, Verb.PRINT)
        pause_printer(tx, printer_id, True)

    office.store.write(verb)
