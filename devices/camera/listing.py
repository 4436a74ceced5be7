"""Which cameras are plugged in, each with its name and a source text that finds it again at another socket or index."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from devices.camera.opencv import cv2

_BY_ID = Path("/dev/v4l/by-id")


class Seen(Protocol):
    """What cv2-enumerate-cameras tells of a camera."""

    index: int
    name: str
    path: str | None
    vid: int | None
    pid: int | None


@dataclass(frozen=True)
class FoundCamera:
    """name: as the camera calls itself; source: for devices.camera.capture.Camera, the same after replugging and
    restarting; index: where it is now."""

    name: str
    source: str
    index: int


def cameras() -> tuple[FoundCamera, ...]:
    """The cameras that are plugged in now, in the order of their index. Opens no stream; takes some milliseconds."""
    # It looks for OpenCV itself, which has to be imported in its own way first.
    from cv2_enumerate_cameras import enumerate_cameras

    backend = cv2.CAP_V4L2 if sys.platform == "linux" else cv2.CAP_MSMF
    return listed(enumerate_cameras(backend), _BY_ID)


def listed(seen: Iterable[Seen], by_id: Path) -> tuple[FoundCamera, ...]:
    """The found cameras with their stable sources. by_id: where udev keeps a link for each camera's serial number.

    Without such a link, maker, product and name are the id, and of two alike the second is "#2": then nothing but
    their order tells them apart.
    """
    links = _links(by_id)
    counted: dict[str, int] = {}
    found = []
    for camera in sorted(seen, key=lambda camera: camera.index):
        identity = links.get(camera.index) or _identity(camera)
        counted[identity] = counted.get(identity, 0) + 1
        if counted[identity] > 1:
            identity = f"{identity}#{counted[identity]}"
        found.append(FoundCamera(camera.name, f"camera:{identity}", camera.index))
    return tuple(found)


def index_of(identity: str, found: Iterable[FoundCamera]) -> int | None:
    """Where the camera of that id is now; None while it is not plugged in."""
    return next((camera.index for camera in found if camera.source == f"camera:{identity}"), None)


def _identity(camera: Seen) -> str:
    if sys.platform != "linux" and camera.path:
        return camera.path
    return f"{camera.vid or 0:04x}:{camera.pid or 0:04x}:{camera.name}"


def _links(by_id: Path) -> dict[int, str]:
    """Index -> name of the link, such as "usb-046d_HD_Webcam_C270_A1B2C3-video-index0"."""
    links: dict[int, str] = {}
    try:
        entries = sorted(by_id.iterdir())
    except OSError:
        return links
    for entry in entries:
        number = entry.resolve().name.removeprefix("video")
        if number.isascii() and number.isdigit():
            links.setdefault(int(number), entry.name)
    return links
