"""The fingers of a simulated sensor: pictures from a folder, in name order or as somebody asks."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from PIL import Image

WIDTH = 272
HEIGHT = 320
NEXT = "next"
"""A file of this name in the folder names the picture to place next, and is taken away when used."""

_SUFFIXES = {".png", ".pgm", ".bmp"}


class FingerImages:
    """Chooses the picture for the next scan. Thread-safe.

    folder: pictures of any size, cut or widened with white to 272 x 320. in_turn: when nobody asked for
    a finger, take the folder's pictures in name order, from the beginning again after the last.
    """

    def __init__(self, folder: Path | None, *, in_turn: bool = True) -> None:
        self._folder = folder
        self._in_turn = in_turn
        self._turn = 0
        self._asked: list[NDArray[np.uint8]] = []
        self._lock = Lock()

    def place(self, pixels: NDArray[np.uint8]) -> None:
        """Have this picture (rows x columns, 0 = ridge) placed at the next free scan."""
        with self._lock:
            self._asked.append(_fit(pixels))

    def take(self) -> NDArray[np.uint8] | None:
        """The picture for a scan that waits now, or None while no finger is to be placed."""
        with self._lock:
            if self._asked:
                return self._asked.pop(0)
        if self._folder is None:
            return None
        asked = self._asked_by_file(self._folder)
        if asked is not None or not self._in_turn:
            return asked
        pictures = sorted(path for path in self._folder.iterdir() if path.suffix.lower() in _SUFFIXES)
        for _ in pictures:
            picture = _read(pictures[self._turn % len(pictures)])
            self._turn += 1
            if picture is not None:
                return picture
        return None

    @staticmethod
    def _asked_by_file(folder: Path) -> NDArray[np.uint8] | None:
        request = folder / NEXT
        if not request.is_file():
            return None
        picture = _read(folder / request.read_text(encoding="utf-8").strip())
        # A request or picture that is only half written is left for the next look.
        if picture is not None:
            request.unlink()
        return picture


def _read(path: Path) -> NDArray[np.uint8] | None:
    """The picture in a file, or None when it holds none."""
    if path.suffix.lower() not in _SUFFIXES:
        return None
    try:
        with Image.open(path) as picture:
            return _fit(np.asarray(picture.convert("L"), dtype=np.uint8))
    except (OSError, SyntaxError):
        return None


def _fit(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Centre on a white field of the sensor's size."""
    field = np.full((HEIGHT, WIDTH), 255, np.uint8)
    rows, columns = min(HEIGHT, pixels.shape[0]), min(WIDTH, pixels.shape[1])
    top, left = (HEIGHT - rows) // 2, (WIDTH - columns) // 2
    from_top, from_left = (pixels.shape[0] - rows) // 2, (pixels.shape[1] - columns) // 2
    field[top : top + rows, left : left + columns] = pixels[
        from_top : from_top + rows, from_left : from_left + columns
    ]
    return field
