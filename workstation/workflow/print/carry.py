"""One released job through the printer, so that a crash at any point never gives two cards nor a "printed" without one.

    queued --commit--> printing --submit--> (the printer's number is kept) --watch--> printed | failed | uncertain

The commit comes before the paper: after a crash a job in `printing` is never sent again by itself. Its name at the
printer is its own id, so the printer can be asked whether it arrived. It goes back to `queued` only when the printer
certainly never had it; what the printer does not know, or finished with a card stuck in it, is uncertain and asked of
a person.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from printing.errors import PrinterError
from printing.printer import JobState, Printer, Supply
from workstation import clock
from workstation.database import Connection
from workstation.database.applications import require_stage
from workstation.database.blobs import get_blob
from workstation.database.card_jobs import CardJob, card_job, keep_printer_job
from workstation.database.claims import Overtaken
from workstation.database.moves import move
from workstation.database.print_queue import printing_job
from workstation.database.stock import printed_blank, release_blank
from workstation.domain.card import UNCERTAIN, CardState
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Action, Stage
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.print.job import change_job, take_first_blank

POLL_SECONDS = 0.5
# A job may still be on its way in while the printer is asked for it.
_ASKED_TIMES = 4
# With these nothing was sent.
_NEVER_SENT = ("unreachable", "bad-address", "no-card-page")


@dataclass(frozen=True)
class PrintProgress:
    """What the page shows while it prints: `reasons` are the printer's (media-jam, media-empty ...), and so are the
    `supplies`, none where it was not asked."""

    state: CardState
    printer_state: str
    reasons: tuple[str, ...]
    supplies: tuple[Supply, ...] = ()


OnProgress = Callable[[PrintProgress], None]
Cancelled = Callable[[], bool]


def carry(
    office: Office,
    who: SignedIn,
    job_id: str,
    printer: Printer,
    *,
    on_progress: OnProgress,
    cancelled: Cancelled,
) -> CardState:
    """Prints the released job, or goes on watching one that is printing; returns the job's state then.

    Blocks; a jam or an empty tray is reported by `on_progress` and ends when it is mended. Cancelled, it looks away:
    the printer goes on. Raises Refused, PrinterError ("job-aborted", "refused": the job is failed; "job-lost": it is
    uncertain; any other: it waits as before).
    """
    ask(office, who, Verb.PRINT)
    # A printer that does not answer is found out before anything is committed: the job stays queued.
    printer.state()
    job, fresh, pdf = _begin(office, who, job_id)
    run = _Run(office, who, job, printer, on_progress, cancelled)
    number = run.sent(pdf) if fresh else run.found()
    return CardState.PRINTING if number is None else run.watched(number)


def _begin(office: Office, who: SignedIn, job_id: str) -> tuple[CardJob, bool, bytes]:
    """Commits that the job is printing. Returns the job, whether it is new to the printer, and its PDF."""

    def verb(tx: Connection) -> tuple[CardJob, bool, bytes]:
        actor = acting(tx, office, who, Verb.PRINT)
        job = card_job(tx, job_id)
        if job is None:
            raise Refused(Reason.CARD_NOT_PRINTED)
        fresh = job.state is CardState.QUEUED and job.released_at is not None
        if not fresh and job.state is not CardState.PRINTING:
            raise Refused(Reason.CARD_JOB_STATE, now=job.state.value, then=CardState.PRINTING.value)
        require_stage(tx, job.application_id, Stage.PRINT)
        if fresh:
            if job.printer_id is not None and printing_job(tx, job.printer_id) is not None:
                raise Refused(Reason.PRINTER_OCCUPIED)
            take_first_blank(tx, actor, job)
            keep_printer_job(tx, job.id, None)
            change_job(tx, actor, job, CardState.PRINTING)
        return job, fresh, get_blob(tx, job.pdf)

    return office.store.write(verb)


@dataclass(frozen=True)
class _Run:
    """One job and its printer, from the commit to the end or to where nobody looks any more."""

    office: Office
    who: SignedIn
    job: CardJob
    printer: Printer
    on_progress: OnProgress
    cancelled: Cancelled

    def sent(self, pdf: bytes) -> int | None:
        """The printer's number of the job; None when nobody waits for it any more."""
        while True:
            try:
                number = self.printer.submit(pdf, self.job.id)
                break
            except PrinterError as error:
                if error.code in _NEVER_SENT or (error.code == "busy" and self.cancelled()):
                    self._change(CardState.QUEUED, error.code)
                    raise
                if error.code == "refused":
                    self._change(CardState.FAILED, error.code, unused=True)
                    raise
                if error.code != "busy":
                    return self.found()
                self.on_progress(PrintProgress(CardState.PRINTING, "processing", ()))
            time.sleep(POLL_SECONDS)
        self._keep(number)
        return number

    def found(self) -> int | None:
        """The number of a job that may have arrived. Raises PrinterError job-lost: the printer knows of none."""
        if self.job.printer_job is not None:
            return self.job.printer_job
        asked = 0
        while True:
            try:
                number = self.printer.find_job(self.job.id)
            except PrinterError as error:
                if error.code == "closed":
                    return None
                self.on_progress(PrintProgress(CardState.PRINTING, "unreachable", (error.code,)))
            else:
                if number is not None:
                    self._keep(number)
                    return number
                asked += 1
                if asked >= _ASKED_TIMES:
                    self._change(CardState.PRINTING, UNCERTAIN)
                    raise PrinterError("job-lost")
            if self.cancelled():
                return None
            time.sleep(POLL_SECONDS)

    def watched(self, number: int) -> CardState:
        """Looks until the job has ended."""
        while True:
            arrived: JobState | None = None
            stuck = False
            try:
                arrived = self.printer.job(number, self.job.id)
                status = self.printer.state()
                stuck = "media-jam" in status.reasons
            except PrinterError as error:
                if error.code == "job-unknown":
                    self._change(CardState.PRINTING, UNCERTAIN)
                    raise PrinterError("job-lost") from error
                if error.code == "closed":
                    return CardState.PRINTING
                # Not reachable: the card may well be in the making, so nothing is decided until it answers again.
                self.on_progress(PrintProgress(CardState.PRINTING, "unreachable", (error.code,)))
                arrived = None
            else:
                self.on_progress(
                    PrintProgress(CardState.PRINTING, status.state, status.reasons, status.supplies)
                )
            if arrived is JobState.COMPLETED and stuck:
                self._change(CardState.PRINTING, UNCERTAIN)
                raise PrinterError("job-lost")
            if arrived is JobState.COMPLETED:
                return self._printed()
            if arrived in (JobState.ABORTED, JobState.CANCELED):
                self._change(CardState.FAILED, arrived.value)
                raise PrinterError("job-aborted", state=arrived.value)
            if self.cancelled():
                return CardState.PRINTING
            time.sleep(POLL_SECONDS)

    def _keep(self, number: int) -> None:
        self.office.store.write(lambda tx: keep_printer_job(tx, self.job.id, number))

    def _change(self, to: CardState, reason: str, *, unused: bool = False) -> None:
        def verb(tx: Connection) -> None:
            actor = acting(tx, self.office, self.who, Verb.PRINT)
            change_job(tx, actor, self.job, to, reason)
            if unused:
                release_blank(tx, self.job.id, at=clock.now(), by=actor)

        self.office.store.write(verb)

    def _printed(self) -> CardState:
        def card_is_there(tx: Connection, *, moves: bool) -> None:
            actor = acting(tx, self.office, self.who, Verb.PRINT_COMPLETE)
            change_job(tx, actor, self.job, CardState.PRINTED)
            printed_blank(tx, self.job.id, at=clock.now(), by=actor, printer_id=self.job.printer_id)
            if moves:
                move(tx, self.job.application_id, Action.COMPLETE, actor=actor, at=clock.now())

        write = self.office.store.write
        try:
            try:
                write(lambda tx: card_is_there(tx, moves=True))
            except Overtaken:
                # Somebody else has the application open: the card is there all the same, she moves it on.
                write(lambda tx: card_is_there(tx, moves=False))
        except Refused as refusal:
            if refusal.reason is not Reason.CARD_JOB_STATE:
                raise
            # Another station watched the same job and saw its end first.
            seen = self.office.store.read(lambda connection: card_job(connection, self.job.id))
            if seen is None or seen.state is CardState.PRINTING:
                raise
            return seen.state
        return CardState.PRINTED
