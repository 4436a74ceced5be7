"""What the print page shows: the PDF that is printed, and where its job is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from printing.preview import as_png, rasterise, rasterise_on_blank
from printing.render import render_blank
from printing.specification import CardLayout
from workstation.database import Connection
from workstation.database.applications import application
from workstation.database.blobs import get_blob
from workstation.database.card_jobs import CardJob, card_job_of
from workstation.database.layouts import layout_of_label
from workstation.database.stock import blank_of_job
from workstation.domain.card import UNCERTAIN, CardState
from workstation.domain.refused import Reason, Refused
from workstation.workflow.office import Office

PREVIEW_DPI = 300


@dataclass(frozen=True)
class PrintView:
    """`pdf` is what the printer gets, byte for byte; the pictures are that PDF at PREVIEW_DPI, on
    the security print of the blank where the layout knows it.

    `blank` is the serial of the blank that is booked to it, empty when none is; `waits`: released, in its turn;
    `attempt` counts from 1 which try it is, `reprint_reason` says why there had to be another.
    """

    job_id: str
    state: CardState
    pdf: bytes
    front_png: bytes
    back_png: bytes
    reason: str | None
    uncertain: bool
    waits: bool = False
    held: bool = False
    printer_id: str | None = None
    blank: str = ""
    attempt: int = 1
    reprint_reason: str = ""


@lru_cache(maxsize=4)
def _sides(pdf: bytes, layout: CardLayout | None) -> tuple[bytes, bytes]:
    blank = None if layout is None or all(layer.printed for layer in layout.layers) else render_blank(layout)
    pages = (
        rasterise(pdf, page, PREVIEW_DPI)
        if blank is None
        else rasterise_on_blank(pdf, blank, page, PREVIEW_DPI)
        for page in (0, 1)
    )
    front, back = (as_png(page, PREVIEW_DPI) for page in pages)
    return front, back


def _layout(connection: Connection, job: CardJob) -> CardLayout | None:
    """The layout of the job's own version; a card is shown as it is printed even when that is lost."""
    try:
        return layout_of_label(connection, job.layout)
    except Refused:
        return None


def require_job(connection: Connection, application_id: str) -> CardJob:
    """The card in being. Raises Refused CARD_NOT_PRINTED when there is none."""
    application(connection, application_id)
    job = card_job_of(connection, application_id)
    if job is None:
        raise Refused(Reason.CARD_NOT_PRINTED)
    return job


def view(office: Office, application_id: str) -> PrintView:
    """Raises Refused NO_SUCH_APPLICATION, CARD_NOT_PRINTED before `prepare`."""

    def query(connection: Connection) -> tuple[CardJob, bytes, str, CardLayout | None]:
        job = require_job(connection, application_id)
        blank = blank_of_job(connection, job.id)
        serial = "" if blank is None else blank.serial
        return job, get_blob(connection, job.pdf), serial, _layout(connection, job)

    job, pdf, blank, layout = office.store.read(query)
    front, back = _sides(pdf, layout)
    return PrintView(
        job.id,
        job.state,
        pdf,
        front,
        back,
        job.reason,
        job.reason == UNCERTAIN,
        job.state is CardState.QUEUED and job.released_at is not None,
        job.held,
        job.printer_id,
        blank,
        job.attempt,
        job.reprint_reason or "",
    )
