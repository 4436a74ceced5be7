"""One portrait, judged requirement by requirement: what was measured, what is wanted, and the verdict."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workstation.biometrics.portrait import measures
from workstation.biometrics.portrait.detect import Box, Detector, Findings
from workstation.biometrics.portrait.limits import PortraitLimits, Verdict

__all__ = ["PortraitReport", "Requirement", "Verdict", "examine"]


@dataclass(frozen=True)
class Requirement:
    """name: stable, as in PortraitLimits; value: measured, None where it could not be (then it is red);
    unit: "count", "share", "px", "ratio" or "ΔE"; low and high: the green band, None where it is open."""

    name: str
    value: float | None
    unit: str
    low: float | None
    high: float | None
    verdict: Verdict


@dataclass(frozen=True)
class PortraitReport:
    """face: outline of the largest face; eyes (the person's right one first) and chin: where the mesh found
    them; all in pixels. verdict: the worst of the requirements'."""

    face: Box | None
    eyes: tuple[measures.Point, measures.Point] | None
    chin: measures.Point | None
    requirements: tuple[Requirement, ...]
    verdict: Verdict

    @property
    def faces(self) -> int:
        """How many faces were found."""
        return int(self.requirements[0].value or 0)


def examine(image: NDArray[np.uint8], limits: PortraitLimits, detector: Detector) -> PortraitReport:
    """Judge a picture (height, width, 3) uint8 blue-green-red; the same pixels give the same report.

    Requirements: face_count, head_size, eye_distance, centring, sharpness, exposure, mouth_closed, background.
    """
    findings = detector.detect(image)
    face = None if findings.landmarks is None else measures.geometry(findings.landmarks)
    measured = _measured(image, findings, face)
    requirements = tuple(_requirement(name, unit, value, limits) for name, unit, value in measured)
    verdicts = {requirement.verdict for requirement in requirements}
    worst = next(v for v in (Verdict.RED, Verdict.AMBER, Verdict.GREEN) if v in verdicts)
    return PortraitReport(
        findings.faces[0] if findings.faces else None,
        face.eyes if face else None,
        face.chin if face else None,
        requirements,
        worst,
    )


def _measured(
    image: NDArray[np.uint8], findings: Findings, face: measures.FaceGeometry | None
) -> list[tuple[str, str, float | None]]:
    landmarks = findings.landmarks

    def of_face(
        measure: Callable[[measures.FaceGeometry, NDArray[np.float32]], float | None],
    ) -> float | None:
        return None if face is None or landmarks is None else measure(face, landmarks)

    return [
        ("face_count", "count", float(len(findings.faces))),
        ("head_size", "share", of_face(lambda face, _: measures.head_size(face, image))),
        ("eye_distance", "px", of_face(lambda face, _: face.eye_distance)),
        ("centring", "share", of_face(lambda face, _: measures.centring(face, image))),
        ("sharpness", "ratio", of_face(lambda face, _: measures.sharpness(image, face, findings.faces[0]))),
        ("exposure", "share", of_face(lambda _, mesh: measures.exposure(image, mesh, findings.faces[0]))),
        ("mouth_closed", "ratio", of_face(lambda face, mesh: measures.mouth_opening(mesh, face))),
        ("background", "ΔE", of_face(lambda f, _: measures.background_spread(findings, f, image))),
    ]


def _requirement(name: str, unit: str, value: float | None, limits: PortraitLimits) -> Requirement:
    band = limits.band(name)
    return Requirement(
        name,
        value,
        unit,
        band.low if math.isfinite(band.low) else None,
        band.high if math.isfinite(band.high) else None,
        Verdict.RED if value is None else band.judge(value),
    )
