"""The office's card printers as the station keeps them: added by address, paused, removed, one chosen by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from uuid6 import uuid7

from workstation.database.printer_tables import default_printers, printers
from workstation.domain.printers import PrinterWay
from workstation.domain.refused import Reason, Refused


@dataclass(frozen=True)
class KnownPrinter:
    """`address` is an ipp:// or ipps:// address, or the name of a queue of the operating system; `ribbon_cards` how
    many cards a full ribbon makes, 0 when nobody has told."""

    id: str
    name: str
    way: PrinterWay
    address: str
    ribbon_cards: int
    paused: bool


def _printer(row: Row[Any]) -> KnownPrinter:
    return KnownPrinter(row.id, row.name, PrinterWay(row.way), row.address, row.ribbon_cards, row.paused)


def known_printers(connection: Connection) -> tuple[KnownPrinter, ...]:
    """Every printer that was not removed, in the order of their names."""
    rows = connection.execute(
        select(printers).where(printers.c.removed.is_(False)).order_by(printers.c.name, printers.c.id)
    )
    return tuple(_printer(row) for row in rows)


def known_printer(connection: Connection, printer_id: str) -> KnownPrinter:
    """Raises Refused NO_SUCH_PRINTER: never added, or removed."""
    row = connection.execute(
        select(printers).where(printers.c.id == printer_id, printers.c.removed.is_(False))
    ).first()
    if row is None:
        raise Refused(Reason.NO_SUCH_PRINTER)
    return _printer(row)


def printer_at(connection: Connection, address: str) -> KnownPrinter | None:
    """The printer of that address, unless it was removed."""
    row = connection.execute(
        select(printers).where(printers.c.address == address, printers.c.removed.is_(False))
    ).first()
    return None if row is None else _printer(row)


def add_printer(
    tx: Connection, *, name: str, way: PrinterWay, address: str, ribbon_cards: int, by: str, at: datetime
) -> str:
    """Its id; one that was removed comes back under the id it had, one that is there gets the new name."""
    held = tx.execute(select(printers.c.id).where(printers.c.address == address)).scalar_one_or_none()
    values = {"name": name, "way": way.value, "ribbon_cards": ribbon_cards, "removed": False}
    if held is not None:
        tx.execute(update(printers).where(printers.c.id == held).values(values))
        return str(held)
    printer_id = str(uuid7())
    tx.execute(insert(printers).values(id=printer_id, address=address, added_at=at, added_by=by, **values))
    return printer_id


def remove_printer(tx: Connection, printer_id: str) -> None:
    """It is offered no more; what was printed on it keeps its name."""
    tx.execute(update(printers).where(printers.c.id == printer_id).values(removed=True, paused=False))
    tx.execute(delete(default_printers).where(default_printers.c.printer_id == printer_id))


def pause_printer(tx: Connection, printer_id: str, paused: bool) -> None:
    """Whether the next waiting job may begin on it."""
    tx.execute(update(printers).where(printers.c.id == printer_id).values(paused=paused))


def default_printer(connection: Connection, station_id: str) -> KnownPrinter | None:
    """The printer on which the station prints when nobody chooses; the only one there is needs no choosing."""
    row = connection.execute(
        select(printers)
        .join(default_printers, default_printers.c.printer_id == printers.c.id)
        .where(default_printers.c.station_id == station_id, printers.c.removed.is_(False))
    ).first()
    if row is not None:
        return _printer(row)
    known = known_printers(connection)
    return known[0] if len(known) == 1 else None


def choose_printer(tx: Connection, station_id: str, printer_id: str) -> None:
    """The station prints on it from now on."""
    tx.execute(delete(default_printers).where(default_printers.c.station_id == station_id))
    tx.execute(insert(default_printers).values(station_id=station_id, printer_id=printer_id))
