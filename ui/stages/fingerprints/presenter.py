"""What the fingerprints page does: asks the sensor for one finger, has it judged and kept, marks missing ones."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from devices.errors import DeviceCancelled
from ui.stages.page import PageContext
from workstation.domain.stages import Stage
from workstation.workflow.fingerprints import steps
from workstation.workflow.fingerprints.view import FingerprintsView, FingerView, view
from workstation.workflow.signature.steps import note_cannot_sign, take_signature

T = TypeVar("T")
FINGER_SECONDS = 20.0
"""How long the sensor waits for a finger before it says that none came."""

_LANE = "fingerprint"


class FingerprintsPresenter(QObject):
    """One application at a time. While `capturing`, begin() and the other verbs do nothing.

    shown(FingerprintsView); began(position); received(bytes so far, bytes in all); judging(): the image is here and
    is being judged; kept(position, FingerView); ended(): no capture runs any more; completed(Stage); failed(Exception).
    signed(None, or an Exception): what became of a signature, or of its reason.
    """

    shown = Signal(object)
    began = Signal(int)
    received = Signal(int, int)
    judging = Signal()
    kept = Signal(int, object)
    ended = Signal()
    completed = Signal(object)
    failed = Signal(object)
    signed = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._application = ""
        self._visit = 0
        self._stop: threading.Event | None = None

    @property
    def capturing(self) -> bool:
        return self._stop is not None

    def open(self, application_id: str) -> None:
        self.leave()
        self._application = application_id
        self._read()

    def leave(self) -> None:
        """Breaks a running capture off and forgets the application."""
        self._visit += 1
        self.cancel()
        self._stop = None

    def cancel(self) -> None:
        if self._stop is not None:
            self._stop.set()

    def begin(self, position: int) -> None:
        if self._stop is not None:
            return
        self._stop = stop = threading.Event()
        context, application, visit = self._context, self._application, self._visit
        told = -1

        def progress(received: int, total: int) -> None:
            # Some hundred packets make one image: a change of a hundredth is all that can be seen.
            nonlocal told
            step = received * 100 // max(total, 1)
            if step != told and visit == self._visit:
                told = step
                self.received.emit(received, total)

        def capture() -> FingerView:
            sensor = context.desk.fingerprint_sensor()
            image = sensor.capture(seconds=FINGER_SECONDS, progress=progress, cancelled=stop.is_set)
            if stop.is_set():
                raise DeviceCancelled("fingerprint", "cancelled")
            self.judging.emit()
            return steps.take(context.office, context.who, application, position, image)

        def kept(finger: FingerView) -> None:
            self.kept.emit(position, finger)
            # Until the page has gone on to the next finger, F5 must not take this one once more.
            self._read(self._end_capture)

        self.began.emit(position)
        self._run(_LANE, capture, kept)

    def mark_missing(self, position: int, reason: str) -> None:
        if self._stop is not None:
            return
        context, application = self._context, self._application
        self._run(
            "database",
            lambda: steps.mark_missing(context.office, context.who, application, position, reason),
            lambda _finger: self._read(),
        )

    def sign(self, png: bytes) -> None:
        """Keeps what the person wrote on the pad."""
        office, who, application = self._context.office, self._context.who, self._application
        self._settle_signature(lambda: take_signature(office, who, application, png))

    def cannot_sign(self, reason: str) -> None:
        """Keeps why the card shows no signature."""
        office, who, application = self._context.office, self._context.who, self._application
        self._settle_signature(lambda: note_cannot_sign(office, who, application, reason))

    def _settle_signature(self, work: Callable[[], object]) -> None:
        visit = self._visit

        def done(_view: object) -> None:
            if visit == self._visit:
                self.signed.emit(None)
                self._read()

        def failed(error: Exception) -> None:
            if visit == self._visit:
                self.signed.emit(error)

        self._context.background.run("database", work, done=done, failed=failed)

    def complete(self) -> None:
        if self._stop is not None:
            return
        context, application = self._context, self._application
        self._run(
            "database",
            lambda: steps.complete(context.office, context.who, application),
            self._completed,
        )

    def _run(self, lane: str, work: Callable[[], T], then: Callable[[T], None]) -> None:
        visit = self._visit

        def done(result: T) -> None:
            if visit == self._visit:
                then(result)

        def failed(error: Exception) -> None:
            if visit != self._visit:
                return
            if lane == _LANE:
                self._end_capture()
            if isinstance(error, DeviceCancelled):
                return
            self.failed.emit(error)
            self._read()

        self._context.background.run(lane, work, done=done, failed=failed)

    def _end_capture(self) -> None:
        self._stop = None
        self.ended.emit()

    def _read(self, then: Callable[[], None] = lambda: None) -> None:
        office, application = self._context.office, self._application
        visit = self._visit

        def shown(answer: FingerprintsView) -> None:
            if visit == self._visit:
                self.shown.emit(answer)
                then()

        def failed(error: Exception) -> None:
            if visit == self._visit:
                then()
                self.failed.emit(error)

        self._context.background.run("database", lambda: view(office, application), done=shown, failed=failed)

    def _completed(self, stage: Stage) -> None:
        self.completed.emit(stage)
