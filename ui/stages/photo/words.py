"""The words of the portrait requirements: name, measured value, and what the clerk should do about each."""

from __future__ import annotations

from ui.language import _
from ui.words.requirements import requirement_name
from workstation.biometrics.portrait.examine import Requirement, Verdict

# The order in which advice helps: without a face nothing else can be judged, without the place no sharpness.
ADVICE_ORDER = (
    "face_count",
    "head_size",
    "eye_distance",
    "centring",
    "exposure",
    "sharpness",
    "mouth_closed",
    "background",
)


def verdict_word(verdict: Verdict) -> str:
    return {
        Verdict.GREEN: _("Good"),
        Verdict.AMBER: _("Acceptable"),
        Verdict.RED: _("Not acceptable"),
        Verdict.NOT_MEASURED: _("Not measured"),
    }[verdict]


def measured(requirement: Requirement) -> str:
    """The value with its unit, short enough for one column."""
    value = requirement.value
    if value is None:
        return "–"
    match requirement.unit:
        case "share" | "ratio":
            return f"{value * 100:.0f} %".replace("-", "−")
        case "px":
            return f"{value:.0f} px"
        case _:
            return f"{value:.0f}"


def advice(requirement: Requirement) -> str:
    """One sentence: what the clerk does so that this requirement is met."""
    value, low, high = requirement.value, requirement.low, requirement.high
    too_low = value is None or (low is not None and value < low)
    too_high = value is not None and high is not None and value > high
    match requirement.name:
        case "face_count":
            if too_high:
                return _("Only the applicant may be in the picture.")
            return _("No face is seen. Ask the applicant to look straight into the camera.")
        case "head_size":
            if too_high:
                return _("Too close. Ask the applicant to move back a little.")
            return _("Too far away. Bring the camera closer or ask the applicant to come nearer.")
        case "eye_distance":
            return _("The face is too small in the picture. Bring the camera closer.")
        case "centring":
            return _("Move the camera until the face is in the middle.")
        case "sharpness":
            return _("The picture is not sharp. Ask the applicant to keep still and clean the lens.")
        case "exposure":
            if too_high and not too_low:
                return _("Too bright. Turn the lamp away or close the curtain.")
            return _("Too dark or uneven. Put more light on the face from the front.")
        case "mouth_closed":
            return _("Ask the applicant to close the mouth and keep a calm face.")
        case "background":
            return _("The background is not even. Use the plain light screen behind the applicant.")
        case _:
            return requirement_name(requirement.name)


def most_useful(requirements: tuple[Requirement, ...]) -> Requirement | None:
    """The requirement to speak about: red before amber, then in the order that helps; None when all is well."""
    rank = {name: index for index, name in enumerate(ADVICE_ORDER)}
    faulty = [r for r in requirements if r.verdict is not Verdict.GREEN]
    if not faulty:
        return None
    return min(faulty, key=lambda r: (r.verdict is not Verdict.RED, rank.get(r.name, len(rank))))
