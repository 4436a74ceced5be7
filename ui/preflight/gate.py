"""The gate before a new application: looks at everything in a lane of its own, then lets through or says why not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from ui.background import Job
from ui.desk import CAMERA, CARD_READER, FINGERPRINT, MISSING, PRINTER, UNUSED, Desk
from ui.stages.page import PageContext
from workstation.startup import KEY
from workstation.workflow.preflight.checks import Finding, findings, stopping
from workstation.workflow.preflight.view import look

LANE = "preflight"
NOT_SET_UP = "not-set-up"
# Several devices change their lights together when a hub is unplugged.
SETTLING_MILLISECONDS = 400
_VIDEO = "/dev/video"


def device_states(desk: Desk) -> dict[str, str]:
    """The state of each device as the pre-flight names it; a camera is not opened for it."""
    addresses = {
        CAMERA: desk.settings.camera,
        FINGERPRINT: desk.settings.fingerprint_port,
        CARD_READER: desk.settings.card_reader_port,
        PRINTER: desk.settings.printer_uri,
    }
    states = {name: desk.state(name) if address else NOT_SET_UP for name, address in addresses.items()}
    kind, _colon, number = addresses[CAMERA].partition(":")
    if states[CAMERA] == UNUSED and kind == "usb" and sys.platform == "linux":
        states[CAMERA] = UNUSED if Path(_VIDEO + number).exists() else MISSING
    return states


class PreflightGate(QObject):
    """looked(tuple of Finding) after each look; stopped() when a new application was asked for and may not begin;
    failed(Exception)."""

    looked = Signal(object)
    stopped = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        self._then: Callable[[], None] | None = None
        self.found: tuple[Finding, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLING_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        context.desk.changed.connect(self._timer.start)

    @property
    def busy(self) -> bool:
        """Whether somebody waits behind the gate."""
        return self._then is not None

    def before(self, then: Callable[[], None]) -> None:
        """Looks, and calls `then` if nothing stops the work; one at a time."""
        if self._then is None:
            self._then = then
            self._look()

    def look(self) -> None:
        """Looks once more, for the list and the strip only."""
        if self._job is None:
            self._look()

    def _look(self) -> None:
        if self._job is not None:
            self._job.cancel()
        context = self._context
        devices = device_states(context.desk)
        line, last_contact = self._line()
        self._job = context.background.run(
            LANE, lambda: self._findings(devices, line, last_contact), done=self._seen, failed=self._not_seen
        )

    def _findings(
        self, devices: Mapping[str, str], line: str, last_contact: datetime | None
    ) -> tuple[Finding, ...]:
        office = self._context.office
        return findings(
            look(
                office,
                self._context.who,
                key_file=office.data / KEY,
                devices=devices,
                line=line,
                last_contact=last_contact,
            )
        )

    def _line(self) -> tuple[str, datetime | None]:
        sync = self._context.sync
        if sync is None:
            return "none-set-up", None
        status = sync.status()
        line = "unknown" if status.online is None else "online" if status.online else "offline"
        return line, status.last_contact

    def _seen(self, found: tuple[Finding, ...]) -> None:
        self._job = None
        self.found = found
        then, self._then = self._then, None
        self.looked.emit(found)
        if then is None:
            return
        if stopping(found):
            self.stopped.emit()
        else:
            then()

    def _not_seen(self, error: Exception) -> None:
        self._job = None
        self._then = None
        self.failed.emit(error)

    def leave(self) -> None:
        """Nobody waits any more."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
        self._job = self._then = None
