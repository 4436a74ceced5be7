"""The words for stages, devices, roles and other named values, in the language spoken now."""

from __future__ import annotations

from ui.language import _
from workstation.domain.operator import Role
from workstation.domain.stages import Stage
from workstation.domain.station import Work


def stage_name(stage: Stage) -> str:
    """The stage as the rail and the queue call it."""
    return {
        Stage.INTAKE: _("Intake"),
        Stage.PHOTO: _("Photo"),
        Stage.FINGERPRINTS: _("Fingerprints"),
        Stage.REVIEW: _("Review"),
        Stage.DECISION: _("Decision"),
        Stage.PRINT: _("Print"),
        Stage.ENCODE: _("Chip"),
        Stage.CHECK: _("Check"),
        Stage.HAND_OVER: _("Hand-over"),
        Stage.CLOSED: _("Handed over"),
        Stage.REFERRED: _("Referred to another office"),
        Stage.WITHDRAWN: _("Withdrawn"),
        Stage.REJECTED: _("Rejected"),
        Stage.REFUSED_BY_REGISTRY: _("Refused by the registry"),
    }[stage]


def device_state(state: str) -> tuple[str, str]:
    """(kind of colour, word) of a device's state."""
    return {
        "unused": ("plain", _("Not used yet")),
        "ready": ("good", _("Ready")),
        "working": ("action", _("Working")),
        "missing": ("attention", _("Missing")),
        "gone": ("stopped", _("Gone")),
    }[state]


def role_name(role: Role) -> str:
    """The role as people call it."""
    return {
        Role.CLERK: _("Clerk"),
        Role.SUPERVISOR: _("Supervisor"),
        Role.PRINT_OPERATOR: _("Print operator"),
        Role.STOCK_KEEPER: _("Stock keeper"),
        Role.ADMINISTRATOR: _("Administrator"),
        Role.AUDITOR: _("Auditor"),
        Role.REGISTRY: _("Registry"),
    }[role]


def work_name(work: Work) -> str:
    """What kind of work the station's database holds."""
    return {Work.REAL: _("Real work"), Work.TRAINING: _("Training"), Work.DEMO: _("Demonstration")}[work]


def key_name(chord: str) -> str:
    """A chord as it is printed on keys."""
    return chord.replace("Return", "Enter").replace("Left", "←").replace("Right", "→")


def waiting_time(seconds: float) -> str:
    """A time waited, in the largest whole unit."""
    minutes = max(0, int(seconds // 60))
    if minutes < 60:
        return _("{count} min").format(count=minutes)
    if minutes < 48 * 60:
        return _("{count} h").format(count=minutes // 60)
    return _("{count} days").format(count=minutes // (24 * 60))
