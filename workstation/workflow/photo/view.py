"""What the photo page shows, and the limits under which the application's portrait is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from workstation.biometrics.portrait.examine import PortraitReport, Requirement, Verdict
from workstation.biometrics.portrait.limits import PortraitLimits
from workstation.database import Connection
from workstation.database.applications import application
from workstation.database.blobs import get_blob
from workstation.database.captures import portrait_attempts, portrait_of
from workstation.database.policies import policy_of
from workstation.domain.stages import Stage
from workstation.workflow.office import Office


@dataclass(frozen=True)
class PhotoView:
    """`portrait` is the cropped JPEG; requirements and verdict are those of that picture."""

    portrait: bytes | None
    requirements: tuple[Requirement, ...]
    verdict: Verdict | None
    forced_reason: str | None
    attempts: int
    attempts_allowed: int
    editable: bool


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
    """The limits of the policy under which the application was made."""
    return office.store.read(lambda connection: read_limits(connection, application_id))


def read_limits(connection: Connection, application_id: str) -> PortraitLimits:
    row = application(connection, application_id)
    return PortraitLimits.from_policy(policy_of(connection, row.policy_version).portrait_limits)


def read_photo(connection: Connection, application_id: str) -> PhotoView:
    """Raises Refused NO_SUCH_APPLICATION."""
    row = application(connection, application_id)
    policy = policy_of(connection, row.policy_version)
    held = portrait_of(connection, application_id)
    return PhotoView(
        None if held is None else get_blob(connection, held.cropped),
        () if held is None else requirements_from_data(held.report),
        None if held is None else Verdict(held.report["verdict"]),
        None if held is None else held.forced_reason,
        portrait_attempts(connection, application_id),
        policy.portrait_attempts,
        row.stage is Stage.PHOTO,
    )


def view(office: Office, application_id: str) -> PhotoView:
    """The page as it is now. Raises Refused NO_SUCH_APPLICATION."""
    return office.store.read(lambda connection: read_photo(connection, application_id))
