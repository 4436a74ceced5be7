"""The devices on this clerk's desk: opened on first use, watched, and opened again after they went away.

A device is opened in the thread (lane) that uses it, never in the window's. What a device does to its light is seen
here: the wrappers below let every call through and note how it ended.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from devices.camera import Frame
from devices.camera.capture import Camera
from devices.camera.mode import CameraMode
from devices.card_reader import CardFound, CardReader, ReaderIdentity
from devices.card_reader.pn532 import Pn532
from devices.errors import DeviceCancelled, DeviceError, DeviceMissing, DeviceRefused, DeviceTimeout
from devices.fingerprint import FingerImage, FingerprintSensor, SensorIdentity
from devices.fingerprint.suprema import SupremaSensor
from printing.errors import PrinterError
from printing.printer import JobState, Printer, PrinterState
from printing.printer.ipp import IppPrinter, is_address
from ui.qt_printer import QtPrinter
from workstation.settings import Settings
from workstation.workflow.printers.view import KnownPrinter, PrinterWay

T = TypeVar("T")
D = TypeVar("D")
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

CAMERA, CARD_CAMERA, FINGERPRINT, CARD_READER, PRINTER = (
    "camera",
    "card_camera",
    "fingerprint",
    "card_reader",
    "printer",
)
DEVICES = (CAMERA, FINGERPRINT, CARD_READER, PRINTER)
UNUSED, READY, WORKING, MISSING, GONE = "unused", "ready", "working", "missing", "gone"
# After these the device itself is well: nobody came, somebody stopped it, or it said no.
_NOBODY_CAME = ("no-finger", "no-card")


def _state_after(error: DeviceError) -> str:
    if isinstance(error, DeviceCancelled | DeviceRefused):
        return READY
    if isinstance(error, DeviceTimeout) and error.code in _NOBODY_CAME:
        return READY
    return MISSING if isinstance(error, DeviceMissing) else GONE


class _Watched:
    """Lets the calls of one device through and tells the desk how each went."""

    def __init__(self, desk: Desk, name: str) -> None:
        self._desk = desk
        self._name = name

    def _through(self, call: Callable[[], T]) -> T:
        self._desk.note(self._name, WORKING)
        try:
            result = call()
        except DeviceError as error:
            state = _state_after(error)
            self._desk.note(self._name, state)
            if state != READY:
                self._desk.release(self._name)
            raise
        self._desk.note(self._name, READY)
        return result


class _WatchedSensor(_Watched):
    def __init__(self, desk: Desk, sensor: FingerprintSensor) -> None:
        super().__init__(desk, FINGERPRINT)
        self._sensor = sensor
        self.close = sensor.close

    def identify(self) -> SensorIdentity:
        return self._through(self._sensor.identify)

    def capture(
        self, *, seconds: float, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> FingerImage:
        return self._through(
            lambda: self._sensor.capture(seconds=seconds, progress=progress, cancelled=cancelled)
        )


class _WatchedReader(_Watched):
    def __init__(self, desk: Desk, reader: CardReader) -> None:
        super().__init__(desk, CARD_READER)
        self._reader = reader
        self.close = reader.close

    def identify(self) -> ReaderIdentity:
        return self._through(self._reader.identify)

    def wait_for_card(self, *, seconds: float, cancelled: Cancelled | None = None) -> CardFound:
        return self._through(lambda: self._reader.wait_for_card(seconds=seconds, cancelled=cancelled))


class _WatchedCamera:
    """A camera opens itself again, so its faults only change the light."""

    def __init__(self, desk: Desk, name: str, camera: Camera) -> None:
        self._desk = desk
        self._name = name
        self._camera = camera
        self.close = camera.close

    def latest(self, after: int = -1, seconds: float = 1.0) -> Frame:
        try:
            frame = self._camera.latest(after, seconds)
        except DeviceError as error:
            self._desk.note(self._name, _state_after(error))
            raise
        self._desk.note(self._name, READY)
        return frame


class _WatchedPrinter:
    """The print queue answers anew each time, so its faults only change the light."""

    def __init__(self, desk: Desk, printer: Printer) -> None:
        self._desk = desk
        self._printer = printer
        self.close = printer.close

    def _through(self, call: Callable[[], T]) -> T:
        try:
            result = call()
        except PrinterError as error:
            self._desk.note(PRINTER, MISSING if error.code in ("unreachable", "bad-address") else READY)
            raise
        self._desk.note(PRINTER, READY)
        return result

    def state(self) -> PrinterState:
        state = self._through(self._printer.state)
        self._desk.note(PRINTER, WORKING if state.state == "processing" else READY)
        return state

    def submit(self, pdf: bytes, name: str) -> int:
        return self._through(lambda: self._printer.submit(pdf, name))

    def job(self, job_id: int, name: str = "") -> JobState:
        return self._through(lambda: self._printer.job(job_id, name))

    def find_job(self, name: str) -> int | None:
        return self._through(lambda: self._printer.find_job(name))

    def cancel(self, job_id: int) -> None:
        self._through(lambda: self._printer.cancel(job_id))


class Desk(QObject):
    """The devices that the settings name. `changed(name, state)` may be emitted from any thread.

    The openers raise DeviceMissing "not-set-up" where the settings name no device, and what the driver raises; they
    block and belong into a lane.
    """

    changed = Signal(str, str)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self._lock = threading.Lock()
        self._opening = {name: threading.Lock() for name in (*DEVICES, CARD_CAMERA)}
        self._open: dict[str, Any] = {}
        self._printers: dict[str, _WatchedPrinter] = {}
        self._states: dict[str, str] = {}
        self._closed = False

    def state(self, name: str) -> str:
        """ "unused" before the first use, then "ready", "working", "missing" (never found) or "gone" (was there)."""
        with self._lock:
            return self._states.get(name, UNUSED)

    def note(self, name: str, state: str) -> None:
        """The light of a device, as its last call left it."""
        with self._lock:
            if self._states.get(name, UNUSED) == state or self._closed:
                return
            self._states[name] = state
        self.changed.emit(name, state)

    def camera(self) -> _WatchedCamera:
        """The camera that looks at the applicant."""
        held = self.settings
        mode = CameraMode(held.camera_width, held.camera_height, held.camera_exposure_ms)
        return self._device(CAMERA, held.camera, lambda s: _WatchedCamera(self, CAMERA, Camera(s, mode)))

    def use_camera(self, settings: Settings) -> None:
        """Other settings from now on; the applicant's camera is opened anew on its next use. Blocks."""
        self.settings = settings
        self.release(CAMERA)

    def card_camera(self) -> _WatchedCamera:
        """The camera that looks at a finished card; the applicant's camera where both are the same device."""
        if self.settings.card_camera == self.settings.camera:
            return self.camera()
        return self._device(
            CARD_CAMERA, self.settings.card_camera, lambda s: _WatchedCamera(self, CARD_CAMERA, Camera(s))
        )

    def fingerprint_sensor(self) -> FingerprintSensor:
        """The enrolment sensor on its serial line."""

        def opened(port: str) -> _WatchedSensor:
            return _WatchedSensor(self, SupremaSensor.open(port, self.settings.fingerprint_baud))

        return self._device(FINGERPRINT, self.settings.fingerprint_port, opened)

    def card_reader(self) -> CardReader:
        """The contactless reader on its serial line."""

        def opened(port: str) -> _WatchedReader:
            return _WatchedReader(self, Pn532(port, self.settings.card_reader_baud))

        return self._device(CARD_READER, self.settings.card_reader_port, opened)

    def printer(self) -> Printer:
        """The card printer of the settings."""
        address = self.settings.printer_uri
        if not address:
            self.note(PRINTER, MISSING)
            raise DeviceMissing(PRINTER, "not-set-up")
        return self._printer_at(address, system=not is_address(address))

    def printer_of(self, known: KnownPrinter) -> Printer:
        """One of the office's printers, over IPP or through the operating system's queue of that name."""
        return self._printer_at(known.address, system=known.way is PrinterWay.SYSTEM)

    def _printer_at(self, address: str, *, system: bool) -> Printer:
        with self._opening[PRINTER]:
            if address not in self._printers:
                way: Printer = QtPrinter(address) if system else IppPrinter(address)
                self._printers[address] = _WatchedPrinter(self, way)
            return self._printers[address]

    def _device(self, name: str, address: str, opened: Callable[[str], D]) -> D:
        with self._opening[name]:
            if name in self._open:
                found: D = self._open[name]
                return found
            try:
                if not address:
                    raise DeviceMissing(name, "not-set-up")
                device = opened(address)
            except DeviceError as error:
                self.note(name, _state_after(error))
                raise
            self._open[name] = device
            return device

    def release(self, name: str) -> None:
        """Closes a device; the next call opens it again."""
        with self._opening[name]:
            device = self._open.pop(name, None)
            printers = list(self._printers.values()) if name == PRINTER else []
            if printers:
                self._printers.clear()
        for printer in printers:
            with contextlib.suppress(PrinterError):
                printer.close()
        if device is not None:
            with contextlib.suppress(DeviceError, PrinterError):
                device.close()

    def look(self, name: str) -> None:
        """Opens a serial device or asks the printer once, so that its light tells the truth. Blocks."""
        with contextlib.suppress(DeviceError, PrinterError):
            if name == FINGERPRINT:
                self.fingerprint_sensor().identify()
            elif name == CARD_READER:
                self.card_reader().identify()
            elif name == PRINTER:
                self.printer().state()

    def close(self) -> None:
        """Closes every device; call it when the lanes have ended."""
        self._closed = True
        for name in (*DEVICES, CARD_CAMERA):
            self.release(name)
