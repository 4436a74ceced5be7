"""Printing one card, so that a crash at any point never gives two cards nor a "printed" without a card.

    queued --commit--> printing --submit--> (the printer's job number is kept) --watch--> printed, stage moves on

The commit comes before the paper: after a crash a job in `printing` is never sent again by itself. Its name at the
printer is its own id, so the printer can be asked whether it arrived; what the printer does not know is asked of
the clerk with the card in hand.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from printing.errors import PrinterError
from printing.printer import JobState, Printer
from printing.render import render_card
from printing.specification import built_in_layout
from workstation import clock
from workstation.database import Connection
from workstation.database.applications import require_stage
from workstation.database.audit import write_audit
from workstation.database.blobs import get_blob, put_blob
from workstation.database.card_jobs import (
    CardJob,
    add_card_job,
    card_job_of,
    keep_printer_job,
    move_card_job,
)
from workstation.database.moves import Actor, move
from workstation.database.policies import policy_of
from workstation.domain.audit import AuditTag
from workstation.domain.card import CardState
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Action, Stage
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.print.card import card_content
from workstation.workflow.print.view import UNCERTAIN, PrintView, require_job, view
from workstation.workflow.sign_in_confirming import require_proof

POLL_SECONDS = 0.5


@dataclass(frozen=True)
class PrintProgress:
    """What the page shows while it prints: `reasons` are the printer's (media-jam, media-empty ...)."""

    state: CardState
    printer_state: str
    reasons: tuple[str, ...]


def change_job(tx: Connection, actor: Actor, job: CardJob, to: CardState, reason: str | None = None) -> None:
    """Moves the job by its table and notes it in the trail."""
    now = clock.now()
    move_card_job(tx, job.id, to, at=now, reason=reason)
    write_audit(
        tx,
        AuditTag.CARD_JOB_CHANGED,
        at=now,
        actor=actor.id,
        station_id=actor.station_id,
        object_id=job.application_id,
        job=job.id,
        to=to.value,
    )


def prepare(office: Office, who: SignedIn, application_id: str) -> PrintView:
    """Renders the card and queues its job; a failed job is voided and replaced, any other job is left as it is.

    Raises Refused MOVE_NOT_ALLOWED, NO_DECISION; printing.errors.ContentError when something cannot be printed.
    """

    def content(connection: Connection) -> tuple[str, bytes] | None:
        acting(connection, office, who, Verb.PRINT)
        row = require_stage(connection, application_id, Stage.PRINT)
        job = card_job_of(connection, application_id)
        if job is not None and job.state is not CardState.FAILED:
            return None
        layout = built_in_layout(policy_of(connection, row.policy_version).card_layout)
        pdf = render_card(layout, card_content(connection, office, application_id))
        return f"{layout.name}@{layout.version}", pdf

    rendered = office.store.read(content)
    if rendered is not None:
        name, pdf = rendered

        def verb(tx: Connection) -> None:
            actor = acting(tx, office, who, Verb.PRINT)
            require_stage(tx, application_id, Stage.PRINT)
            failed = card_job_of(tx, application_id)
            if failed is not None:
                change_job(tx, actor, failed, CardState.VOID, failed.reason)
            add_card_job(
                tx,
                application_id,
                layout=name,
                pdf=put_blob(tx, pdf, "application/pdf"),
                by=actor.id,
                at=clock.now(),
            )

        office.store.write(verb)
    return view(office, application_id)


def _begin(office: Office, who: SignedIn, application_id: str) -> tuple[CardJob, bool, bytes]:
    """Commits that the job is printing. Returns the job as it was, whether it is new to the printer, and its PDF."""

    def verb(tx: Connection) -> tuple[CardJob, bool, bytes]:
        actor = acting(tx, office, who, Verb.PRINT)
        require_stage(tx, application_id, Stage.PRINT)
        job = require_job(tx, application_id)
        if job.state not in (CardState.QUEUED, CardState.PRINTING):
            raise Refused(Reason.CARD_JOB_STATE, now=job.state.value, then=CardState.PRINTING.value)
        fresh = job.state is CardState.QUEUED
        if fresh:
            require_proof(tx, office, who, Verb.PRINT, application_id)
            change_job(tx, actor, job, CardState.PRINTING)
        return job, fresh, get_blob(tx, job.pdf)

    return office.store.write(verb)


def print_card(
    office: Office,
    who: SignedIn,
    application_id: str,
    printer: Printer,
    *,
    on_progress: Callable[[PrintProgress], None],
    cancelled: Callable[[], bool],
) -> Stage:
    """Prints the queued job, or goes on watching one that is printing, until it is printed, failed or uncertain.

    Blocks; a jam or an empty tray is reported by `on_progress` and ends when it is mended. Returns the stage then.
    Raises Refused, PrinterError ("job-aborted", "job-lost": the job is failed or uncertain and says so in its view).
    """
    ask(office, who, Verb.PRINT)
    # A printer that does not answer is found out before anything is committed: the job stays queued.
    printer.state()
    job, fresh, pdf = _begin(office, who, application_id)
    number = _submit(office, printer, job, pdf, cancelled) if fresh else _find(office, printer, job)
    if number is None:
        _note_uncertain(office, job)
        raise PrinterError("job-lost")
    while True:
        try:
            arrived = printer.job(number)
            status = printer.state()
        except PrinterError as error:
            if error.code == "job-unknown":
                _note_uncertain(office, job)
                raise PrinterError("job-lost") from error
            # Not reachable: the card may well be in the making, so nothing is decided until it answers again.
            on_progress(PrintProgress(CardState.PRINTING, "unreachable", (error.code,)))
            arrived = None
        else:
            on_progress(PrintProgress(CardState.PRINTING, status.state, status.reasons))
        if arrived is JobState.COMPLETED:
            return _printed(office, who, application_id, job)
        if arrived in (JobState.ABORTED, JobState.CANCELED):
            _failed(office, who, job, arrived.value)
            raise PrinterError("job-aborted", state=arrived.value)
        if cancelled():
            return Stage.PRINT
        time.sleep(POLL_SECONDS)


def _submit(
    office: Office, printer: Printer, job: CardJob, pdf: bytes, cancelled: Callable[[], bool]
) -> int | None:
    while True:
        try:
            number = printer.submit(pdf, job.id)
            break
        except PrinterError as error:
            if error.code == "refused" or (error.code == "busy" and cancelled()):
                # The printer did not take the job: no card can come of it.
                _give_up(office, job, error.code)
                raise
            if error.code != "busy":
                found = _asked(printer, job)
                if found is None:
                    _note_uncertain(office, job)
                    raise
                number = found
                break
        time.sleep(POLL_SECONDS)
    office.store.write(lambda tx: keep_printer_job(tx, job.id, number))
    return number


def _give_up(office: Office, job: CardJob, reason: str) -> None:
    office.store.write(lambda tx: move_card_job(tx, job.id, CardState.FAILED, at=clock.now(), reason=reason))


def _find(office: Office, printer: Printer, job: CardJob) -> int | None:
    if job.printer_job is not None:
        return job.printer_job
    number = _asked(printer, job)
    if number is not None:
        office.store.write(lambda tx: keep_printer_job(tx, job.id, number))
    return number


def _asked(printer: Printer, job: CardJob) -> int | None:
    try:
        return printer.find_job(job.id)
    except PrinterError:
        return None


def _note_uncertain(office: Office, job: CardJob) -> None:
    office.store.write(
        lambda tx: move_card_job(tx, job.id, CardState.PRINTING, at=clock.now(), reason=UNCERTAIN)
    )


def _failed(office: Office, who: SignedIn, job: CardJob, reason: str) -> None:
    def verb(tx: Connection) -> None:
        change_job(tx, acting(tx, office, who, Verb.PRINT), job, CardState.FAILED, reason)

    office.store.write(verb)


def _printed(office: Office, who: SignedIn, application_id: str, job: CardJob) -> Stage:
    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who, Verb.PRINT_COMPLETE)
        change_job(tx, actor, job, CardState.PRINTED)
        return move(tx, application_id, Action.COMPLETE, actor=actor, at=clock.now())

    return office.store.write(verb)


def settle_uncertain(office: Office, who: SignedIn, application_id: str, *, card_is_good: bool) -> Stage:
    """The clerk says what lies in the tray: a good card goes on, otherwise the job is failed and another may begin.

    Raises Refused CARD_JOB_STATE when the job is not uncertain.
    """

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who, Verb.PRINT_COMPLETE)
        job = require_job(tx, application_id)
        if job.reason != UNCERTAIN:
            raise Refused(Reason.CARD_JOB_STATE, now=job.state.value, then=CardState.PRINTED.value)
        if not card_is_good:
            change_job(tx, actor, job, CardState.FAILED, "no-good-card")
            return Stage.PRINT
        change_job(tx, actor, job, CardState.PRINTED)
        return move(tx, application_id, Action.COMPLETE, actor=actor, at=clock.now())

    return office.store.write(verb)
