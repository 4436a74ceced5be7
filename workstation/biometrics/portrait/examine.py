"""One portrait, judged requirement by requirement: what was measured, what is wanted, and the verdict."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from workstation.biometrics.portrait.background import measure_background
from workstation.biometrics.portrait.detect import Detector, EngineName, Findings
from workstation.biometrics.portrait.eye_region import measure_eye_region
from workstation.biometrics.portrait.eyes_mouth import measure_eyes_mouth
from workstation.biometrics.portrait.face_view import view_face
from workstation.biometrics.portrait.head import measure_faces, measure_place, measure_pose
from workstation.biometrics.portrait.landmarks import Box, FaceLandmarks, Point
from workstation.biometrics.portrait.light import measure_light
from workstation.biometrics.portrait.limits import REQUIREMENTS, PortraitLimits, Verdict
from workstation.biometrics.portrait.occlusion import measure_occlusion
from workstation.biometrics.portrait.picture_quality import measure_picture

__all__ = ["FAMILIES", "REQUIREMENTS", "PortraitReport", "Requirement", "Verdict", "examine"]

# All requirements by what the clerk can do about them, in the order in which that helps.
FAMILIES: dict[str, tuple[str, ...]] = {
    "head": ("face_count", "second_face", "head_size", "eye_distance", "centring", "roll", "pitch", "yaw"),
    "face": (
        *("eyes_open", "gaze", "mouth_closed", "expression"),
        *("glasses", "glare", "red_eye", "face_covered", "head_covering"),
    ),
    "light": ("lighting", "face_shadow", "exposure", "contrast", "colour_cast"),
    "background": ("background", "background_colour", "background_shadow"),
    "picture": ("sharpness", "motion_blur", "pixelation", "compression", "resolution"),
}

_UNITS = {
    "face_count": "count",
    **dict.fromkeys(("eye_distance", "resolution"), "px"),
    **dict.fromkeys(("roll", "pitch", "yaw"), "°"),
    **dict.fromkeys(("background", "colour_cast"), "ΔE"),
    "background_colour": "L*",
    **dict.fromkeys(("head_size", "second_face", "centring", "exposure", "red_eye", "face_covered"), "share"),
    **dict.fromkeys(("glasses", "glare", "head_covering", "face_shadow", "background_shadow"), "share"),
}


@dataclass(frozen=True)
class Requirement:
    """name: stable, one of REQUIREMENTS; value: measured, None where it could not be; unit: "count", "share", "px",
    "ratio", "°", "ΔE" or "L*"; low and high: the green band, None where it is open."""

    name: str
    value: float | None
    unit: str
    low: float | None
    high: float | None
    verdict: Verdict

    @property
    def sentence(self) -> str:
        """Stable code of what the clerk should be told: "good", or the name with "-low", "-high" or "-absent"."""
        if self.value is None or not math.isfinite(self.value):
            return f"{self.name}-absent"
        if self.low is not None and self.value < self.low:
            return f"{self.name}-low"
        if self.high is not None and self.value > self.high:
            return f"{self.name}-high"
        return "good"


@dataclass(frozen=True)
class PortraitReport:
    """face: outline of the largest face; eyes (the person's right one first) and chin: where they were
    found; all in pixels. verdict: the worst of the requirements', amber where one could not be measured.
    landmarks: all parts of the largest face; engine: what found them."""

    face: Box | None
    eyes: tuple[Point, Point] | None
    chin: Point | None
    requirements: tuple[Requirement, ...]
    verdict: Verdict
    landmarks: FaceLandmarks | None = field(default=None, compare=False, repr=False)
    engine: EngineName = EngineName.MEDIAPIPE

    @property
    def faces(self) -> int:
        """How many faces were found, those of posters left out."""
        return int(self.requirements[0].value or 0)


def examine(image: NDArray[np.uint8], limits: PortraitLimits, detector: Detector) -> PortraitReport:
    """Judge a picture (height, width, 3) uint8 blue-green-red; the same pixels give the same report.

    What the engine or the picture does not allow to measure is said to be not measured, never green; a face
    whose eyes were not found is red. For small children take `limits.for_age`.
    """
    findings = detector.detect(image)
    measured = _measured(image, findings)
    requirements = tuple(
        _requirement(name, measured[name], limits, bool(findings.faces)) for name in REQUIREMENTS
    )
    landmarks = findings.landmarks
    return PortraitReport(
        findings.faces[0] if findings.faces else None,
        landmarks.eyes if landmarks else None,
        landmarks.chin if landmarks else None,
        requirements,
        _overall(requirements),
        landmarks,
        detector.engine,
    )


def _measured(image: NDArray[np.uint8], findings: Findings) -> dict[str, float | None]:
    measured: dict[str, float | None] = dict.fromkeys(REQUIREMENTS)
    measured.update(measure_faces(findings))
    if findings.landmarks is None:
        return measured
    face = findings.landmarks.geometry
    measured.update(measure_place(face, image))
    measured.update(measure_picture(image, face, findings.faces[0]))
    measured.update(measure_background(findings, face, image.shape[1]))
    view = view_face(image, findings)
    if view is not None:
        measured.update(measure_pose(view.picture_mesh))
        measured.update(measure_eyes_mouth(view))
        measured.update(measure_eye_region(view))
        measured.update(measure_occlusion(view))
        measured.update(measure_light(view))
    return measured


def _requirement(name: str, value: float | None, limits: PortraitLimits, face_found: bool) -> Requirement:
    band = limits.band(name)
    if value is not None:
        verdict = band.judge(value)
    else:
        unclear = name == "eye_distance" and face_found
        verdict = Verdict.RED if unclear else Verdict.NOT_MEASURED
    return Requirement(
        name,
        value,
        _UNITS.get(name, "ratio"),
        band.low if math.isfinite(band.low) else None,
        band.high if math.isfinite(band.high) else None,
        verdict,
    )


def _overall(requirements: tuple[Requirement, ...]) -> Verdict:
    verdicts = {requirement.verdict for requirement in requirements}
    if Verdict.RED in verdicts:
        return Verdict.RED
    return Verdict.GREEN if verdicts == {Verdict.GREEN} else Verdict.AMBER
