"""The photo that the automatic shot proposes: the best of the judged pictures, cropped as the card will have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from devices.camera import Frame
from workstation.biometrics.portrait.best import best_picture
from workstation.biometrics.portrait.crop import crop
from workstation.biometrics.portrait.examine import PortraitReport
from workstation.biometrics.portrait.landmarks import Picture
from workstation.biometrics.portrait.result import ResultRules
from workstation.database import Connection
from workstation.database.applications import application
from workstation.database.layouts import layout_in_force
from workstation.database.policies import policy_of
from workstation.domain.policy import Policy
from workstation.workflow.office import Office
from workstation.workflow.photo.rules import result_rules


@dataclass(frozen=True, eq=False)
class Proposal:
    """Nothing is kept yet. `portrait`: the crop, blue-green-red, for the clerk to look at."""

    application_id: str
    frame: Frame
    report: PortraitReport
    portrait: Picture


def automatic_shot_allowed(office: Office, application_id: str) -> bool:
    """Whether the policy under which the application was made lets the camera propose. Raises Refused
    NO_SUCH_APPLICATION."""
    return office.store.read(lambda connection: _policy(connection, application_id).automatic_shot)


def propose(office: Office, application_id: str, judged: Sequence[tuple[Frame, PortraitReport]]) -> Proposal:
    """The best of the pictures, at least one, each with its own report. Raises PortraitError, Refused
    NO_SUCH_APPLICATION."""

    def rules_for(connection: Connection) -> ResultRules:
        policy = _policy(connection, application_id)
        return result_rules(policy, layout_in_force(connection, policy.card_layout))

    rules = office.store.read(rules_for)
    reports = {id(frame.image): report for frame, report in judged}
    chosen, report = best_picture([frame.image for frame, _ in judged], lambda image: reports[id(image)])
    frame = judged[chosen][0]
    portrait = crop(frame.image, report, width_mm=rules.width_mm, height_mm=rules.height_mm)
    return Proposal(application_id, frame, report, portrait)


def _policy(connection: Connection, application_id: str) -> Policy:
    return policy_of(connection, application(connection, application_id).policy_version)
