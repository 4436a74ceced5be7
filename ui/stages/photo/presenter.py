"""What the photo page does: streams the camera, judges the newest picture, takes the shot, completes the stage."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from ui.camera.stream import CameraStream
from ui.stages.page import PageContext
from ui.widgets.decoded import decoded
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.examine import PortraitReport, examine
from workstation.biometrics.portrait.limits import PortraitLimits
from workstation.domain.stages import Stage
from workstation.workflow.photo import steps
from workstation.workflow.photo.view import PhotoView, limits, view

T = TypeVar("T")
_JUDGE_EVERY_MS = 200
_LANE = "portrait"


class PhotoPresenter(QObject):
    """One application at a time, from open() to leave(); answers to an earlier one are dropped.

    judged(PortraitReport, (width, height) of the picture judged); shown(PhotoView, QImage of
    the portrait); taking(bool);
    completed(Stage); failed(Exception).
    """

    judged = Signal(object, object)
    shown = Signal(object, QImage)
    taking = Signal(bool)
    completed = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.stream = CameraStream(context.background, "camera", context.desk.camera)
        self._detector: Detector | None = None
        self._limits: PortraitLimits | None = None
        self._application = ""
        self._visit = 0
        self._room = QSize(200, 256)
        self._judging = False
        self._judged_sequence = -1
        self._clock = QTimer(self)
        self._clock.setInterval(_JUDGE_EVERY_MS)
        self._clock.timeout.connect(self._judge)

    def open(self, application_id: str) -> None:
        self._visit += 1
        self._application = application_id
        self._limits = None
        self._judging = False
        office = self._context.office

        def read() -> tuple[PhotoView, QImage, PortraitLimits]:
            shown = view(office, application_id)
            return shown, decoded(shown.portrait, self._room), limits(office, application_id)

        self._run("database", read, self._opened)
        self.stream.start()
        self._clock.start()

    def fit_portrait_into(self, room: QSize) -> None:
        """The room for the portrait, in device pixels."""
        self._room = room

    def leave(self) -> None:
        self._visit += 1
        self._clock.stop()
        self.stream.stop()
        # The detector belongs to the thread of its lane, so it is closed there.
        self._context.background.run(_LANE, self._drop_detector)

    def take(self) -> bool:
        """Judges and keeps the picture on the screen now; False when there is none."""
        newest = self.stream.newest()
        if newest is None or self._limits is None:
            return False
        image, application = newest[0].image, self._application
        self.taking.emit(True)
        context = self._context

        def keep() -> tuple[PhotoView, QImage]:
            shown = steps.take(context.office, context.who, application, image, self._own_detector())
            return shown, decoded(shown.portrait, self._room)

        self._run(_LANE, keep, self._taken)
        return True

    def complete(self, forced_reason: str | None = None) -> None:
        context, application = self._context, self._application
        self.taking.emit(True)
        self._run(
            "database",
            lambda: steps.complete(context.office, context.who, application, forced_reason),
            self._completed,
        )

    def _run(self, lane: str, work: Callable[[], T], then: Callable[[T], None]) -> None:
        visit = self._visit

        def done(result: T) -> None:
            if visit == self._visit:
                then(result)

        def failed(error: Exception) -> None:
            if visit == self._visit:
                self._judging = False
                self.taking.emit(False)
                self.failed.emit(error)

        self._context.background.run(lane, work, done=done, failed=failed)

    def _own_detector(self) -> Detector:
        if self._detector is None:
            self._detector = Detector()
        return self._detector

    def _drop_detector(self) -> None:
        if self._detector is not None:
            self._detector.close()
            self._detector = None

    def _opened(self, answer: tuple[PhotoView, QImage, PortraitLimits]) -> None:
        shown, portrait, self._limits = answer
        self.shown.emit(shown, portrait)

    def _judge(self) -> None:
        frame = self.stream.frame
        limits_now = self._limits
        if self._judging or frame is None or limits_now is None or frame.sequence == self._judged_sequence:
            return
        self._judging = True
        self._judged_sequence = frame.sequence
        size = (frame.image.shape[1], frame.image.shape[0])

        def judged(report: PortraitReport) -> None:
            self._judging = False
            if self.stream.frame is not None:
                self.judged.emit(report, size)

        self._run(_LANE, lambda: examine(frame.image, limits_now, self._own_detector()), judged)

    def _taken(self, answer: tuple[PhotoView, QImage]) -> None:
        self.taking.emit(False)
        self.shown.emit(*answer)

    def _completed(self, stage: Stage) -> None:
        self.taking.emit(False)
        self.completed.emit(stage)
