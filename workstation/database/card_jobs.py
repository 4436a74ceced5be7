"""Card jobs: one blank on its way to one card, and the fingers that were compared before it is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from uuid6 import uuid7

from workstation.database.tables import card_jobs, finger_matches
from workstation.domain.card import CardState, check_card_move
from workstation.domain.refused import Reason, Refused


@dataclass(frozen=True)
class CardJob:
    """`pdf` is a blob's SHA-256; `chip_serial` hex.

    `released_at`: since when it waits to be printed, None before; `attempt` counts from 1 which try to make this card
    it is, `reprint_reason` says why the one before was not it.
    """

    id: str
    application_id: str
    state: CardState
    layout: str
    pdf: str
    printer_job: int | None
    reason: str | None
    chip_serial: str | None
    changed_at: datetime
    released_at: datetime | None = None
    released_by: str | None = None
    station_id: str | None = None
    printer_id: str | None = None
    priority: int = 0
    held: bool = False
    attempt: int = 1
    reprint_reason: str | None = None


@dataclass(frozen=True)
class FingerMatch:
    """One 1:1 comparison at hand-over."""

    position: int
    score: int
    threshold: int
    matched_at: datetime
    matched_by: str


def add_card_job(
    tx: Connection,
    application_id: str,
    *,
    layout: str,
    pdf: str,
    by: str,
    at: datetime,
    reprint_reason: str | None = None,
) -> str:
    """A new queued job. Raises Refused CARD_JOB_STATE when the application has a card in being already."""
    job_id = str(uuid7())
    before = tx.execute(
        select(func.max(card_jobs.c.attempt)).where(card_jobs.c.application_id == application_id)
    ).scalar_one()
    try:
        with tx.begin_nested():
            tx.execute(
                insert(card_jobs).values(
                    id=job_id,
                    application_id=application_id,
                    state=CardState.QUEUED.value,
                    layout=layout,
                    pdf=pdf,
                    created_at=at,
                    changed_at=at,
                    created_by=by,
                    attempt=(before or 0) + 1,
                    reprint_reason=reprint_reason,
                )
            )
    except IntegrityError as error:
        raise Refused(Reason.CARD_JOB_STATE, now="in-being", then=CardState.QUEUED.value) from error
    return job_id


def card_job_of(connection: Connection, application_id: str) -> CardJob | None:
    """The application's card in being (any state but void), or None."""
    row = connection.execute(
        select(card_jobs).where(
            card_jobs.c.application_id == application_id, card_jobs.c.state != CardState.VOID.value
        )
    ).first()
    return None if row is None else job_of(row)


def card_job(connection: Connection, job_id: str) -> CardJob | None:
    """The job of that id, whatever became of it."""
    row = connection.execute(select(card_jobs).where(card_jobs.c.id == job_id)).first()
    return None if row is None else job_of(row)


def jobs_of(connection: Connection, application_id: str) -> tuple[CardJob, ...]:
    """Every job there was for the application, the first one first, void ones among them."""
    rows = connection.execute(
        select(card_jobs).where(card_jobs.c.application_id == application_id).order_by(card_jobs.c.attempt)
    )
    return tuple(job_of(row) for row in rows)


def job_of(row: Row[Any]) -> CardJob:
    """A whole row of the table as a job."""
    return CardJob(
        row.id,
        row.application_id,
        CardState(row.state),
        row.layout,
        row.pdf,
        row.printer_job,
        row.reason,
        row.chip_serial,
        row.changed_at,
        row.released_at,
        row.released_by,
        row.station_id,
        row.printer_id,
        row.priority,
        row.held,
        row.attempt,
        row.reprint_reason,
    )


def move_card_job(
    tx: Connection,
    job_id: str,
    to: CardState,
    *,
    at: datetime,
    reason: str | None = None,
    printer_job: int | None = None,
) -> None:
    """Changes the job's state by the table. Raises Refused CARD_JOB_STATE, also when another station was faster."""
    now = CardState(tx.execute(select(card_jobs.c.state).where(card_jobs.c.id == job_id)).scalar_one())
    check_card_move(now, to)
    values: dict[str, Any] = {"state": to.value, "changed_at": at, "reason": reason}
    if printer_job is not None:
        values["printer_job"] = printer_job
    moved = tx.execute(
        update(card_jobs)
        .where(card_jobs.c.id == job_id, card_jobs.c.state == now.value)
        .values(values)
        .returning(card_jobs.c.id)
    ).first()
    if moved is None:
        raise Refused(Reason.CARD_JOB_STATE, now=now.value, then=to.value)


def keep_printer_job(tx: Connection, job_id: str, printer_job: int | None) -> None:
    """Remembers under which number the printer has the job; None: it has it no more."""
    tx.execute(update(card_jobs).where(card_jobs.c.id == job_id).values(printer_job=printer_job))


def bind_chip(tx: Connection, job_id: str, chip_serial: str) -> None:
    """Binds the chip's serial (hex) to the job. Raises Refused CHIP_ALREADY_BOUND: another card has that chip."""
    try:
        with tx.begin_nested():
            tx.execute(update(card_jobs).where(card_jobs.c.id == job_id).values(chip_serial=chip_serial))
    except IntegrityError as error:
        raise Refused(Reason.CHIP_ALREADY_BOUND, chip_serial=chip_serial) from error


def add_match(
    tx: Connection, application_id: str, *, position: int, score: int, threshold: int, by: str, at: datetime
) -> None:
    tx.execute(
        insert(finger_matches).values(
            id=str(uuid7()),
            application_id=application_id,
            position=position,
            score=score,
            threshold=threshold,
            matched_at=at,
            matched_by=by,
        )
    )


def last_match(connection: Connection, application_id: str) -> FingerMatch | None:
    """The newest comparison, matched or not; None before the first."""
    row = connection.execute(
        select(finger_matches)
        .where(finger_matches.c.application_id == application_id)
        .order_by(finger_matches.c.matched_at.desc(), finger_matches.c.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    return FingerMatch(row.position, row.score, row.threshold, row.matched_at, row.matched_by)


def failed_matches(connection: Connection, application_id: str, since: datetime) -> dict[int, int]:
    """How many comparisons of each finger position did not match since that moment; positions with none are absent."""
    rows = connection.execute(
        select(finger_matches.c.position, func.count().label("failed"))
        .where(
            finger_matches.c.application_id == application_id,
            finger_matches.c.matched_at >= since,
            finger_matches.c.score < finger_matches.c.threshold,
        )
        .group_by(finger_matches.c.position)
    )
    return {row.position: row.failed for row in rows}
