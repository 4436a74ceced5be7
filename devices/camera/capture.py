"""A camera that is on: one thread opens the source, reads it and closes it; the newest picture wins."""

from __future__ import annotations

import logging
import threading
import time
from types import TracebackType
from typing import Self

import numpy as np

from devices.camera import Frame
from devices.camera.mode import USUAL, CameraMode
from devices.camera.opencv import cv2
from devices.camera.source import DEVICE, PictureSource, SourceEnded, Taken, opener
from devices.camera.usable import is_usable
from devices.errors import DeviceError, DeviceGone, DeviceMissing, DeviceProtocolError, DeviceTimeout

_log = logging.getLogger(__name__)

# A source that was open and gives nothing for so long has stopped, whatever it claims.
_STOPPED_SECONDS = 2.0
# A sensor's noise never repeats. The same bytes for so long are a picture of somebody who may have left.
_FROZEN_SECONDS = 3.0
_REOPEN_SECONDS = 0.5
# A fault that is known is told after this long, so that a caller who asks in a loop does not spin.
_KNOWN_FAULT_SECONDS = 0.3
_CLOSE_SECONDS = 2.0


class Camera:
    """A source that is being watched from construction to close(); it is reopened by itself when it fails.

    latest() and close() may be called from any thread.
    """

    def __init__(self, source: str, mode: CameraMode = USUAL) -> None:
        """source: as in devices.camera.source; mode: size and exposure asked of a USB camera.

        Raises DeviceMissing "unknown-source"; all else latest() tells.
        """
        self.source = source
        self._open = opener(source, mode)
        self._changed = threading.Condition()
        self._ending = threading.Event()
        self._frame: Frame | None = None
        self._sequence = -1
        self._fault: tuple[type[DeviceError], str] | None = None
        # What a frozen camera showed last: it is no news from it when it was opened anew.
        self._stuck: Taken | None = None
        # A read that a driver never returns from must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._thread.start()

    def latest(self, after: int = -1, seconds: float = 1.0) -> Frame:
        """The newest picture, waiting up to `seconds` for one whose sequence is greater than `after`.

        Raises DeviceMissing "cannot-open"; DeviceGone "source-stopped", "source-frozen" (the same bytes for
        3 s from a live camera) or "closed"; DeviceProtocolError "frames-unusable" (all of one colour,
        partly dead green, smaller than 64 pixels, or damaged for 2 s) or "resolution-changed" (while it was
        running; it is opened anew); DeviceTimeout "no-frame".
        """
        begun = time.monotonic()
        with self._changed:
            while True:
                now = time.monotonic()
                if self._ending.is_set():
                    raise DeviceGone(DEVICE, "closed", source=self.source)
                fault = self._fault or self._silent_since(now)
                frame = self._frame
                if fault is None and frame is not None and frame.sequence > after:
                    return frame
                left = begun + (seconds if fault is None else min(seconds, _KNOWN_FAULT_SECONDS)) - now
                if left <= 0:
                    kind, code = fault or (DeviceTimeout, "no-frame")
                    raise kind(DEVICE, code, source=self.source)
                self._changed.wait(min(left, 0.1))

    def close(self) -> None:
        """End the thread and give the source back; may be called twice."""
        self._ending.set()
        with self._changed:
            self._changed.notify_all()
        self._thread.join(_CLOSE_SECONDS)
        if self._thread.is_alive():
            _log.warning("the camera's driver does not return from a read: %s", self.source)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _silent_since(self, now: float) -> tuple[type[DeviceError], str] | None:
        if self._frame is not None and now - self._frame.taken_at > _STOPPED_SECONDS:
            return DeviceGone, "source-stopped"
        return None

    def _run(self) -> None:
        while not self._ending.is_set():
            try:
                opened = self._open()
            except SourceEnded:
                self._tell_ended()
            else:
                try:
                    self._watch(opened)
                finally:
                    opened.close()
            self._ending.wait(_REOPEN_SECONDS)

    def _watch(self, opened: PictureSource) -> None:
        """Read until the source ends, freezes, changes its picture's size, or the camera is closed."""
        last_usable = last_change = next_due = time.monotonic()
        previous = self._stuck
        size: tuple[int, ...] | None = None
        while not self._ending.is_set():
            try:
                taken = opened.read()
            except (SourceEnded, cv2.error):
                self._tell_ended()
                return
            now = time.monotonic()
            if taken is None or not is_usable(taken.image):
                if now - last_usable > _STOPPED_SECONDS:
                    self._tell(DeviceProtocolError, "frames-unusable")
            elif size is not None and taken.image.shape != size:
                self._tell(DeviceProtocolError, "resolution-changed")
                return
            else:
                last_usable, size = now, taken.image.shape
                if opened.period or previous is None or not _same(taken, previous):
                    last_change, self._stuck = now, None
                elif now - last_change > _FROZEN_SECONDS:
                    self._stuck = taken
                    self._tell(DeviceGone, "source-frozen")
                    return
                previous = taken
                if self._stuck is None:
                    self._show(taken, now)
            # A source that fell behind does not hurry to make up for it.
            next_due = max(next_due + opened.period, now)
            self._ending.wait(next_due - now)

    def _show(self, taken: Taken, now: float) -> None:
        with self._changed:
            self._sequence += 1
            self._frame = Frame(taken.image, self._sequence, now, taken.jpeg)
            self._fault = None
            self._changed.notify_all()

    def _tell_ended(self) -> None:
        if self._frame is None:
            self._tell(DeviceMissing, "cannot-open")
        else:
            self._tell(DeviceGone, "source-stopped")

    def _tell(self, kind: type[DeviceError], code: str) -> None:
        with self._changed:
            self._fault = (kind, code)
            self._changed.notify_all()


def _same(one: Taken, other: Taken) -> bool:
    if one.jpeg is not None and other.jpeg is not None:
        return one.jpeg == other.jpeg
    return np.array_equal(one.image, other.image)
