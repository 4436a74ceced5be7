"""Test cards of a layout: printed on plain white cards only, so that no numbered blank is ever used up by one.

While the ledger says that numbered blanks lie in a printer, a test card would take the next of them and nobody would
know where it is: it is refused, and they are taken out first. Each test card is in the trail.
"""

from __future__ import annotations

from dataclasses import dataclass

from printing.specification import CardLayout, layout_sha256
from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.printers import KnownPrinter, default_printer, known_printer, known_printers
from workstation.database.stock_balance import holdings
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stock import Place
from workstation.workflow.layouts.publish import require_centre
from workstation.workflow.office import Office, SignedIn, acting

_IN_PRINTER = (Place.PRINTER, Place.BOOKED)


@dataclass(frozen=True)
class SpecimenPrinter:
    """One printer; `numbered` blanks of the ledger lie in it now."""

    printer: KnownPrinter
    numbered: int


def specimen_printers(office: Office, who: SignedIn) -> tuple[SpecimenPrinter, ...]:
    """The office's printers, the one that this station prints on first. Raises Refused ROLE_NOT_ALLOWED."""

    def query(connection: Connection) -> tuple[SpecimenPrinter, ...]:
        actor = acting(connection, office, who, Verb.PROPOSE_LAYOUT)
        chosen = default_printer(connection, actor.station_id)
        listed = sorted(known_printers(connection), key=lambda one: one != chosen)
        return tuple(SpecimenPrinter(one, _numbered(connection, one.id, actor.station_id)) for one in listed)

    return office.store.read(query)


def note_specimen(office: Office, who: SignedIn, layout: CardLayout, printer_id: str) -> KnownPrinter:
    """A test card of that layout is about to be sent to that printer: it is written into the trail.

    Raises Refused ROLE_NOT_ALLOWED, NOT_THE_CENTRE, NO_SUCH_PRINTER, NUMBERED_BLANKS_LOADED.
    """

    def verb(tx: Connection) -> KnownPrinter:
        actor = acting(tx, office, who, Verb.PROPOSE_LAYOUT)
        require_centre(tx, office)
        printer = known_printer(tx, printer_id)
        numbered = _numbered(tx, printer_id, actor.station_id)
        if numbered:
            raise Refused(Reason.NUMBERED_BLANKS_LOADED, count=numbered, printer=printer.name)
        write_audit(
            tx,
            AuditTag.LAYOUT_TESTED,
            at=clock.now(),
            actor=actor.id,
            station_id=actor.station_id,
            object_id=layout.label,
            printer=printer.name,
            sha256=layout_sha256(layout),
        )
        return printer

    return office.store.write(verb)


def _numbered(connection: Connection, printer_id: str, station_id: str) -> int:
    """What was loaded without a printer's name may lie in any printer of the station."""
    return sum(
        held.count
        for held in holdings(connection)
        if held.place in _IN_PRINTER
        and (held.printer_id == printer_id or (held.printer_id is None and held.station_id == station_id))
    )
