"""The few facts about an application that stand above every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workstation.database import Connection
from workstation.database.applications import application
from workstation.database.blobs import get_blob
from workstation.database.captures import portrait_of
from workstation.database.defects import Defect, open_defects
from workstation.database.policies import policy_of
from workstation.database.search import count_of_same_name
from workstation.database.search_keys import folded_words
from workstation.domain.stages import Stage
from workstation.workflow.office import Office
from workstation.workflow.return_day import return_day

__all__ = ["Defect", "Header", "header", "read_header"]


@dataclass(frozen=True)
class Header:
    """`portrait` is the cropped JPEG or None; `skipped` are stages that the application's policy leaves out;
    `same_name` is how many other applications have the same folded Lao name and birth date;
    `come_back` is the day on which the person was told to come for the card, while she waits for it."""

    application_id: str
    number: str
    version: int
    stage: Stage
    name_lo: str
    name_latin: str
    birth_date: str
    portrait: bytes | None
    returned: bool
    defects: tuple[Defect, ...]
    policy_version: str
    skipped: frozenset[Stage]
    same_name: int = 0
    come_back: date | None = None


def read_header(connection: Connection, application_id: str) -> Header:
    """Raises Refused NO_SUCH_APPLICATION."""
    row = application(connection, application_id)
    portrait = portrait_of(connection, application_id)
    return Header(
        row.id,
        row.number,
        row.version,
        row.stage,
        row.name_lo,
        row.name_latin,
        row.birth_date,
        None if portrait is None else get_blob(connection, portrait.cropped),
        row.returned,
        open_defects(connection, application_id),
        row.policy_version,
        policy_of(connection, row.policy_version).switched_off,
        count_of_same_name(connection, row.id, name_lo=folded_words(row.name_lo), birth_date=row.birth_date),
        return_day(connection, row),
    )


def header(office: Office, application_id: str) -> Header:
    """The header as it is now. Raises Refused NO_SUCH_APPLICATION."""
    return office.store.read(lambda connection: read_header(connection, application_id))
