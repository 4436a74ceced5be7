"""The best of several pictures that were taken one right after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.examine import PortraitReport, Verdict
from workstation.biometrics.portrait.landmarks import Picture

# Judging is the costly part; more than these would keep the clerk waiting.
_JUDGED = 3
_WIDTH = 480
_GRAVITY = {Verdict.RED: 100, Verdict.AMBER: 1}


def best_picture(
    pictures: Sequence[Picture], examine: Callable[[Picture], PortraitReport]
) -> tuple[int, PortraitReport]:
    """Index and report of the best: fewest red requirements, then fewest amber ones, then the sharpest.

    pictures: at least one, (height, width, 3) uint8 blue-green-red. At most the three sharpest are judged.
    """
    sharpness = [edges(picture) for picture in pictures]
    sharpest = sorted(range(len(pictures)), key=lambda index: (-sharpness[index], index))[:_JUDGED]
    reports: dict[int, PortraitReport] = {}
    for index in sharpest:
        reports[index] = examine(pictures[index])
        if _gravity(reports[index]) == 0:
            # Of those that are left none is sharper.
            break
    chosen = min(reports, key=lambda index: (_gravity(reports[index]), -sharpness[index], index))
    return chosen, reports[chosen]


def edges(picture: Picture) -> float:
    """How sharp a picture is beside others of the same scene: deviation of its Laplacian at a common width."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    scale = _WIDTH / max(picture.shape[1], 1)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    _, deviation = cv2.meanStdDev(cv2.Laplacian(np.asarray(grey, np.uint8), cv2.CV_16S))
    return float(deviation[0, 0])


def _gravity(report: PortraitReport) -> int:
    return sum(_GRAVITY.get(requirement.verdict, 0) for requirement in report.requirements)
