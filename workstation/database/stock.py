"""The blank of a card's job: booked before ink, printed or spoiled, void, handed over. One job, one blank in being.

Called in the transaction that moves the job: job and blank change together or not at all. A job of before the ledger
began has no blank; what is asked about it then answers None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, select

from workstation.database.moves import Actor
from workstation.database.stock_ledger import Act, Piece, move_piece
from workstation.database.stock_tables import blanks
from workstation.domain.refused import Reason, Refused
from workstation.domain.stock import ENTRIES, Entry, Place, SerialRange, series_format

_IN_BEING = (Place.BOOKED.value, Place.PRINTED.value, Place.ISSUED.value)


@dataclass(frozen=True)
class Blank:
    """One blank and where it is."""

    series: str
    number: int
    place: Place
    station_id: str | None
    printer_id: str | None
    job_id: str | None

    @property
    def serial(self) -> str:
        return series_format(self.series).serial(self.number)


_COLUMNS = [blanks.c[name] for name in Blank.__dataclass_fields__]


def blank_of_job(connection: Connection, job_id: str) -> Blank | None:
    """The blank that is booked to the job, printed or issued by it; None before and after."""
    row = connection.execute(
        select(*_COLUMNS).where(blanks.c.job_id == job_id, blanks.c.place.in_(_IN_BEING))
    ).first()
    return None if row is None else _blank(*row)


def _blank(
    series: str, number: int, place: str, station_id: str | None, printer_id: str | None, job_id: str | None
) -> Blank:
    return Blank(series, number, Place(place), station_id, printer_id, job_id)


def book_blank(tx: Connection, job_id: str, *, printer_id: str | None, at: datetime, by: Actor) -> str:
    """The next blank loaded at this station is the job's; returns its serial. Asked again, it is the same one.

    `printer_id` wants it from that printer, or from what was loaded without a printer's name; None: from any of this
    station's. Raises Refused NO_BLANK_LOADED.
    """
    held = blank_of_job(tx, job_id)
    if held is not None:
        return held.serial
    loaded = select(*_COLUMNS).where(
        blanks.c.place == Place.PRINTER.value, blanks.c.station_id == by.station_id
    )
    if printer_id is not None:
        loaded = loaded.where((blanks.c.printer_id == printer_id) | blanks.c.printer_id.is_(None))
    row = tx.execute(
        loaded.order_by(case((blanks.c.printer_id.is_(None), 1), else_=0), blanks.c.series, blanks.c.number)
        .limit(1)
        # Stations that book at the same time pass over what another one is just taking.
        .with_for_update(skip_locked=True)
    ).first()
    if row is None:
        raise Refused(Reason.NO_BLANK_LOADED)
    blank = _blank(*row)
    return _moved(tx, Entry.BOOKED, blank, Place.BOOKED, Act(by, at), job_id, printer_id or blank.printer_id)


def rebook_blank(tx: Connection, job_id: str, printer_id: str, *, at: datetime, by: Actor) -> str | None:
    """The waiting job goes to another printer and keeps its blank, which is put there with it."""
    blank = blank_of_job(tx, job_id)
    if blank is None or blank.place is not Place.BOOKED or blank.printer_id == printer_id:
        return None if blank is None else blank.serial
    return _moved(tx, Entry.MOVED, blank, Place.BOOKED, Act(by, at), job_id, printer_id)


def release_blank(tx: Connection, job_id: str, *, at: datetime, by: Actor) -> str | None:
    """The job ended before any ink: its blank is loaded again."""
    return _of_job(tx, Entry.RELEASED, job_id, Act(by, at))


def printed_blank(
    tx: Connection, job_id: str, *, at: datetime, by: Actor, printer_id: str | None = None
) -> str:
    """The blank is a card now. A card of which no blank was booked took one of those loaded all the same.

    Raises Refused NO_BLANK_LOADED.
    """
    book_blank(tx, job_id, printer_id=printer_id, at=at, by=by)
    serial = _of_job(tx, Entry.PRINTED, job_id, Act(by, at))
    assert serial is not None
    return serial


def spoil_blank(
    tx: Connection, job_id: str, reason: str, *, at: datetime, by: Actor, photo: str | None = None
) -> str | None:
    """The blank is spoiled; `photo` is the SHA-256 of a blob. Raises Refused REASON_MISSING."""
    return _of_job(tx, Entry.SPOILED, job_id, Act(by, at, reason=_told(reason), photo=photo))


def void_blank(
    tx: Connection, job_id: str, reason: str, *, second: str | None, at: datetime, by: Actor
) -> str | None:
    """The card is void; `second` is the other person's id. Raises Refused REASON_MISSING, SECOND_PERSON_NEEDED."""
    return _of_job(tx, Entry.VOIDED, job_id, _by_two(by, at, second, reason=_told(reason)))


def issue_blank(tx: Connection, job_id: str, *, at: datetime, by: Actor) -> str | None:
    """The card is in its holder's hand."""
    return _of_job(tx, Entry.ISSUED, job_id, Act(by, at))


def take_back_blank(tx: Connection, job_id: str, reason: str, *, at: datetime, by: Actor) -> str | None:
    """A card that was handed over and is wrong came back into the office; it lies with the void ones."""
    return _of_job(tx, Entry.VOIDED, job_id, Act(by, at, reason=_told(reason)))


def return_blank(tx: Connection, job_id: str, reason: str, *, at: datetime, by: Actor) -> str | None:
    """The card that nobody collected, or that is void, goes to the province."""
    return _of_job(tx, Entry.RETURNED, job_id, Act(by, at, reason=_told(reason)))


def destroy_blank(
    tx: Connection, job_id: str, reason: str, *, second: str | None, at: datetime, by: Actor
) -> str | None:
    """Two people have destroyed the card. Raises Refused REASON_MISSING, SECOND_PERSON_NEEDED."""
    return _of_job(tx, Entry.DESTROYED, job_id, _by_two(by, at, second, reason=_told(reason)))


def _told(reason: str) -> str:
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    return reason.strip()


def _by_two(by: Actor, at: datetime, second: str | None, *, reason: str) -> Act:
    if second is None or second == by.id:
        raise Refused(Reason.SECOND_PERSON_NEEDED)
    return Act(by, at, second=second, reason=reason)


def _of_job(tx: Connection, entry: Entry, job_id: str, act: Act) -> str | None:
    """The newest of the job's blanks that this entry may take; one that is there already stays (asked again)."""
    rule = ENTRIES[entry]
    (target,) = rule.targets
    wanted = {place.value for place in (*rule.of_job, target)}
    row = tx.execute(
        select(*_COLUMNS)
        .where(blanks.c.job_id == job_id, blanks.c.place.in_(wanted))
        .order_by(blanks.c.entry.desc())
        .limit(1)
        .with_for_update()
    ).first()
    if row is None:
        return None
    blank = _blank(*row)
    if blank.place is target:
        return blank.serial
    return _moved(tx, entry, blank, target, act, job_id, blank.printer_id)


def _moved(
    tx: Connection, entry: Entry, blank: Blank, place: Place, act: Act, job_id: str, printer_id: str | None
) -> str:
    one = SerialRange(blank.series, blank.number, blank.number)
    piece = Piece(one, blank.place, blank.station_id, blank.printer_id, job_id, blank.place)
    move_piece(tx, entry, piece, place, act, printer_id=printer_id, job_id=job_id)
    return blank.serial
