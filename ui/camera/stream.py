"""The live stream of one camera: a loop in the camera's own lane that hands the window the newest picture only."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from devices.camera import Frame
from devices.camera.opencv import cv2
from devices.errors import DeviceError
from ui.background import Background

_FRAME_SECONDS = 1.0
_PAUSE_SECONDS = 0.3


class FrameSource(Protocol):
    """What the stream needs of a camera."""

    def latest(self, after: int = -1, seconds: float = 1.0) -> Frame:
        """The newest frame after that sequence number; raises DeviceError kinds."""


class CameraStream(QObject):
    """Begins with start(), ends with stop(). Pictures that the window was too slow for are left out, never queued.

    fresh: a new picture is in `picture` (already scaled) and `frame` (as the camera gave it). interrupted(error):
    the source gave a DeviceError; the loop goes on asking, and the next `fresh` means that it came back.
    """

    fresh = Signal()
    interrupted = Signal(object)

    def __init__(self, background: Background, lane: str, open_camera: Callable[[], FrameSource]) -> None:
        super().__init__()
        self._background = background
        self._lane = lane
        self._open_camera = open_camera
        self._lock = threading.Lock()
        self._shown = True
        self._end: threading.Event | None = None
        self._room = QSize(640, 360)
        self.frame: Frame | None = None
        self.picture: QImage | None = None

    def fit_into(self, room: QSize) -> None:
        """Scale the following pictures to fit into `room`, in device pixels."""
        self._room = QSize(max(room.width(), 16), max(room.height(), 16))

    def start(self) -> None:
        if self._end is None:
            self._end = end = threading.Event()
            self._background.run(self._lane, lambda: self._loop(end))

    def stop(self) -> None:
        if self._end is not None:
            self._end.set()
            self._end = None
        with self._lock:
            self.frame = self.picture = None
            self._shown = True

    def newest(self) -> tuple[Frame, QImage] | None:
        """The newest picture, taken once per `fresh` by the window."""
        with self._lock:
            self._shown = True
            return (self.frame, self.picture) if self.frame is not None and self.picture is not None else None

    def _loop(self, end: threading.Event) -> None:
        camera: FrameSource | None = None
        after = -1
        told: str | None = None
        while not end.is_set():
            try:
                source = self._open_camera()
                if source is not camera:
                    camera, after = source, -1
                frame = camera.latest(after=after, seconds=_FRAME_SECONDS)
            except DeviceError as error:
                if error.code != told and not end.is_set():
                    told = error.code
                    self.interrupted.emit(error)
                end.wait(_PAUSE_SECONDS)
                continue
            told = None
            after = frame.sequence
            picture = scaled(frame.image, self._room)
            with self._lock:
                if end.is_set():
                    return
                self.frame, self.picture = frame, picture
                tell, self._shown = self._shown, False
            if tell:
                self.fresh.emit()


def scaled(image: NDArray[np.uint8], room: QSize) -> QImage:
    """A picture (rows x columns x BGR) as large as fits into `room`, never enlarged, on memory of its own."""
    height, width = image.shape[:2]
    factor = min(room.width() / width, room.height() / height, 1.0)
    if factor < 1.0:
        size = (max(1, round(width * factor)), max(1, round(height * factor)))
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    image = np.ascontiguousarray(image)
    rows, columns = image.shape[:2]
    return QImage(image.data, columns, rows, image.strides[0], QImage.Format.Format_BGR888).copy()
