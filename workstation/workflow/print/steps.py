"""The clerk's verbs about one card: have it prepared, print it now, say what lies in the tray, go on with it."""

from __future__ import annotations

from collections.abc import Callable

from printing.errors import PrinterError
from printing.printer import Printer
from printing.render import render_card
from workstation import clock
from workstation.database import Connection
from workstation.database.applications import application, require_stage
from workstation.database.blobs import put_blob
from workstation.database.card_jobs import CardJob, add_card_job, card_job_of, jobs_of
from workstation.database.moves import Actor, move
from workstation.database.stock import printed_blank
from workstation.domain.card import UNCERTAIN, CardState
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Action, Stage
from workstation.domain.stock import series_format
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.print.card import card_content, card_layout
from workstation.workflow.print.carry import PrintProgress, carry
from workstation.workflow.print.job import (
    BlankFate,
    booked_blank,
    change_job,
    end_blank,
    note_order,
    release_to,
)
from workstation.workflow.print.view import PrintView, require_job, view
from workstation.workflow.sign_in_confirming import require_proof


def prepare(
    office: Office,
    who: SignedIn,
    application_id: str,
    *,
    reason: str = "",
    blank: BlankFate = BlankFate.SPOILED,
) -> PrintView:
    """Renders the card in the layout in force and queues its job; a failed job is voided and replaced, any other stays.

    `reason` says why there has to be another card, `blank` what became of the failed job's; after a card that was
    made void its own reason stands. The new job counts which try it is, in the trail too. Raises Refused
    MOVE_NOT_ALLOWED, NO_DECISION, NO_LAYOUT; printing.errors.ContentError when something cannot be printed.
    """

    def content(connection: Connection) -> tuple[str, bytes] | None:
        acting(connection, office, who, Verb.PRINT)
        row = require_stage(connection, application_id, Stage.PRINT)
        job = card_job_of(connection, application_id)
        if job is not None and job.state is not CardState.FAILED:
            return None
        layout = card_layout(connection, row.policy_version)
        pdf = render_card(layout, card_content(connection, office, application_id))
        return layout.label, pdf

    rendered = office.store.read(content)
    if rendered is not None:
        name, pdf = rendered

        def verb(tx: Connection) -> None:
            actor = acting(tx, office, who, Verb.PRINT)
            require_stage(tx, application_id, Stage.PRINT)
            failed = card_job_of(tx, application_id)
            earlier = jobs_of(tx, application_id)
            why = earlier[-1].reason if earlier else None
            if failed is not None:
                why = reason.strip() or failed.reason or "failed"
                end_blank(tx, actor, failed, blank, why)
                change_job(tx, actor, failed, CardState.VOID, failed.reason)
            add_card_job(
                tx,
                application_id,
                layout=name,
                pdf=put_blob(tx, pdf, "application/pdf"),
                by=actor.id,
                at=clock.now(),
                reprint_reason=why,
            )
            if earlier:
                again = require_job(tx, application_id)
                note_order(tx, actor, again, "again", attempt=again.attempt)

        office.store.write(verb)
    return view(office, application_id)


def print_card(
    office: Office,
    who: SignedIn,
    application_id: str,
    printer: Printer,
    *,
    on_progress: Callable[[PrintProgress], None],
    cancelled: Callable[[], bool],
) -> Stage:
    """Prints the prepared card now on `printer`, out of every turn; returns the stage then.

    Blocks, and raises, as `carry` does; raises Refused CONFIRMATION_NEEDED, NO_BLANK_LOADED.
    """
    ask(office, who, Verb.PRINT)
    # Before anything is committed, as in `carry`: a job that was not released needs no blank.
    printer.state()

    def verb(tx: Connection) -> str:
        actor = acting(tx, office, who, Verb.PRINT)
        require_stage(tx, application_id, Stage.PRINT)
        job = require_job(tx, application_id)
        if job.state is CardState.QUEUED and job.released_at is None:
            require_proof(tx, office, who, Verb.PRINT, application_id)
            release_to(tx, actor, job, printer_id=None)
        return job.id

    carry(office, who, office.store.write(verb), printer, on_progress=on_progress, cancelled=cancelled)
    return office.store.read(lambda connection: application(connection, application_id).stage)


def settle_uncertain(
    office: Office,
    who: SignedIn,
    application_id: str,
    *,
    card_is_good: bool,
    serial: str = "",
    blank: BlankFate = BlankFate.SPOILED,
    printer: Printer | None = None,
) -> Stage:
    """The clerk says what lies in the tray: a good card goes on, otherwise the job is failed and another may begin.

    `serial` is what she reads on the good card: it must be that of the blank that was booked. Without a good card
    `blank` says whether the blank is still unused; `printer` is asked once more, so that the card does not come after
    all. Raises Refused CARD_JOB_STATE (not uncertain), BLANK_OTHER, SERIAL_UNREADABLE, PRINTER_HAS_CARD.
    """
    ask(office, who, Verb.PRINT_COMPLETE)

    def look(connection: Connection) -> CardJob:
        job = require_job(connection, application_id)
        if job.reason != UNCERTAIN:
            raise Refused(Reason.CARD_JOB_STATE, now=job.state.value, then=CardState.PRINTED.value)
        return job

    if not card_is_good and printer is not None:
        _surely_gone(printer, office.store.read(look))

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who, Verb.PRINT_COMPLETE)
        job = look(tx)
        if not card_is_good:
            change_job(tx, actor, job, CardState.FAILED, "no-good-card")
            end_blank(tx, actor, job, blank, "no-good-card")
            return Stage.PRINT
        _same_blank(tx, job, serial)
        return _good_card(tx, actor, job)

    return office.store.write(verb)


def _surely_gone(printer: Printer, job: CardJob) -> None:
    """Raises Refused PRINTER_HAS_CARD while the printer holds the job; what it cannot be asked it cannot tell."""
    try:
        number = printer.find_job(job.id)
        if number is None or printer.job(number, job.id).final:
            return
    except PrinterError:
        return
    raise Refused(Reason.PRINTER_HAS_CARD)


def _same_blank(tx: Connection, job: CardJob, serial: str) -> None:
    held = booked_blank(tx, job)
    if held is not None and series_format(held.series).number(serial) != held.number:
        raise Refused(Reason.BLANK_OTHER, booked=held.serial, found=serial.strip()[:40])


def _good_card(tx: Connection, actor: Actor, job: CardJob) -> Stage:
    change_job(tx, actor, job, CardState.PRINTED)
    printed_blank(tx, job.id, at=clock.now(), by=actor, printer_id=job.printer_id)
    return move(tx, job.application_id, Action.COMPLETE, actor=actor, at=clock.now())


def give_up(office: Office, who: SignedIn, application_id: str) -> PrintView:
    """The printer will not answer any more: what became of the card is asked of a person. Raises Refused
    CARD_JOB_STATE."""

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.PRINT_COMPLETE)
        job = require_job(tx, application_id)
        change_job(tx, actor, job, CardState.PRINTING, UNCERTAIN)

    office.store.write(verb)
    return view(office, application_id)


def go_on(office: Office, who: SignedIn, application_id: str) -> Stage:
    """Moves an application on whose card was printed while a colleague had it open; one that has moved stays there.

    Raises Refused CARD_JOB_STATE: there is no printed card.
    """

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who, Verb.PRINT_COMPLETE)
        stage = application(tx, application_id).stage
        if stage is not Stage.PRINT:
            return stage
        job = require_job(tx, application_id)
        if job.state is not CardState.PRINTED:
            raise Refused(Reason.CARD_JOB_STATE, now=job.state.value, then=CardState.PRINTED.value)
        return move(tx, application_id, Action.COMPLETE, actor=actor, at=clock.now())

    return office.store.write(verb)
