"""What the photo page shows: the portrait, all pictures taken so far, and what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from workstation.biometrics.portrait.examine import PortraitReport, Requirement, Verdict
from workstation.biometrics.portrait.limits import PortraitLimits
from workstation.database import Connection
from workstation.database.applications import application
from workstation.database.blobs import get_blob
from workstation.database.policies import policy_of
from workstation.database.portraits import StoredPortrait, portrait_attempts, portraits_of
from workstation.domain.stages import Stage
from workstation.workflow.office import Office
from workstation.workflow.photo.rules import read_limits


@dataclass(frozen=True)
class Shot:
    """One picture that was kept. `number` counts from 1 in the order of taking; `portrait` is the cropped JPEG."""

    id: str
    number: int
    portrait: bytes
    requirements: tuple[Requirement, ...]
    verdict: Verdict
    chosen: bool
    taken_at: datetime


@dataclass(frozen=True)
class PhotoView:
    """`portrait` is the cropped JPEG of the chosen picture, `printed` as the card will show it; requirements and
    verdict are those of that picture. `attempts`: pictures taken since the application came to this stage;
    `shots`: all that are kept, the first one first, as long as one of them can be chosen."""

    portrait: bytes | None
    requirements: tuple[Requirement, ...]
    verdict: Verdict | None
    forced_reason: str | None
    attempts: int
    attempts_allowed: int
    editable: bool
    printed: bytes | None = None
    shots: tuple[Shot, ...] = ()


def report_to_data(report: PortraitReport) -> dict[str, Any]:
    """The report as plain data for the record."""
    return {
        "verdict": report.verdict.value,
        "requirements": [asdict(r) | {"verdict": r.verdict.value} for r in report.requirements],
    }


def requirements_from_data(data: Mapping[str, Any]) -> tuple[Requirement, ...]:
    """The requirements as they were measured when the picture was taken."""
    return tuple(Requirement(**(r | {"verdict": Verdict(r["verdict"])})) for r in data["requirements"])


def limits(office: Office, application_id: str) -> PortraitLimits:
    """The limits of the policy under which the application was made, for a person of that age."""
    return office.store.read(lambda connection: read_limits(connection, application_id))


def read_photo(connection: Connection, application_id: str) -> PhotoView:
    """Raises Refused NO_SUCH_APPLICATION."""
    row = application(connection, application_id)
    policy = policy_of(connection, row.policy_version)
    kept = portraits_of(connection, application_id)
    held = next((portrait for portrait in kept if portrait.accepted), None)
    return PhotoView(
        None if held is None else get_blob(connection, held.cropped),
        () if held is None else requirements_from_data(held.report),
        None if held is None else Verdict(held.report["verdict"]),
        None if held is None else held.forced_reason,
        portrait_attempts(connection, application_id, row.stage_since if row.stage is Stage.PHOTO else None),
        policy.portrait_attempts,
        row.stage is Stage.PHOTO,
        None if held is None else get_blob(connection, held.printed),
        tuple(_shot(connection, portrait, number) for number, portrait in enumerate(kept, 1))
        if row.stage is Stage.PHOTO
        else (),
    )


def view(office: Office, application_id: str) -> PhotoView:
    """The page as it is now. Raises Refused NO_SUCH_APPLICATION."""
    return office.store.read(lambda connection: read_photo(connection, application_id))


def _shot(connection: Connection, held: StoredPortrait, number: int) -> Shot:
    return Shot(
        held.id,
        number,
        get_blob(connection, held.cropped),
        requirements_from_data(held.report),
        Verdict(held.report["verdict"]),
        held.accepted,
        held.taken_at,
    )
