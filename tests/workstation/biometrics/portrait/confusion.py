"""The confusion table: how far each harm moves each requirement, in units of the way from good to red.

A cell is the change of the measured value by the distance from the unharmed value to the red limit on the side to
which it moved: 1 is red, 0 is unmoved. The table is printed by the benchmark and asserted on by the tests.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from tests.workstation.biometrics.portrait.harms import HARMS, Scene
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.examine import REQUIREMENTS, PortraitReport, examine
from workstation.biometrics.portrait.limits import PortraitLimits

LIMITS = PortraitLimits()

# Which requirement each harm is meant to break; gamma and noise are nobody's fault.
OWN: Mapping[str, str | None] = {
    "poster": "second_face",
    "far": "eye_distance",
    "near": "head_size",
    "aside": "centring",
    "roll": "roll",
    "pitch": "pitch",
    "yaw": "yaw",
    "closed_eyes": "eyes_open",
    "looking_aside": "gaze",
    "open_mouth": "mouth_closed",
    "smile": "expression",
    "glasses": "glasses",
    "glare": "glare",
    "red_eyes": "red_eye",
    "covered_mouth": "face_covered",
    "covered_eyes": "face_covered",
    "hair_over_face": "face_covered",
    "scarf": "head_covering",
    "side_light": "lighting",
    "face_shadow": "face_shadow",
    "dark": "exposure",
    "bright": "exposure",
    "gamma": None,
    "fog": "contrast",
    "colour_cast": "colour_cast",
    "curtain": "background",
    "dark_wall": "background_colour",
    "wall_shadow": "background_shadow",
    "blur": "sharpness",
    "motion": "motion_blur",
    "noise": None,
    "pixelated": "pixelation",
    "jpeg": "compression",
    "few_pixels": "resolution",
}


def values(report: PortraitReport) -> dict[str, float | None]:
    return {requirement.name: requirement.value for requirement in report.requirements}


def reports(scene: Scene, detector: Detector, harm: str, strengths: Iterable[float]) -> list[PortraitReport]:
    return [examine(HARMS[harm](scene, strength), LIMITS, detector) for strength in strengths]


def moved(before: float | None, after: float | None, requirement: str) -> float | None:
    """A cell of the table; None where one of the two was not measured."""
    if before is None or after is None:
        return None
    band = LIMITS.band(requirement)
    red = band.red_high if after >= before else band.red_low
    if not math.isfinite(red):
        # Getting better, or only noted: told as a share of the value that a policy might forbid.
        return after - before if requirement == "head_covering" else 0.0
    return abs(after - before) / max(abs(red - before), 1e-6)


def table(scene: Scene, detector: Detector, strength: float = 1.0) -> dict[str, dict[str, float | None]]:
    """harm -> requirement -> cell."""
    good = values(examine(scene.picture, LIMITS, detector))
    found = {}
    for harm in HARMS:
        (report,) = reports(scene, detector, harm, (strength,))
        harmed = values(report)
        found[harm] = {name: moved(good[name], harmed[name], name) for name in REQUIREMENTS}
    return found


def as_text(cells: Mapping[str, Mapping[str, float | None]]) -> str:
    """The table with one row for each harm; its own requirement's cell stands in brackets, "." is below 0.1."""
    lines = ["".ljust(16) + "".join(name[:7].rjust(8) for name in REQUIREMENTS)]
    for harm, row in cells.items():
        line = harm.ljust(16)
        for name in REQUIREMENTS:
            cell = row[name]
            text = "-" if cell is None else "." if cell < 0.1 else ">9" if cell > 9 else f"{cell:.1f}"
            line += (f"[{text}]" if OWN[harm] == name else f"{text} ").rjust(8)
        lines.append(line)
    return "\n".join(lines)
