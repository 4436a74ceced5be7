"""What the photo page does: streams the camera, judges, proposes and keeps photos, compares, completes the stage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from devices.camera import Frame
from ui.camera.stream import CameraStream, scaled
from ui.stages.page import PageContext
from ui.stages.photo.automatic_shot import AutomaticShot, Judged
from ui.stages.photo.judge import LiveJudge
from ui.widgets.decoded import decoded
from workstation.biometrics.portrait.detect import Detector, EngineName, engine_present
from workstation.biometrics.portrait.limits import PortraitLimits
from workstation.workflow.photo import steps
from workstation.workflow.photo.earlier import Comparison, comparison, keep_earlier
from workstation.workflow.photo.exception import ExceptionView, exception_view, take_exception
from workstation.workflow.photo.propose import Proposal, automatic_shot_allowed, propose
from workstation.workflow.photo.view import PhotoView, limits, view

T = TypeVar("T")
# More than any picture may have: the rest of such a file is not read, and what was read is refused by its size.
_MOST_FILE_BYTES = 64_000_000


@dataclass(frozen=True, eq=False)
class ShownPhoto:
    """What is kept, with every shot's picture for the panel and for the row below (null images where damaged)."""

    view: PhotoView
    large: tuple[QImage, ...]
    small: tuple[QImage, ...]


@dataclass(frozen=True, eq=False)
class Opened:
    """What the page needs at first: what is kept, the limits, the engine that measures, whether the camera may
    propose (never with an engine that cannot measure everything), the exception photo."""

    photo: ShownPhoto
    limits: PortraitLimits
    engine: EngineName
    automatic: bool
    exception: ExceptionView
    exception_picture: QImage


class PhotoPresenter(QObject):
    """One application at a time, from open() to leave(); answers and pictures of an earlier one are dropped.

    opened(Opened); judged(Judged); shown(ShownPhoto): a photo was kept or chosen; proposed(Proposal, QImage): nothing
    is kept yet; exception(ExceptionView, QImage); compared(Comparison, QImage, QImage); armed_changed();
    taking(bool); completed(Stage); failed(Exception).
    """

    opened = Signal(object)
    judged = Signal(object)
    shown = Signal(object)
    proposed = Signal(object, QImage)
    exception = Signal(object, QImage)
    compared = Signal(object, QImage, QImage)
    armed_changed = Signal()
    taking = Signal(bool)
    completed = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.stream = CameraStream(context.background, "camera", context.desk.camera)
        self._judge = LiveJudge(context.background, self.stream)
        self._judge.judged.connect(self._judged)
        self._automatic = AutomaticShot()
        self._proposal: Proposal | None = None
        self._application = ""
        self._visit = 0
        self._limits: PortraitLimits | None = None
        self._large, self._small = QSize(200, 256), QSize(52, 66)

    @property
    def armed(self) -> bool:
        """Whether the camera will propose a shot for the open application."""
        return self._automatic.armed

    def fit_into(self, large: QSize, small: QSize) -> None:
        """The room for photos on the panel and in the row, in device pixels."""
        self._large, self._small = large, small

    def open(self, application_id: str) -> None:
        self._forget()
        self._application = application_id
        office = self._context.office

        def read() -> Opened:
            exception, engine = exception_view(office, application_id), engine_present()
            return Opened(
                self._shown_photo(view(office, application_id)),
                limits(office, application_id),
                engine,
                engine is EngineName.MEDIAPIPE and automatic_shot_allowed(office, application_id),
                exception,
                decoded(exception.picture, self._large),
            )

        def opened(answer: Opened) -> None:
            self._limits = answer.limits
            self.opened.emit(answer)

        self._run("database", read, opened)
        self.stream.start()

    def leave(self) -> None:
        self._forget()
        self.stream.stop()
        self._judge.end()

    def look(self, judging: bool) -> None:
        """Whether the live picture is judged now; the camera may propose only while it is."""
        if judging and self._limits is not None:
            self._judge.begin(self._application, self._limits)
        else:
            self.disarm()
            self._judge.pause()

    def arm(self) -> None:
        self._automatic.arm(self._application)
        self.armed_changed.emit()

    def disarm(self) -> None:
        if self._automatic.armed:
            self._automatic.disarm()
            self.armed_changed.emit()

    def take(self, frames: Sequence[Frame], one_more_because: str = "") -> None:
        """Keeps the best of the pictures, at least one, all of the application that is open."""
        context, application = self._context, self._application
        self.disarm()

        def keep(detector: Detector) -> ShownPhoto:
            return self._shown_photo(
                steps.take_best(
                    context.office,
                    context.who,
                    application,
                    frames,
                    detector,
                    one_more_because=one_more_because,
                )
            )

        self._run_verb(keep, self.shown.emit)

    def accept(self, proposal: Proposal) -> bool:
        """Keeps what was proposed; False, and nothing is kept, when it is not what is proposed here and now."""
        if proposal is not self._proposal or proposal.application_id != self._application:
            return False
        self._proposal = None
        self.take((proposal.frame,))
        return True

    def drop_proposal(self) -> None:
        self._proposal = None

    def choose(self, shot_id: str) -> None:
        """Another of the photos kept is the portrait from now on."""
        context, application = self._context, self._application
        self._run_verb(
            lambda _detector: self._shown_photo(
                steps.choose(context.office, context.who, application, shot_id)
            ),
            self.shown.emit,
        )

    def take_exception(self, frame: Frame, reason: str) -> None:
        context, application = self._context, self._application

        def keep(detector: Detector) -> tuple[ExceptionView, QImage]:
            held = take_exception(context.office, context.who, application, frame, reason, detector)
            return held, decoded(held.picture, self._large)

        self._run_verb(keep, lambda answer: self.exception.emit(*answer))

    def compare(self, file: Path | None = None) -> None:
        """The earlier picture beside the new one; `file` is kept as the earlier picture first."""
        context, application, room = self._context, self._application, self._large

        def read(detector: Detector) -> tuple[Comparison, QImage, QImage]:
            if file is not None:
                with file.open("rb") as opened:
                    content = opened.read(_MOST_FILE_BYTES)
                keep_earlier(context.office, context.who, application, content, detector)
            found = comparison(context.office, application, detector)
            earlier = QImage() if found.earlier is None else scaled(found.earlier, room)
            return found, scaled(found.new, room), earlier

        self._run_verb(read, lambda answer: self.compared.emit(*answer))

    def complete(self, forced_reason: str | None = None) -> None:
        context, application = self._context, self._application
        self.taking.emit(True)
        self._run(
            "database",
            lambda: steps.complete(context.office, context.who, application, forced_reason),
            self.completed.emit,
        )

    def _forget(self) -> None:
        self._visit += 1
        self._limits = None
        self._proposal = None
        self.disarm()
        self._judge.pause()

    def _judged(self, judged: Judged) -> None:
        if judged.application_id != self._application:
            return
        armed = self._automatic.armed
        self.judged.emit(judged)
        pictures = self._automatic.see(judged)
        if armed and not self._automatic.armed:
            self.armed_changed.emit()
        if pictures:
            self._propose(pictures)

    def _propose(self, pictures: tuple[Judged, ...]) -> None:
        office, application, room = self._context.office, self._application, self._large
        offered = [(judged.frame, judged.report) for judged in pictures]

        def read(_detector: Detector) -> tuple[Proposal, QImage]:
            proposal = propose(office, application, offered)
            return proposal, scaled(proposal.portrait, room)

        def proposed(answer: tuple[Proposal, QImage]) -> None:
            self._proposal = answer[0]
            self.proposed.emit(*answer)

        self._run_verb(read, proposed)

    def _shown_photo(self, held: PhotoView) -> ShownPhoto:
        return ShownPhoto(
            held,
            tuple(decoded(shot.portrait, self._large) for shot in held.shots),
            tuple(decoded(shot.portrait, self._small) for shot in held.shots),
        )

    def _run_verb(self, work: Callable[[Detector], T], then: Callable[[T], None]) -> None:
        """Work in the lane of the models, told by taking(True) and taking(False)."""
        done, failed = self._answers(then)
        self.taking.emit(True)
        self._judge.run(work, done=done, failed=failed)

    def _run(self, lane: str, work: Callable[[], T], then: Callable[[T], None]) -> None:
        done, failed = self._answers(then)
        self._context.background.run(lane, work, done=done, failed=failed)

    def _answers(self, then: Callable[[T], None]) -> tuple[Callable[[T], None], Callable[[Exception], None]]:
        visit = self._visit

        def done(result: T) -> None:
            if visit == self._visit:
                self.taking.emit(False)
                then(result)

        def failed(error: Exception) -> None:
            if visit == self._visit:
                self.taking.emit(False)
                self.failed.emit(error)

        return done, failed
