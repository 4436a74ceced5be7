"""What the check page shows: value by value what the card says, where it says it, and what the record says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from workstation.database import Connection
from workstation.database.card_checks import CardCheck, card_checks_of
from workstation.database.card_jobs import CardJob
from workstation.workflow.office import Office
from workstation.workflow.print.view import require_job


class Source(StrEnum):
    """Where on the card a value was read."""

    CODE = "code"
    ZONE = "zone"
    BARCODE = "barcode"
    PRINT = "print"


class Standing(StrEnum):
    """What the readings so far say of the card."""

    UNREAD = "unread"
    AGREES = "agrees"
    READ_AGAIN = "read-again"
    HELD = "held"


# So many failed readings in a row hold the card: then only a supervisor reads it again, and only two people void it.
HOLDS_AFTER = 2


@dataclass(frozen=True)
class CheckItem:
    """One comparison. `agrees` is None when it could not be read; `side` (front, back) and `box` (left, top, right,
    bottom in pixels of the straightened side) say where it stands, `alike` how alike a print is (-1 to 1)."""

    name: str
    expected: str
    found: str
    agrees: bool | None
    source: Source = Source.CODE
    side: str = ""
    box: tuple[int, int, int, int] | None = None
    alike: float | None = None

    @property
    def mark(self) -> str:
        """Stable: agrees, differs, unread."""
        return {True: "agrees", False: "differs", None: "unread"}[self.agrees]


@dataclass(frozen=True)
class CheckView:
    """`items` are those of the last reading; `readings` counts all of this card; `complete` when the last one agrees
    and the chip's serial (hex) is bound to the card."""

    items: tuple[CheckItem, ...]
    chip_serial: str | None
    standing: Standing
    readings: int

    @property
    def complete(self) -> bool:
        return self.standing is Standing.AGREES and self.chip_serial is not None


def standing_of(checks: tuple[CardCheck, ...]) -> Standing:
    """The last reading decides; so many failed ones in a row hold the card."""
    failed = 0
    for check in reversed(checks):
        if check.agrees:
            break
        failed += 1
    if not checks:
        return Standing.UNREAD
    if failed == 0:
        return Standing.AGREES
    return Standing.HELD if failed >= HOLDS_AFTER else Standing.READ_AGAIN


def items_to_data(items: tuple[CheckItem, ...]) -> dict[str, list[dict[str, object]]]:
    return {"items": [asdict(item) for item in items]}


def items_from_data(data: Mapping[str, Any] | None) -> tuple[CheckItem, ...]:
    """The comparisons of one reading as they are kept; none for None."""
    return () if data is None else tuple(_item(item) for item in data["items"])


def _item(data: Mapping[str, Any]) -> CheckItem:
    box = data.get("box")
    whole = {**data, "box": None if box is None else tuple(box)}
    return CheckItem(**{**whole, "source": Source(data.get("source", Source.CODE))})


def check_view(connection: Connection, job: CardJob) -> CheckView:
    """Of the card in being."""
    checks = card_checks_of(connection, job.id)
    items = items_from_data(checks[-1].items) if checks else ()
    return CheckView(items, job.chip_serial, standing_of(checks), len(checks))


def view(office: Office, application_id: str) -> CheckView:
    """Raises Refused NO_SUCH_APPLICATION, CARD_NOT_PRINTED."""

    def query(connection: Connection) -> CheckView:
        return check_view(connection, require_job(connection, application_id))

    return office.store.read(query)
