"""The order of printing: released to a printer, cards wait for their turn, and may be held, hurried or sent away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import require_stage
from workstation.database.card_jobs import CardJob
from workstation.database.moves import Actor
from workstation.database.print_queue import (
    hold_job,
    send_job,
    turn_job,
    waiting_jobs,
    withdraw_job,
)
from workstation.database.printers import known_printer
from workstation.database.stock import rebook_blank, release_blank
from workstation.domain.card import CardState
from workstation.domain.permissions import Verb
from workstation.domain.printers import ORDINARY, URGENT
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.workflow.office import Office, SignedIn, acting
from workstation.workflow.print.job import book, note_order, release_to
from workstation.workflow.print.view import require_job
from workstation.workflow.sign_in_confirming import require_proof


def release(
    office: Office, who: SignedIn, application_id: str, *, printer_id: str, urgent: bool = False
) -> str:
    """The prepared card waits for that printer from now on; returns the serial of its blank.

    Released already, it stays where it is. Raises Refused MOVE_NOT_ALLOWED, CARD_NOT_PRINTED (not prepared),
    CARD_JOB_STATE, NO_SUCH_PRINTER, CONFIRMATION_NEEDED, NO_BLANK_LOADED.
    """

    def verb(tx: Connection) -> str:
        actor = acting(tx, office, who, Verb.PRINT)
        require_stage(tx, application_id, Stage.PRINT)
        job = _queued(tx, application_id)
        known_printer(tx, printer_id)
        if job.released_at is not None:
            return book(tx, actor, job, job.printer_id)
        require_proof(tx, office, who, Verb.PRINT, application_id)
        return release_to(tx, actor, job, printer_id=printer_id, priority=URGENT if urgent else ORDINARY)

    serial = office.store.write(verb)
    office.proofs.used(who.operator.id, Verb.PRINT, application_id)
    return serial


def release_batch(
    office: Office, who: SignedIn, application_ids: Sequence[str], *, printer_id: str
) -> tuple[str, ...]:
    """Prepared cards wait for that printer in this order; returns the serials of their blanks. All or none.

    Who releases shows once who she is, for the printer. Raises as `release`.
    """

    def verb(tx: Connection) -> tuple[str, ...]:
        actor = acting(tx, office, who, Verb.PRINT)
        known_printer(tx, printer_id)
        require_proof(tx, office, who, Verb.PRINT, printer_id)
        serials = []
        for application_id in application_ids:
            require_stage(tx, application_id, Stage.PRINT)
            job = _queued(tx, application_id)
            if job.released_at is None:
                serials.append(release_to(tx, actor, job, printer_id=printer_id))
        return tuple(serials)

    released = office.store.write(verb)
    office.proofs.used(who.operator.id, Verb.PRINT, printer_id)
    return released


def withdraw(office: Office, who: SignedIn, application_id: str) -> None:
    """The waiting card waits no more and lets go of its blank. Raises Refused CARD_JOB_STATE: the printer has it."""

    def change(tx: Connection, actor: Actor, job: CardJob) -> None:
        release_blank(tx, job.id, at=clock.now(), by=actor)
        withdraw_job(tx, job.id, at=clock.now())

    _ordered(office, who, application_id, "withdrawn", change)


def hurry(office: Office, who: SignedIn, application_id: str, urgent: bool) -> None:
    """Whether the waiting card goes before the ordinary ones. Raises Refused CARD_JOB_STATE."""
    turn = URGENT if urgent else ORDINARY
    _ordered(
        office,
        who,
        application_id,
        "urgent" if urgent else "ordinary",
        lambda tx, _actor, job: turn_job(tx, job.id, turn),
    )


def hold(office: Office, who: SignedIn, application_id: str, held: bool) -> None:
    """Whether the waiting card lets the others go first until it is let on. Raises Refused CARD_JOB_STATE."""
    _ordered(
        office,
        who,
        application_id,
        "held" if held else "resumed",
        lambda tx, _actor, job: hold_job(tx, job.id, held),
    )


def send_waiting(office: Office, who: SignedIn, from_printer: str, to_printer: str) -> tuple[str, ...]:
    """All that wait for one printer wait for the other one from now on, in the same turn, each with the blank that is
    booked to it: the serials, as they have to be put into the other printer. Raises Refused NO_SUCH_PRINTER."""

    def verb(tx: Connection) -> tuple[str, ...]:
        actor = acting(tx, office, who, Verb.ORDER_PRINTING)
        known_printer(tx, to_printer)
        serials = []
        for job in waiting_jobs(tx, from_printer):
            send_job(tx, job.id, to_printer)
            serial = rebook_blank(tx, job.id, to_printer, at=clock.now(), by=actor)
            note_order(tx, actor, job, "sent")
            if serial is not None:
                serials.append(serial)
        return tuple(sorted(serials))

    return office.store.write(verb)


def _queued(tx: Connection, application_id: str) -> CardJob:
    job = require_job(tx, application_id)
    if job.state is not CardState.QUEUED:
        raise Refused(Reason.CARD_JOB_STATE, now=job.state.value, then=CardState.QUEUED.value)
    return job


def _ordered(
    office: Office,
    who: SignedIn,
    application_id: str,
    what: str,
    change: Callable[[Connection, Actor, CardJob], None],
) -> None:
    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.ORDER_PRINTING)
        job = _queued(tx, application_id)
        if job.released_at is None:
            raise Refused(Reason.CARD_JOB_STATE, now=job.state.value, then=CardState.QUEUED.value)
        change(tx, actor, job)
        note_order(tx, actor, job, what)

    office.store.write(verb)
