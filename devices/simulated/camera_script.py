"""A sitting before the simulated camera, written down: one JSON object a line, played from the first to the last.

{"picture": "face.png", "seconds": 2}
{"rotation": 8, "blur": 2.5, "darkness": 0.4, "size": [640, 480], "seconds": 3}
{"fault": "stall", "seconds": 2}

picture: PNG or JPEG, beside the script unless the path is absolute; it stays until another is named. rotation:
degrees against the clock; blur: sigma in pixels; darkness: 0 as it is to 1 black; size: of the camera's picture
from here on; each holds for its line only, but for picture and size. fault: stall, disconnect, freeze, green,
truncated or dot. Lines that are empty or begin with # are passed over.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from devices.camera.opencv import cv2
from devices.simulated.camera import CameraFault, SimulatedCamera

Picture = NDArray[np.uint8]

FAULTS: dict[str, CameraFault] = {
    "stall": "silent",
    "disconnect": "broken-off",
    "freeze": "frozen",
    "green": "green",
    "truncated": "truncated",
    "dot": "dot",
}
_NUMBERS = {
    "seconds": (0.05, 3600.0),
    "rotation": (-180.0, 180.0),
    "blur": (0.0, 50.0),
    "darkness": (0.0, 1.0),
}
_SIDES = (64, 4096)


class ScriptError(Exception):
    """A script that cannot be played. line: from 1; the message says what is wrong with it."""

    def __init__(self, line: int, fault: str) -> None:
        super().__init__(f"line {line}: {fault}")
        self.line = line


@dataclass(frozen=True, eq=False)
class Step:
    """What the camera shows for `seconds`; image: as the camera sees it, all of the line applied."""

    seconds: float
    image: Picture
    fault: CameraFault | None


def read_script(text: str, folder: Path) -> tuple[Step, ...]:
    """The steps of a script whose pictures lie in `folder`; the same text and pictures give the same steps.

    Raises ScriptError, also for a picture that cannot be read and for a script without a step.
    """
    steps: list[Step] = []
    picture: Picture | None = None
    size: tuple[int, int] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        data = _object(number, line)
        if "picture" in data:
            picture = _read_picture(number, data["picture"], folder)
        if picture is None:
            raise ScriptError(number, "no picture is named before this line")
        if "size" in data:
            size = _size(number, data["size"])
        values = {name: _number(number, name, data.get(name)) for name in _NUMBERS}
        fault = data.get("fault")
        if fault is not None and fault not in FAULTS:
            raise ScriptError(number, f"fault is none of {', '.join(FAULTS)}")
        seconds = values.pop("seconds")
        steps.append(Step(seconds, seen(picture, size, **values), FAULTS.get(fault or "")))
    if not steps:
        raise ScriptError(1, "nothing to play")
    return tuple(steps)


def seen(
    picture: Picture, size: tuple[int, int] | None, *, rotation: float, blur: float, darkness: float
) -> Picture:
    """The picture (blue-green-red) as a camera of `size` (width, height) sees it, turned, blurred and darkened."""
    image: NDArray[Any] = picture if size is None else cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    height, width = image.shape[:2]
    if rotation:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), rotation, 1.0)
        image = cv2.warpAffine(image, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    if blur:
        image = cv2.GaussianBlur(image, (0, 0), blur)
    if darkness:
        image = cv2.convertScaleAbs(image, alpha=1 - darkness)
    return np.asarray(image, np.uint8)


def play(
    camera: SimulatedCamera,
    steps: tuple[Step, ...],
    wait: Callable[[float], bool],
    began: Callable[[int], None],
) -> bool:
    """Plays the steps once, by the clock. wait(seconds): True ends it; began(number from 0): a step begins.

    Returns False if it was ended before the last step was over.
    """
    due = time.monotonic()
    shown: Picture | None = None
    for number, step in enumerate(steps):
        if shown is None or not np.array_equal(shown, step.image):
            camera.show(step.image)
            shown = step.image
        camera.fault(step.fault)
        began(number)
        due += step.seconds
        if wait(max(0.0, due - time.monotonic())):
            return False
    return True


def _object(number: int, line: str) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise ScriptError(number, "not JSON") from fault
    if not isinstance(data, dict):
        raise ScriptError(number, "not an object in braces")
    unknown = data.keys() - _NUMBERS.keys() - {"picture", "size", "fault"}
    if unknown:
        raise ScriptError(number, f"unknown: {', '.join(sorted(unknown))}")
    return data


def _number(number: int, name: str, value: object) -> float:
    low, high = _NUMBERS[name]
    if value is None and name != "seconds":
        return 0.0
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise ScriptError(number, f"{name} is no number from {low:g} to {high:g}")
    return float(value)


def _size(number: int, value: object) -> tuple[int, int]:
    low, high = _SIDES
    if (
        not isinstance(value, list)
        or len(value) != 2
        or not all(type(side) is int and low <= side <= high for side in value)
    ):
        raise ScriptError(number, f"size is not [width, height] from {low} to {high}")
    return value[0], value[1]


def _read_picture(number: int, name: object, folder: Path) -> Picture:
    if not isinstance(name, str):
        raise ScriptError(number, "picture is no file name")
    try:
        content = (folder / name).read_bytes()
        picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR) if content else None
    except (OSError, ValueError, cv2.error):
        picture = None
    if picture is None:
        raise ScriptError(number, f"not a picture that can be read: {name}")
    return np.asarray(picture, np.uint8)
