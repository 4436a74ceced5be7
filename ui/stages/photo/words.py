"""The words of the photo page: families, verdicts, measured values, and which requirement to speak about."""

from __future__ import annotations

from ui.language import _
from workstation.biometrics.portrait.examine import FAMILIES, Requirement, Verdict

# The order in which advice helps: without a face nothing else can be judged, without the place no sharpness, and
# the applicant is asked to hold still only when the light is right.
_FAMILIES_FIRST = ("head", "light", "picture", "background", "face")
ADVICE_ORDER = tuple(name for family in _FAMILIES_FIRST for name in FAMILIES[family])


def family_name(family: str) -> str:
    return {
        "head": _("Head"),
        "face": _("Face"),
        "light": _("Light"),
        "background": _("Background"),
        "picture": _("Picture"),
    }[family]


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
            text = f"{value * 100:.0f} %"
        case "°":
            text = f"{value:.0f}°"
        case "count":
            text = f"{value:.0f}"
        case unit:
            text = f"{value:.0f} {unit}"
    # "-0" is how Python rounds a little less than nothing.
    return text.removeprefix("-") if text.startswith(("-0 ", "-0°")) else text.replace("-", "−")


def most_useful(requirements: tuple[Requirement, ...]) -> Requirement | None:
    """The requirement to speak about: red before amber, then in the order that helps; None when all is well."""
    rank = {name: index for index, name in enumerate(ADVICE_ORDER)}
    faulty = [r for r in requirements if r.verdict in (Verdict.RED, Verdict.AMBER)]
    if not faulty:
        return None
    return min(faulty, key=lambda r: (r.verdict is not Verdict.RED, rank.get(r.name, len(rank))))
