"""What is done with printers: one is added by its address, chosen, paused, removed."""

from __future__ import annotations

import re

from printing.printer.ipp import is_address
from workstation import clock
from workstation.database import Connection
from workstation.database import printers as kept
from workstation.database.audit import write_audit
from workstation.database.moves import Actor
from workstation.database.print_queue import printing_job, waiting_jobs
from workstation.database.printers import KnownPrinter
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.printers import MOST_RIBBON_CARDS, PrinterWay
from workstation.domain.refused import Reason, Refused
from workstation.workflow.office import Office, SignedIn, acting, ask

# As the operating system may name a queue: one line, no path.
_QUEUE = re.compile(r"[^\x00-\x1f/#?]{1,127}")
_LONGEST_NAME = 80


def way_of(address: str) -> PrinterWay:
    """How the printer of that address is reached. Raises Refused PRINTER_ADDRESS_WRONG."""
    if is_address(address):
        return PrinterWay.IPP
    if "://" in address or not _QUEUE.fullmatch(address) or address != address.strip():
        raise Refused(Reason.PRINTER_ADDRESS_WRONG, address=address[:80])
    return PrinterWay.SYSTEM


def add_printer(
    office: Office, who: SignedIn, *, address: str, name: str = "", ribbon_cards: int = 0
) -> KnownPrinter:
    """Adds the printer at `address`, or gives the one that is there its new name; the first one is chosen at once.

    Raises Refused PRINTER_ADDRESS_WRONG.
    """
    ask(office, who, Verb.SET_UP_PRINTERS)
    way = way_of(address.strip())

    def verb(tx: Connection) -> KnownPrinter:
        actor = acting(tx, office, who, Verb.SET_UP_PRINTERS)
        return _added(tx, actor, way, address.strip(), name.strip(), ribbon_cards)

    return office.store.write(verb)


def _added(
    tx: Connection, actor: Actor, way: PrinterWay, address: str, name: str, ribbon_cards: int
) -> KnownPrinter:
    # The only one there is needs no choosing; beside another one it does.
    before = kept.default_printer(tx, actor.station_id)
    printer_id = kept.add_printer(
        tx,
        name=(name or address)[:_LONGEST_NAME],
        way=way,
        address=address,
        ribbon_cards=max(0, min(MOST_RIBBON_CARDS, ribbon_cards)),
        by=actor.id,
        at=clock.now(),
    )
    kept.choose_printer(tx, actor.station_id, printer_id if before is None else before.id)
    _note(tx, actor, printer_id, "added")
    return kept.known_printer(tx, printer_id)


def printer_of_settings(office: Office, who: SignedIn, address: str) -> KnownPrinter | None:
    """The printer on which this station prints by itself: the one that was chosen, else the one of the computer's
    settings (`address`, empty when they name none), which is remembered then. None: neither.

    Raises Refused PRINTER_ADDRESS_WRONG: the settings are wrong.
    """
    ask(office, who, Verb.ORDER_PRINTING)

    def held(connection: Connection) -> KnownPrinter | None:
        chosen = kept.default_printer(connection, office.station.id)
        return chosen if chosen is not None or not address else kept.printer_at(connection, address)

    found = office.store.read(held)
    if found is not None or not address:
        return found
    way = way_of(address)

    def verb(tx: Connection) -> KnownPrinter:
        actor = acting(tx, office, who, Verb.ORDER_PRINTING)
        return _added(tx, actor, way, address, "", 0)

    return office.store.write(verb)


def choose_printer(office: Office, who: SignedIn, printer_id: str) -> None:
    """This station prints on it from now on. Raises Refused NO_SUCH_PRINTER."""

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.ORDER_PRINTING)
        kept.known_printer(tx, printer_id)
        kept.choose_printer(tx, actor.station_id, printer_id)
        _note(tx, actor, printer_id, "chosen")

    office.store.write(verb)


def pause_printer(office: Office, who: SignedIn, printer_id: str, paused: bool) -> None:
    """Whether the next waiting card may begin on it; the one in it is not touched. Raises Refused NO_SUCH_PRINTER."""

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.ORDER_PRINTING)
        kept.known_printer(tx, printer_id)
        kept.pause_printer(tx, printer_id, paused)
        _note(tx, actor, printer_id, "paused" if paused else "resumed")

    office.store.write(verb)


def remove_printer(office: Office, who: SignedIn, printer_id: str) -> None:
    """It is offered no more. Raises Refused NO_SUCH_PRINTER, PRINTER_AWAITED: cards wait for it."""

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.SET_UP_PRINTERS)
        kept.known_printer(tx, printer_id)
        awaited = len(waiting_jobs(tx, printer_id)) + (printing_job(tx, printer_id) is not None)
        if awaited:
            raise Refused(Reason.PRINTER_AWAITED, count=awaited)
        kept.remove_printer(tx, printer_id)
        _note(tx, actor, printer_id, "removed")

    office.store.write(verb)


def _note(tx: Connection, actor: Actor, printer_id: str, what: str) -> None:
    write_audit(
        tx,
        AuditTag.PRINTER_CHANGED,
        at=clock.now(),
        actor=actor.id,
        station_id=actor.station_id,
        object_id=printer_id,
        change=what,
    )
