"""What the page of printing shows: the printers, and every card that waits at the stage of printing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workstation.database import Connection
from workstation.database.print_queue import PrintRow, awaited_at, print_rows, waiting_jobs
from workstation.database.printers import KnownPrinter, default_printer, known_printers
from workstation.database.stock import blank_of_job
from workstation.domain.card import UNCERTAIN, CardState
from workstation.domain.permissions import Verb
from workstation.domain.printers import ORDINARY, PrinterWay
from workstation.workflow.office import Office, SignedIn, acting

__all__ = [
    "KnownPrinter",
    "PrintRoom",
    "PrinterWay",
    "WaitingCard",
    "awaited_printers",
    "print_room",
    "printers_of_office",
    "waiting_at",
]

# More rows help nobody to print the next card.
_MOST_ROWS = 500


@dataclass(frozen=True)
class WaitingCard:
    """`state` is None before the card was prepared; `waits`: released to `printer_id`; `since`: at the stage of
    printing; `blank` the serial booked to it, empty when none is; `attempt` which card it is for this person, counted
    from 1, and `reprint_reason` why there had to be another."""

    application_id: str
    number: str
    name_lo: str
    name_latin: str
    since: datetime
    state: CardState | None
    uncertain: bool
    waits: bool
    held: bool
    urgent: bool
    printer_id: str | None
    blank: str
    attempt: int
    reprint_reason: str = ""


@dataclass(frozen=True)
class PrintRoom:
    """`chosen` is the id of the printer on which this station prints by itself."""

    printers: tuple[KnownPrinter, ...]
    chosen: str | None
    cards: tuple[WaitingCard, ...]

    def awaited(self, printer_id: str) -> int:
        """How many cards wait for that printer."""
        return sum(card.waits and card.printer_id == printer_id for card in self.cards)


def print_room(office: Office, who: SignedIn) -> PrintRoom:
    """Everything that stands at the printers now. Raises Refused ROLE_NOT_ALLOWED."""

    def query(connection: Connection) -> PrintRoom:
        acting(connection, office, who, Verb.LOOK_AT_PRINTING)
        chosen = default_printer(connection, office.station.id)
        rows = print_rows(connection, limit=_MOST_ROWS)
        return PrintRoom(
            known_printers(connection),
            None if chosen is None else chosen.id,
            tuple(_card(connection, row) for row in rows),
        )

    return office.store.read(query)


def awaited_printers(office: Office, who: SignedIn) -> tuple[KnownPrinter, ...]:
    """The printers for which cards wait that this station released, or that have one of its. Raises Refused."""

    def query(connection: Connection) -> tuple[KnownPrinter, ...]:
        acting(connection, office, who, Verb.PRINT)
        awaited = awaited_at(connection, office.station.id)
        return tuple(known for known in known_printers(connection) if known.id in awaited)

    return office.store.read(query)


def printers_of_office(office: Office) -> tuple[tuple[KnownPrinter, ...], str | None]:
    """The printers and the id of the one this station prints on; names and addresses, nothing of a person."""

    def query(connection: Connection) -> tuple[tuple[KnownPrinter, ...], str | None]:
        chosen = default_printer(connection, office.station.id)
        return known_printers(connection), None if chosen is None else chosen.id

    return office.store.read(query)


def waiting_at(office: Office) -> dict[str, int]:
    """How many cards wait for each printer, by its id; numbers, nothing of a person."""

    def query(connection: Connection) -> dict[str, int]:
        return {known.id: len(waiting_jobs(connection, known.id)) for known in known_printers(connection)}

    return office.store.read(query)


def _card(connection: Connection, row: PrintRow) -> WaitingCard:
    job = row.job
    blank = None if job is None else blank_of_job(connection, job.id)
    return WaitingCard(
        row.application_id,
        row.number,
        row.name_lo,
        row.name_latin,
        row.since,
        None if job is None else job.state,
        job is not None and job.reason == UNCERTAIN,
        job is not None and job.state is CardState.QUEUED and job.released_at is not None,
        job is not None and job.held,
        job is not None and job.priority > ORDINARY,
        None if job is None else job.printer_id,
        "" if blank is None else blank.serial,
        1 if job is None else job.attempt,
        "" if job is None else job.reprint_reason or "",
    )
