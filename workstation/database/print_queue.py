"""Jobs that were released to be printed: in which turn they wait, and on which printer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from workstation.database.card_jobs import CardJob, job_of
from workstation.database.tables import applications, card_jobs
from workstation.domain.card import UNCERTAIN, CardState
from workstation.domain.stages import Stage

# A station that watches a card notes nothing while the card is made; what is older than this is watched by nobody.
SILENT = timedelta(minutes=5)
_TURN = (card_jobs.c.priority.desc(), card_jobs.c.released_at, card_jobs.c.id)


@dataclass(frozen=True)
class PrintRow:
    """One application at the stage of printing. `job` is None while its card was not rendered yet; `since` is the
    moment from which it waits there."""

    application_id: str
    number: str
    name_lo: str
    name_latin: str
    since: datetime
    job: CardJob | None


def _waiting() -> ColumnElement[bool]:
    return and_(card_jobs.c.state == CardState.QUEUED.value, card_jobs.c.released_at.is_not(None))


def release_job(
    tx: Connection,
    job_id: str,
    *,
    printer_id: str | None,
    station_id: str,
    by: str,
    at: datetime,
    priority: int,
) -> None:
    """The queued job waits for that printer from now on."""
    tx.execute(
        update(card_jobs)
        .where(card_jobs.c.id == job_id)
        .values(
            released_at=at,
            released_by=by,
            station_id=station_id,
            printer_id=printer_id,
            priority=priority,
            held=False,
            changed_at=at,
        )
    )


def withdraw_job(tx: Connection, job_id: str, *, at: datetime) -> None:
    """The queued job waits no more; its card stays prepared."""
    tx.execute(
        update(card_jobs)
        .where(card_jobs.c.id == job_id)
        .values(released_at=None, released_by=None, printer_id=None, held=False, priority=0, changed_at=at)
    )


def turn_job(tx: Connection, job_id: str, priority: int) -> None:
    """Another turn among those that wait."""
    tx.execute(update(card_jobs).where(card_jobs.c.id == job_id).values(priority=priority))


def hold_job(tx: Connection, job_id: str, held: bool) -> None:
    """Whether the job lets the others go first until somebody lets it go on."""
    tx.execute(update(card_jobs).where(card_jobs.c.id == job_id).values(held=held))


def send_job(tx: Connection, job_id: str, printer_id: str) -> None:
    """The waiting job waits for another printer."""
    tx.execute(update(card_jobs).where(card_jobs.c.id == job_id).values(printer_id=printer_id))


def waiting_jobs(connection: Connection, printer_id: str) -> tuple[CardJob, ...]:
    """The jobs that wait for that printer in their turn, held ones among them."""
    rows = connection.execute(
        select(card_jobs).where(_waiting(), card_jobs.c.printer_id == printer_id).order_by(*_TURN)
    )
    return tuple(job_of(row) for row in rows)


def awaited_at(connection: Connection, station_id: str) -> frozenset[str]:
    """The printers that have, or are to print, what that station released."""
    rows = connection.execute(
        select(card_jobs.c.printer_id)
        .where(
            or_(_waiting(), card_jobs.c.state == CardState.PRINTING.value),
            card_jobs.c.station_id == station_id,
            card_jobs.c.printer_id.is_not(None),
        )
        .distinct()
    )
    return frozenset(row.printer_id for row in rows)


def printing_job(connection: Connection, printer_id: str) -> CardJob | None:
    """The job that the printer has, or may have; there is never a second one."""
    row = connection.execute(
        select(card_jobs).where(
            card_jobs.c.printer_id == printer_id, card_jobs.c.state == CardState.PRINTING.value
        )
    ).first()
    return None if row is None else job_of(row)


def unwatched(job: CardJob, station_id: str, at: datetime) -> bool:
    """Whether a job in `printing` may be watched by that station: it is its own, or its station is silent for long."""
    return job.station_id in (None, station_id) or at - job.changed_at > SILENT


def print_rows(connection: Connection, *, limit: int) -> tuple[PrintRow, ...]:
    """Every application whose card waits to be printed or is uncertain or failed: uncertain ones first, then what the
    printers have, then the turn, then those nobody released yet, the longest waiting first."""
    in_being = and_(
        card_jobs.c.application_id == applications.c.id, card_jobs.c.state != CardState.VOID.value
    )
    rows = connection.execute(
        select(
            applications.c.id.label("application"),
            applications.c.number,
            applications.c.name_lo,
            applications.c.name_latin,
            applications.c.stage_since,
            card_jobs,
        )
        .join(card_jobs, in_being, isouter=True)
        .where(applications.c.stage == Stage.PRINT.value)
        .order_by(
            (card_jobs.c.reason == UNCERTAIN).is_(True).desc(),
            (card_jobs.c.state == CardState.PRINTING.value).is_(True).desc(),
            (card_jobs.c.state == CardState.FAILED.value).is_(True).desc(),
            card_jobs.c.released_at.is_(None),
            func.coalesce(card_jobs.c.priority, 0).desc(),
            card_jobs.c.released_at,
            applications.c.stage_since,
            applications.c.id,
        )
        .limit(limit)
    )
    return tuple(
        PrintRow(
            row.application,
            row.number,
            row.name_lo,
            row.name_latin,
            row.stage_since,
            None if row.id is None else job_of(row),
        )
        for row in rows
    )
