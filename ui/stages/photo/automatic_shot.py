"""When the camera may propose a shot by itself: armed by the clerk for one application, all green, steady.

    off --arm--> armed --all green and still for half a second--> proposed (off again)
    armed --another application, a second face, disarm--> off

Armed once, it proposes once. Pictures are gathered from the moment of arming on and belong to one application.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

from devices.camera import Frame
from workstation.biometrics.portrait.examine import PortraitReport, Verdict

STEADY_SECONDS = 0.5
# The best of these is kept; they span the steady time and no more.
MOST_PICTURES = 5
# Of the distance between the eyes: so far may the face wander, and its size change, while it counts as still.
_STILL = 0.12
# Pictures farther apart than this say nothing about what was between them.
_LONGEST_GAP_SECONDS = 1.0


@dataclass(frozen=True, eq=False)
class Judged:
    """One picture with what was found in it, for one application."""

    application_id: str
    frame: Frame
    report: PortraitReport


class AutomaticShot:
    """Knows no window and no clock: time is that of the pictures."""

    def __init__(self) -> None:
        self._application = ""
        self._steady: deque[Judged] = deque(maxlen=MOST_PICTURES)
        self._since = 0.0

    @property
    def armed(self) -> bool:
        return bool(self._application)

    def arm(self, application_id: str) -> None:
        self._application = application_id
        self._steady.clear()

    def disarm(self) -> None:
        self._application = ""
        self._steady.clear()

    def see(self, judged: Judged) -> tuple[Judged, ...]:
        """Takes in the next picture; the pictures to propose, the newest last, when the moment has come."""
        if not self.armed:
            return ()
        if judged.application_id != self._application or judged.report.faces > 1:
            self.disarm()
            return ()
        if judged.report.verdict is not Verdict.GREEN:
            self._steady.clear()
            return ()
        if self._steady and not self._goes_on(judged):
            self._steady.clear()
        if not self._steady:
            self._since = judged.frame.taken_at
        self._steady.append(judged)
        if judged.frame.taken_at - self._since < STEADY_SECONDS or len(self._steady) < 2:
            return ()
        pictures = tuple(self._steady)
        self.disarm()
        return pictures

    def _goes_on(self, judged: Judged) -> bool:
        before = self._steady[-1]
        gap = judged.frame.taken_at - before.frame.taken_at
        return 0 < gap <= _LONGEST_GAP_SECONDS and _still(self._steady[0].report, judged.report)


def _still(before: PortraitReport, now: PortraitReport) -> bool:
    if before.eyes is None or now.eyes is None:
        return False
    allowed = _STILL * max(math.dist(*before.eyes), 1.0)
    return all(math.dist(a, b) <= allowed for a, b in zip(before.eyes, now.eyes, strict=True))
