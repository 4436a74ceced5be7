"""Where pictures come from: each kind of source opened, read a picture at a time, and closed.

camera:ID          a USB camera wherever it is plugged in, as devices.camera.listing names it
usb:0              a camera by index
file:PATH          a still or a video, repeated for ever at its own rate
sequence:PATTERN   numbered stills, "photo_%03d.png", repeated at 25 a second
http://..., https://...   M-JPEG (or any video that FFmpeg knows)
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from devices.camera.listing import cameras, index_of
from devices.camera.mode import CameraMode, exposure_properties
from devices.camera.opencv import cv2
from devices.errors import DeviceMissing

DEVICE = "camera"
OPEN_SECONDS = 1.5
READ_SECONDS = 1.0

_TIMEOUTS = [
    cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
    int(OPEN_SECONDS * 1000),
    cv2.CAP_PROP_READ_TIMEOUT_MSEC,
    int(READ_SECONDS * 1000),
]
_STILLS = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp", ".ppm")
_STILL_PERIOD = 0.1
_SEQUENCE_RATE = 25.0


class SourceEnded(Exception):
    """The source gives no more pictures: unplugged, broken off, or silent for READ_SECONDS."""


@dataclass(frozen=True, eq=False)
class Taken:
    """image: (height, width, 3) uint8 blue-green-red; jpeg: the bytes it was decoded from, where those are known."""

    image: NDArray[np.uint8]
    jpeg: bytes | None = None


class PictureSource(Protocol):
    """An open source. period: seconds from one picture to the next, 0 where the source sets the pace."""

    period: float

    def read(self) -> Taken | None:
        """The next picture; None for one that arrived damaged. Raises SourceEnded."""
        ...

    def close(self) -> None: ...


def opener(source: str, mode: CameraMode) -> Callable[[], PictureSource]:
    """A function that opens `source`, each time anew; it raises SourceEnded where there is nothing to open.

    mode: of USB cameras; files and network cameras have their own.
    Raises DeviceMissing "unknown-source" at once for a text that names no source.
    """
    kind, _, target = source.partition(":")
    if kind in ("http", "https") and target.startswith("//"):
        return lambda: _open_network(source)
    if kind == "usb" and target.isascii() and target.isdigit():
        return lambda: UsbCamera(int(target), mode)
    if kind == "camera" and target:
        return lambda: UsbCamera(_found(target), mode)
    if kind == "file" and target:
        if Path(target).suffix.lower() in _STILLS:
            return lambda: Still(target)
        return lambda: Repeated(target, cv2.CAP_FFMPEG)
    if kind == "sequence" and target:
        return lambda: Repeated(target, cv2.CAP_IMAGES)
    raise DeviceMissing(DEVICE, "unknown-source", source=source)


class Still:
    """One picture file, given again and again; a replaced file shows as soon as it is whole."""

    period = _STILL_PERIOD

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._seen = self._stamp()
        picture = self._decoded()
        if picture is None:
            raise SourceEnded
        self._picture = picture

    def read(self) -> Taken:
        stamp = self._stamp()
        if stamp != self._seen:
            picture = self._decoded()
            # One that is still being written has no picture yet.
            if picture is not None:
                self._picture, self._seen = picture, stamp
        return Taken(self._picture.copy())

    def close(self) -> None:
        """Nothing is held open."""

    def _stamp(self) -> tuple[int, int, int]:
        try:
            found = self._path.stat()
        except OSError as fault:
            raise SourceEnded from fault
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _decoded(self) -> NDArray[np.uint8] | None:
        try:
            content = np.frombuffer(self._path.read_bytes(), np.uint8)
        except OSError as fault:
            raise SourceEnded from fault
        picture = cv2.imdecode(content, cv2.IMREAD_COLOR) if content.size else None
        return None if picture is None else _eight_bit(picture)


class Repeated:
    """A video file or numbered stills, begun again at their end."""

    def __init__(self, target: str, backend: int) -> None:
        self._target, self._backend = target, backend
        self._capture = _opened(cv2.VideoCapture(target, backend))
        rate = self._capture.get(cv2.CAP_PROP_FPS) if backend == cv2.CAP_FFMPEG else _SEQUENCE_RATE
        self.period = 1.0 / (rate if 1.0 <= rate <= 120.0 else _SEQUENCE_RATE)

    def read(self) -> Taken:
        found, picture = self._capture.read()
        if not found:
            self._capture.release()
            self._capture = _opened(cv2.VideoCapture(self._target, self._backend))
            found, picture = self._capture.read()
        if not found:
            raise SourceEnded
        return Taken(_eight_bit(picture))

    def close(self) -> None:
        self._capture.release()


class UsbCamera:
    """A camera of the operating system, by index."""

    period = 0.0

    def __init__(self, index: int, mode: CameraMode) -> None:
        backend = cv2.CAP_V4L2 if sys.platform == "linux" else cv2.CAP_ANY
        self._capture = _opened(cv2.VideoCapture(index, backend))
        # Uncompressed, USB 2 carries this size at a handful of pictures a second.
        self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, mode.width)
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, mode.height)
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        for name, value in exposure_properties(mode, sys.platform):
            self._capture.set(name, value)

    def read(self) -> Taken:
        found, picture = self._capture.read()
        if not found:
            raise SourceEnded
        return Taken(_eight_bit(picture))

    def close(self) -> None:
        self._capture.release()


class NetworkJpegs:
    """M-JPEG over HTTP, its pictures decoded here.

    FFmpeg fills the missing half of a picture cut short from the one before and calls it good: one
    person's chin under another's eyes. So it hands over the bytes; OpenCV's decoder refuses what is not whole.
    """

    period = 0.0

    def __init__(self, capture: cv2.VideoCapture) -> None:
        self._capture = capture

    def read(self) -> Taken | None:
        found, packet = self._capture.read()
        if not found:
            raise SourceEnded
        content = _eight_bit(packet)
        try:
            picture = cv2.imdecode(content, cv2.IMREAD_COLOR) if content.size else None
        except cv2.error:
            # More pixels than any camera has: its head lies.
            return None
        return None if picture is None else Taken(_eight_bit(picture), content.tobytes())

    def close(self) -> None:
        self._capture.release()


class NetworkVideo:
    """Any other video over HTTP, decoded by FFmpeg."""

    period = 0.0

    def __init__(self, url: str) -> None:
        self._capture = _opened(cv2.VideoCapture(url, cv2.CAP_FFMPEG, _TIMEOUTS))

    def read(self) -> Taken:
        found, picture = self._capture.read()
        if not found:
            raise SourceEnded
        return Taken(_eight_bit(picture))

    def close(self) -> None:
        self._capture.release()


def _found(identity: str) -> int:
    index = index_of(identity, cameras())
    if index is None:
        raise SourceEnded
    return index


def _open_network(url: str) -> NetworkJpegs | NetworkVideo:
    capture = _opened(cv2.VideoCapture(url, cv2.CAP_FFMPEG, [*_TIMEOUTS, cv2.CAP_PROP_FORMAT, -1]))
    if int(capture.get(cv2.CAP_PROP_FOURCC)) == cv2.VideoWriter.fourcc(*"MJPG"):
        return NetworkJpegs(capture)
    capture.release()
    return NetworkVideo(url)


def _opened(capture: cv2.VideoCapture) -> cv2.VideoCapture:
    if not capture.isOpened():
        capture.release()
        raise SourceEnded
    return capture


def _eight_bit(picture: object) -> NDArray[np.uint8]:
    return np.asarray(picture, np.uint8)
