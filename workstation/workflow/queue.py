"""Today's queue: what waits at which stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workstation.database import applications
from workstation.domain.stages import PATH, Stage
from workstation.workflow.office import Office


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue. Before intake is complete the names are empty."""

    application_id: str
    number: str
    name_lo: str
    name_latin: str
    birth_date: str
    village: str
    stage: Stage
    stage_since: datetime
    returned: bool


def stage_counts(office: Office) -> dict[Stage, int]:
    """How many applications are at each stage (stages with none are absent)."""
    return office.store.read(applications.stage_counts)


def queue(office: Office, stage: Stage | None = None, limit: int = 200) -> tuple[QueueRow, ...]:
    """The open applications of `stage`, or of all stages on the path: returned first, then the longest wait."""
    stages = PATH if stage is None else (stage,)
    rows = office.store.read(lambda connection: applications.list_applications(connection, stages, limit))
    return tuple(
        QueueRow(
            row.id,
            row.number,
            row.name_lo,
            row.name_latin,
            row.birth_date,
            row.village,
            row.stage,
            row.stage_since,
            row.returned,
        )
        for row in rows
    )
