"""What the pre-registration panel asks for, in lanes of their own: only the newest answer is told."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from ui.background import Job
from ui.camera.stream import CameraStream
from ui.stages.page import PageContext
from workstation.workflow.pre_registrations.view import codes_in, expected_today, is_slip, look_up

LANE = "search"
_READ_EVERY_MS = 250


class PreRegistrationPresenter(QObject):
    """found(FoundPreRegistration), expected(tuple of Expected), seen(text of a slip's code), strange() (another
    code), failed(Exception)."""

    found = Signal(object)
    expected = Signal(object)
    seen = Signal(str)
    strange = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        self._today: Job | None = None
        self._reading: Job | None = None
        self._read_sequence = -1
        self.stream = CameraStream(context.background, "camera", context.desk.camera)
        self._clock = QTimer(self, interval=_READ_EVERY_MS)
        self._clock.timeout.connect(self._read)

    def look_up(self, text: str) -> None:
        """`found` or `failed` follows."""
        self._drop(self._job)
        office = self._context.office
        self._job = self._context.background.run(
            LANE, lambda: look_up(office, text), done=self.found.emit, failed=self.failed.emit
        )

    def ask_who_comes(self) -> None:
        """`expected` follows."""
        self._drop(self._today)
        office = self._context.office
        self._today = self._context.background.run(
            LANE, lambda: expected_today(office), done=self.expected.emit, failed=self.failed.emit
        )

    def watch(self) -> None:
        """Opens the camera and reads what is held before it."""
        self._read_sequence = -1
        self.stream.start()
        self._clock.start()

    def stop_watching(self) -> None:
        """Closes the camera."""
        self._clock.stop()
        self._drop(self._reading)
        self._reading = None
        self.stream.stop()

    def stop(self) -> None:
        """Asks no more; answers under way are dropped."""
        self.stop_watching()
        for job in (self._job, self._today):
            self._drop(job)
        self._job = self._today = None

    def _read(self) -> None:
        newest = self.stream.newest()
        if self._reading is not None or newest is None or newest[0].sequence == self._read_sequence:
            return
        frame = newest[0]
        self._read_sequence = frame.sequence

        def work() -> tuple[str, ...]:
            picture: NDArray[np.uint8] = frame.image
            return codes_in(picture)

        self._reading = self._context.background.run(
            "codes", work, done=self._have_read, failed=self.failed.emit
        )

    def _have_read(self, texts: tuple[str, ...]) -> None:
        self._reading = None
        slips = [text for text in texts if is_slip(text)]
        if slips:
            self.seen.emit(slips[0])
        elif texts:
            self.strange.emit()

    @staticmethod
    def _drop(job: Job | None) -> None:
        if job is not None:
            job.cancel()
