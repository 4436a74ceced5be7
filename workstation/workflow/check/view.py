"""What the check page shows: value by value what the card says and what the record says."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from workstation.database import Connection
from workstation.database.card_jobs import CardJob
from workstation.workflow.office import Office
from workstation.workflow.print.view import require_job


@dataclass(frozen=True)
class CheckItem:
    """One comparison. `agrees` is None while the card has not been read."""

    name: str
    expected: str
    found: str
    agrees: bool | None


@dataclass(frozen=True)
class CheckView:
    """`complete` when every item agrees and the chip's serial (hex) is bound to the card."""

    items: tuple[CheckItem, ...]
    chip_serial: str | None
    complete: bool


def items_of(job: CardJob) -> tuple[CheckItem, ...]:
    """The comparisons of the last reading; none before the first."""
    return () if job.read_back is None else tuple(CheckItem(**item) for item in job.read_back["items"])


def items_to_data(items: tuple[CheckItem, ...]) -> dict[str, list[dict[str, object]]]:
    return {"items": [asdict(item) for item in items]}


def check_view(job: CardJob) -> CheckView:
    items = items_of(job)
    complete = bool(items) and all(item.agrees for item in items) and job.chip_serial is not None
    return CheckView(items, job.chip_serial, complete)


def view(office: Office, application_id: str) -> CheckView:
    """Raises Refused NO_SUCH_APPLICATION, CARD_NOT_PRINTED."""

    def query(connection: Connection) -> CheckView:
        return check_view(require_job(connection, application_id))

    return office.store.read(query)
