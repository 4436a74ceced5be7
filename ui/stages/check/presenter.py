"""What the check page does: reads the card by camera or file, binds its chip, completes, has it voided."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from devices.errors import DeviceCancelled, DeviceError
from ui.camera.stream import CameraStream
from ui.lock.confirm import run_confirmed
from ui.stages.page import PageContext
from workstation.biometrics.portrait.decode import read_picture
from workstation.card_reading.reading import SideReading
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.workflow.check import steps
from workstation.workflow.check.models import BACK, FRONT
from workstation.workflow.check.view import CheckView, view
from workstation.workflow.print.void import void_card

T = TypeVar("T")
CARD_SECONDS = 20.0
"""How long one wait for the chip lasts before the next begins."""

_AGAIN_MS = 2000
_LANE = "card_reader"
_PICTURES = "card_pictures"


class CheckPresenter(QObject):
    """One application at a time. The wait for the chip goes on by itself until a chip is bound or the page is left.

    shown(CheckView); reading(bool): a picture of the card is being read; waiting(bool): the reader waits for a chip;
    reader_fault(DeviceError); sides_changed(dict of SideReading): what was read and not yet compared; voided(None or
    Exception); moved(): a verb moved the application; failed(Exception).
    """

    shown = Signal(object)
    reading = Signal(bool)
    waiting = Signal(bool)
    reader_fault = Signal(object)
    sides_changed = Signal(object)
    voided = Signal(object)
    moved = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.stream = CameraStream(context.background, "card_camera", context.desk.card_camera)
        self._application = ""
        self._sides: dict[str, SideReading] = {}
        self._visit = 0
        self._stop: threading.Event | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.wait_for_chip)

    def open(self, application_id: str) -> None:
        self.leave()
        self._application = application_id
        office = self._context.office
        self._run("database", lambda: view(office, application_id), self._opened)
        self.stream.start()

    def leave(self) -> None:
        self._visit += 1
        self.begin_again()
        self.stream.stop()
        self.stop_waiting()

    def read_card(self) -> bool:
        """Reads the side of the card that is on the screen now; False when there is no picture."""
        newest = self.stream.newest()
        if newest is None:
            return False
        picture = newest[0].image
        self._read(lambda: (picture,))
        return True

    def read_files(self, paths: tuple[Path, ...]) -> None:
        """Reads sides of the card from picture files; failed(PictureError) for one that is no picture."""
        self._read(lambda: tuple(read_picture(path) for path in paths))

    def begin_again(self) -> None:
        """The next side begins another reading."""
        self._sides.clear()

    def _read(self, pictures: Callable[[], tuple[NDArray[np.uint8], ...]]) -> None:
        context, application = self._context, self._application

        def work() -> list[SideReading]:
            return [
                steps.read_side(context.office, context.who, application, picture) for picture in pictures()
            ]

        def read(found: list[SideReading]) -> None:
            if len({reading.side for reading in found}) < len(found):
                self._not_read(Refused(Reason.CARD_SIDES))
                return
            for reading in found:
                self._sides[reading.side] = reading
            self.sides_changed.emit(dict(self._sides))
            if {FRONT, BACK} <= set(self._sides):
                self._keep()
            else:
                self.reading.emit(False)

        self.reading.emit(True)
        self._run(_PICTURES, work, read, self._not_read)

    def _keep(self) -> None:
        context, application = self._context, self._application
        front, back = self._sides[FRONT], self._sides[BACK]

        def kept(shown: CheckView) -> None:
            self.begin_again()
            self.reading.emit(False)
            self.shown.emit(shown)

        self._run(
            "database",
            lambda: steps.keep_reading(context.office, context.who, application, front, back),
            kept,
            self._not_read,
        )

    def _not_read(self, error: Exception) -> None:
        if {FRONT, BACK} <= set(self._sides):
            # The pictures, not the card, were at fault: both are taken again.
            self.begin_again()
            self.sides_changed.emit({})
        self.reading.emit(False)
        self.failed.emit(error)

    def wait_for_chip(self) -> None:
        if self._stop is not None:
            return
        self._stop = stop = threading.Event()
        context, application = self._context, self._application

        def wait() -> CheckView:
            card = context.desk.card_reader().wait_for_card(seconds=CARD_SECONDS, cancelled=stop.is_set)
            return steps.bind_chip(context.office, context.who, application, card.uid)

        self.waiting.emit(True)
        self._run(_LANE, wait, self._bound, self._not_bound)

    def stop_waiting(self) -> None:
        self._again.stop()
        if self._stop is not None:
            self._stop.set()
            self._stop = None
            self.waiting.emit(False)

    def complete(self) -> None:
        context, application = self._context, self._application

        def completed(_stage: Stage) -> None:
            self.moved.emit()

        self._run("database", lambda: steps.complete(context.office, context.who, application), completed)

    def void(self, reason: str, username: str, password: str) -> None:
        """Voids the card with a second person; `voided(None)` or `voided(error)` follows."""
        context, application = self._context, self._application

        def done(_stage: Stage) -> None:
            self.voided.emit(None)
            self.moved.emit()

        self._run(
            "database",
            lambda: void_card(
                context.office, context.who, application, reason, username=username, password=password
            ),
            done,
            self.voided.emit,
        )

    def _run(
        self,
        lane: str,
        work: Callable[[], T],
        then: Callable[[T], None],
        otherwise: Callable[[Exception], None] | None = None,
    ) -> None:
        visit = self._visit

        def done(result: T) -> None:
            if visit == self._visit:
                then(result)

        def failed(error: Exception) -> None:
            if visit == self._visit:
                (otherwise or self.failed.emit)(error)

        run_confirmed(self._context, lane, work, done=done, failed=failed)

    def _opened(self, shown: CheckView) -> None:
        self.shown.emit(shown)
        if shown.chip_serial is None:
            self.wait_for_chip()

    def _bound(self, shown: CheckView) -> None:
        self._stop = None
        self.waiting.emit(False)
        self.shown.emit(shown)

    def _not_bound(self, error: Exception) -> None:
        self._stop = None
        self.waiting.emit(False)
        if isinstance(error, DeviceCancelled):
            return
        if isinstance(error, DeviceError):
            # Nobody is held up by a reader: it is asked again until a chip comes or the clerk goes on.
            if error.code != "no-card":
                self.reader_fault.emit(error)
            self._again.start()
        else:
            self.failed.emit(error)
