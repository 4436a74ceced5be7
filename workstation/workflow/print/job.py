"""One card's job and its blank: every move of the one takes the other along, in the same transaction."""

from __future__ import annotations

from enum import StrEnum

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.boxes import take_out
from workstation.database.card_jobs import CardJob, move_card_job
from workstation.database.moves import Actor
from workstation.database.print_queue import release_job, waiting_jobs
from workstation.database.stock import Blank, blank_of_job, book_blank, release_blank, spoil_blank
from workstation.domain.audit import AuditTag
from workstation.domain.card import CardState
from workstation.domain.printers import ORDINARY
from workstation.domain.stock import Place


class BlankFate(StrEnum):
    """What became of the blank of a job that made no good card."""

    UNUSED = "unused"
    SPOILED = "spoiled"


def change_job(
    tx: Connection,
    actor: Actor,
    job: CardJob,
    to: CardState,
    reason: str | None = None,
    *,
    second: str | None = None,
) -> None:
    """Moves the job by its table and notes it in the trail; `second` is the id of who confirmed it."""
    now = clock.now()
    move_card_job(tx, job.id, to, at=now, reason=reason)
    if to is CardState.VOID:
        take_out(tx, job.id)
    write_audit(
        tx,
        AuditTag.CARD_JOB_CHANGED,
        at=now,
        actor=actor.id,
        station_id=actor.station_id,
        object_id=job.application_id,
        job=job.id,
        to=to.value,
        **({} if second is None else {"confirmed_by": second}),
    )


def book(tx: Connection, actor: Actor, job: CardJob, printer_id: str | None) -> str:
    """The next loaded blank is the job's; returns its serial. Raises Refused NO_BLANK_LOADED."""
    return book_blank(tx, job.id, printer_id=printer_id, at=clock.now(), by=actor)


def release_to(
    tx: Connection, actor: Actor, job: CardJob, *, printer_id: str | None, priority: int = ORDINARY
) -> str:
    """The queued job waits for that printer from now on; returns the serial of the blank that is booked to it.

    Raises Refused NO_BLANK_LOADED.
    """
    serial = book(tx, actor, job, printer_id)
    release_job(
        tx,
        job.id,
        printer_id=printer_id,
        station_id=actor.station_id,
        by=actor.id,
        at=clock.now(),
        priority=priority,
    )
    note_order(tx, actor, job, "released")
    return serial


def note_order(tx: Connection, actor: Actor, job: CardJob, what: str, **facts: int) -> None:
    """Notes in the trail what became of the order of printing."""
    write_audit(
        tx,
        AuditTag.CARD_JOB_ORDERED,
        at=clock.now(),
        actor=actor.id,
        station_id=actor.station_id,
        object_id=job.application_id,
        job=job.id,
        order=what,
        **facts,
    )


def take_first_blank(tx: Connection, actor: Actor, job: CardJob) -> str:
    """The blank on which the job is printed now: a printer takes them in the order of their numbers, so a job that
    goes before its turn changes blanks with the one whose blank comes first."""
    serial, now = book(tx, actor, job, job.printer_id), clock.now()
    if job.printer_id is None:
        return serial
    held = {other.id: blank_of_job(tx, other.id) for other in (job, *waiting_jobs(tx, job.printer_id))}
    booked = {at: blank for at, blank in held.items() if blank is not None and blank.place is Place.BOOKED}
    first = min(booked, key=lambda at: (booked[at].series, booked[at].number), default=job.id)
    if first == job.id:
        return serial
    for one in (job.id, first):
        release_blank(tx, one, at=now, by=actor)
    serial = book(tx, actor, job, job.printer_id)
    book_blank(tx, first, printer_id=job.printer_id, at=now, by=actor)
    return serial


def end_blank(tx: Connection, actor: Actor, job: CardJob, fate: BlankFate, reason: str) -> None:
    """What becomes of the blank when its job ended without a good card; nothing where the job has none."""
    if fate is BlankFate.UNUSED:
        release_blank(tx, job.id, at=clock.now(), by=actor)
    else:
        spoil_blank(tx, job.id, reason, at=clock.now(), by=actor)


def booked_blank(connection: Connection, job: CardJob) -> Blank | None:
    """The blank that waits for this job's ink, or was in the printer when its end was not seen."""
    held = blank_of_job(connection, job.id)
    return held if held is not None and held.place is Place.BOOKED else None
