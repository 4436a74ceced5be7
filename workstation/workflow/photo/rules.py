"""What the application's policy and card layout ask of its portrait."""

from __future__ import annotations

from dataclasses import replace

from printing.elements import PictureElement
from printing.specification import CardLayout
from workstation import clock
from workstation.biometrics.portrait.limits import PortraitLimits
from workstation.biometrics.portrait.result import ResultRules
from workstation.database import Connection
from workstation.database.applications import accepted_fields, application
from workstation.database.policies import policy_of
from workstation.domain.form import age_of
from workstation.domain.policy import Policy

# Twice the card printer's 300 dots, so that the registry keeps more of the face than one card shows.
PORTRAIT_DPI = 600


def read_limits(connection: Connection, application_id: str) -> PortraitLimits:
    """The limits of the policy under which the application was made, as they are for a person of that age.

    Raises Refused NO_SUCH_APPLICATION."""
    row = application(connection, application_id)
    limits = PortraitLimits.from_policy(policy_of(connection, row.policy_version).portrait_limits)
    return limits.for_age(age_of(accepted_fields(connection, application_id), clock.office_day(clock.now())))


def result_rules(policy: Policy, layout: CardLayout) -> ResultRules:
    """Proportions of the portrait on the card, sizes of the files."""
    pictures = [
        element
        for element in (*layout.front, *layout.back)
        if isinstance(element, PictureElement) and element.field == "portrait"
    ]
    files = policy.portrait_files
    sizes = ResultRules(
        dpi=PORTRAIT_DPI,
        enlarge_up_to=files.enlarge_up_to,
        jpeg_bytes=files.jpeg_bytes,
        chip_bytes=files.chip_bytes,
        even_background=files.even_background,
    )
    if not pictures:
        return sizes
    largest = max(pictures, key=lambda element: element.width * element.height)
    return replace(sizes, width_mm=largest.width, height_mm=largest.height)
