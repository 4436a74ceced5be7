"""Hand-over without widgets: takes the finger over the sensor's lane, matches and completes in the database's."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from devices.errors import DeviceCancelled
from devices.fingerprint import FingerImage
from ui.background import Job
from ui.stages.page import PageContext
from ui.widgets.slip import slip_name
from workstation.workflow.hand_over import steps
from workstation.workflow.hand_over import view as views
from workstation.workflow.hand_over.handing import Handing

T = TypeVar("T")
FINGER_SECONDS = 20.0
GUARDIAN_FINGER = 2  # ISO/IEC 19794-2: the right index
PROGRESS_EVERY = 0.05  # seconds between two signals; a sensor may report every packet


class HandOverPresenter(QObject):
    """One application at a time. Everything is told by signals in the window's thread.

    opened(HandOverView); taking(bool); progress(received, total) in bytes; matched(MatchView);
    guardian(NFIQ 2 quality); receipt(name, pdf) after the application was closed; refused(Exception): it was not
    handed over; failed(Exception).
    """

    opened = Signal(object)
    taking = Signal(bool)
    progress = Signal(int, int)
    matched = Signal(object)
    guardian = Signal(int)
    refused = Signal(object)
    receipt = Signal(str, bytes)
    failed = Signal(object)
    busy = Signal(bool)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.application_id = ""
        self._number = ""
        self._stop = threading.Event()
        self._jobs: list[Job] = []

    def open(self, application_id: str, number: str) -> None:
        """Reads what the page shows; `opened` follows."""
        self.leave()
        self.application_id, self._number = application_id, number
        office = self._context.office
        self._run("database", lambda: views.view(office, application_id), self.opened.emit)

    def take(self, position: int) -> None:
        """Takes the finger at `position` (ISO/IEC 19794-2, 1 to 10) and matches it 1:1 with the stored template."""
        office, who, application_id = self._context.office, self._context.who, self.application_id
        self._capture(
            lambda image: steps.match(office, who, application_id, position, image), self.matched.emit
        )

    def take_guardian(self) -> None:
        """Takes a print of who comes for a child, her right index finger; `guardian` follows."""
        office, who, application_id = self._context.office, self._context.who, self.application_id
        self._capture(
            lambda image: steps.take_guardian_print(office, who, application_id, GUARDIAN_FINGER, image),
            self.guardian.emit,
        )

    def _capture(self, use: Callable[[FingerImage], T], done: Callable[[T], None]) -> None:
        desk = self._context.desk
        stop = self._stop = threading.Event()
        told = 0.0

        def report(received: int, total: int) -> None:
            nonlocal told
            now = time.monotonic()
            if received >= total or now - told >= PROGRESS_EVERY:
                told = now
                self.progress.emit(received, total)

        def capture() -> FingerImage:
            if stop.is_set():
                raise DeviceCancelled("fingerprint", "cancelled")
            return desk.fingerprint_sensor().capture(
                seconds=FINGER_SECONDS, progress=report, cancelled=stop.is_set
            )

        def captured(image: FingerImage) -> None:
            self._run("database", lambda: use(image), used, stopped)

        def used(outcome: T) -> None:
            self.taking.emit(False)
            done(outcome)

        def stopped(error: Exception) -> None:
            self.taking.emit(False)
            if not isinstance(error, DeviceCancelled):
                self.failed.emit(error)

        self.taking.emit(True)
        self._run("fingerprint", capture, captured, stopped)

    def cancel(self) -> None:
        """Stops a capture under way; `taking(False)` follows when the sensor has let go."""
        self._stop.set()

    def read_again(self) -> None:
        """What the page shows changed; `opened` follows."""
        office, application_id = self._context.office, self.application_id
        self._run("database", lambda: views.view(office, application_id), self.opened.emit)

    def complete(self, handing: Handing) -> None:
        """Gives the card and closes the application; `receipt` or `refused` follows."""
        office, who, application_id = self._context.office, self._context.who, self.application_id

        def done(pdf: bytes) -> None:
            self.busy.emit(False)
            self.receipt.emit(self.receipt_name, pdf)

        def refused(error: Exception) -> None:
            self.busy.emit(False)
            self.refused.emit(error)

        self.busy.emit(True)
        self._run("database", lambda: steps.complete(office, who, application_id, handing), done, refused)

    @property
    def receipt_name(self) -> str:
        """What the receipt is called when it is saved."""
        return slip_name(self._number)

    def leave(self) -> None:
        """Stops the sensor and lets go of the application; answers still under way are dropped."""
        self._stop.set()
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()
        self.application_id = ""

    def _run(
        self,
        lane: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        self._jobs.append(
            self._context.background.run(lane, work, done=done, failed=failed or self.failed.emit)
        )
