"""Judges the newest live picture, again and again, in the analysis lane; the live picture never waits for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from ui.background import Background, Job
from ui.camera.stream import CameraStream
from ui.stages.photo.automatic_shot import Judged
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.examine import PortraitReport, examine
from workstation.biometrics.portrait.limits import PortraitLimits

T = TypeVar("T")
# Ten times a second is as fast as a clerk sees; the rest of the processor is left to the live picture.
_JUDGE_EVERY_MS = 100
_LANE = "portrait"


class LiveJudge(QObject):
    """One picture at a time; those that come meanwhile are left out. judged(Judged).

    The models belong to the lane's thread: they are made, used and closed there.
    """

    judged = Signal(object)

    def __init__(self, background: Background, stream: CameraStream) -> None:
        super().__init__()
        self._background = background
        self._stream = stream
        self._detector: Detector | None = None
        self._application = ""
        self._limits: PortraitLimits | None = None
        self._visit = 0
        self._judging = False
        self._sequence = -1
        self._clock = QTimer(self)
        self._clock.setInterval(_JUDGE_EVERY_MS)
        self._clock.timeout.connect(self._judge)

    def begin(self, application_id: str, limits: PortraitLimits) -> None:
        """Judge for this application from now on; answers for an earlier one are dropped."""
        self._visit += 1
        self._application, self._limits = application_id, limits
        self._judging = False
        self._clock.start()

    def pause(self) -> None:
        """No judging until begin() or go_on(); what is under way is dropped."""
        self._visit += 1
        self._judging = False
        self._clock.stop()

    def go_on(self) -> None:
        if self._limits is not None:
            self._clock.start()

    def end(self) -> None:
        """Stops and gives the models back."""
        self.pause()
        self._limits = None
        self._background.run(_LANE, self._drop_detector)

    def run(
        self,
        work: Callable[[Detector], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> Job:
        """Work that needs the models, after what is being judged now."""
        return self._background.run(_LANE, lambda: work(self._own_detector()), done=done, failed=failed)

    def _own_detector(self) -> Detector:
        if self._detector is None:
            self._detector = Detector()
        return self._detector

    def _drop_detector(self) -> None:
        if self._detector is not None:
            self._detector.close()
            self._detector = None

    def _judge(self) -> None:
        frame, limits = self._stream.frame, self._limits
        if self._judging or frame is None or limits is None or frame.sequence == self._sequence:
            return
        self._judging = True
        self._sequence = frame.sequence
        visit, application = self._visit, self._application

        def judged(report: PortraitReport) -> None:
            if visit == self._visit:
                self._judging = False
                if self._stream.frame is not None:
                    self.judged.emit(Judged(application, frame, report))

        def failed(error: Exception) -> None:
            if visit == self._visit:
                self._judging = False
            # A picture that cannot be judged is a fault of the program and is reported as one.
            self._background.unanswered.emit(error)

        self.run(lambda detector: examine(frame.image, limits, detector), done=judged, failed=failed)
