"""What the print page shows: the PDF that is printed, and where its job is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from printing.preview import rasterise_png
from workstation.database import Connection
from workstation.database.applications import application
from workstation.database.blobs import get_blob
from workstation.database.card_jobs import CardJob, card_job_of
from workstation.domain.card import CardState
from workstation.domain.refused import Reason, Refused
from workstation.workflow.office import Office

PREVIEW_DPI = 300
# The reason under which a job stands whose printing nobody saw end: only a person knows whether there is a card.
UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class PrintView:
    """`pdf` is what the printer gets, byte for byte; the pictures are that PDF at PREVIEW_DPI."""

    job_id: str
    state: CardState
    pdf: bytes
    front_png: bytes
    back_png: bytes
    reason: str | None
    uncertain: bool


@lru_cache(maxsize=4)
def _sides(pdf: bytes) -> tuple[bytes, bytes]:
    return rasterise_png(pdf, 0, PREVIEW_DPI), rasterise_png(pdf, 1, PREVIEW_DPI)


def require_job(connection: Connection, application_id: str) -> CardJob:
    """The card in being. Raises Refused CARD_NOT_PRINTED when there is none."""
    application(connection, application_id)
    job = card_job_of(connection, application_id)
    if job is None:
        raise Refused(Reason.CARD_NOT_PRINTED)
    return job


def view(office: Office, application_id: str) -> PrintView:
    """Raises Refused NO_SUCH_APPLICATION, CARD_NOT_PRINTED before `prepare`."""

    def query(connection: Connection) -> tuple[CardJob, bytes]:
        job = require_job(connection, application_id)
        return job, get_blob(connection, job.pdf)

    job, pdf = office.store.read(query)
    front, back = _sides(pdf)
    return PrintView(job.id, job.state, pdf, front, back, job.reason, job.reason == UNCERTAIN)
