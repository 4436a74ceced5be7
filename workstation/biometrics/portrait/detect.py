"""Finding the face: one Detector for everybody, behind it MediaPipe or, without it, OpenCV's Haar cascades."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from types import TracebackType
from typing import Protocol, Self

import numpy as np

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.landmarks import Box, FaceLandmarks, Mask, Picture

_FRAME_WIDTH = 320
_SMALLEST_SIDE, _LONGEST_SHAPE = 48, 4
# A face so much smaller than the largest is the wall's pattern.
_SMALLEST_SHARE = 0.12


class EngineName(StrEnum):
    """mediapipe: faces, mesh of 478 points with iris, person; haar: faces and eyes only."""

    MEDIAPIPE = "mediapipe"
    HAAR = "haar"


@dataclass(frozen=True, eq=False)
class Findings:
    """What was found in one picture.

    faces: the largest first; scores: 0-1 beside each, None where the engine gives none. landmarks: of the
    largest, None where its parts were not found. small: the whole picture reduced, blue-green-red; person:
    float32 0-1 of the same height and width, 1 where a person is, None where the engine cannot tell.
    """

    faces: tuple[Box, ...]
    landmarks: FaceLandmarks | None
    small: Picture
    person: Mask | None


class FaceEngine(Protocol):
    """What stands behind Detector. Owned by one thread; pictures are (height, width, 3) uint8 blue-green-red."""

    name: EngineName

    def find_faces(self, small: Picture) -> list[tuple[Box, float | None]]:
        """The faces in pixels of `small`, each with its score, in any order."""

    def find_landmarks(self, image: Picture, face: Box, score: float | None) -> FaceLandmarks | None:
        """The parts of the face in that box of the whole picture; None where they were not found."""

    def find_person(self, small: Picture) -> Mask | None:
        """Where a person is, of `small`'s height and width; None where the engine cannot tell."""

    def close(self) -> None:
        """Give the models back; may be called twice."""


def engine_present() -> EngineName:
    """The engine that a Detector will use, told without loading it."""
    return EngineName.MEDIAPIPE if find_spec("mediapipe") is not None else EngineName.HAAR


class Detector:
    """The loaded models. Making one takes about 1.5 s the first time; one thread makes, uses and closes it."""

    def __init__(self, engine: EngineName | None = None) -> None:
        wanted = engine or engine_present()
        self._engine = _open(wanted)

    @property
    def engine(self) -> EngineName:
        return self._engine.name

    def detect(self, image: Picture) -> Findings:
        """image: (height, width, 3) uint8 blue-green-red; in what is no camera's picture nothing is found."""
        if not is_a_picture(image):
            return Findings((), None, image, None)
        small = _reduced(image)
        # The person is looked for while face and mesh are: the thread lives no longer than this call.
        with ThreadPoolExecutor(1, "portrait-person") as beside:
            person = beside.submit(self._engine.find_person, small)
            faces, landmarks = self._find_face(image, small)
        return Findings(faces, landmarks, small, person.result())

    def _find_face(self, image: Picture, small: Picture) -> tuple[tuple[Box, ...], FaceLandmarks | None]:
        found = sorted(self._engine.find_faces(small), key=lambda entry: entry[0].height, reverse=True)
        scale_x, scale_y = image.shape[1] / small.shape[1], image.shape[0] / small.shape[0]
        faces = tuple(
            Box(box.x * scale_x, box.y * scale_y, box.width * scale_x, box.height * scale_y)
            for box, _ in found
            if box.height >= _SMALLEST_SHARE * found[0][0].height
        )
        return faces, self._engine.find_landmarks(image, faces[0], found[0][1]) if faces else None

    def segment(self, image: Picture) -> Mask | None:
        """Where a person is: float32 0-1 of the picture's height and width, with the model's soft edge; None where
        the engine cannot tell or this is no camera's picture."""
        person = self._engine.find_person(_reduced(image)) if is_a_picture(image) else None
        if person is None:
            return None
        size = (image.shape[1], image.shape[0])
        return np.asarray(np.clip(cv2.resize(person, size, interpolation=cv2.INTER_CUBIC), 0, 1), np.float32)

    def close(self) -> None:
        """Give the models back; may be called twice."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def is_a_picture(image: Picture) -> bool:
    """MediaPipe ends the whole program on a picture a hundred times as wide as high."""
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8:
        return False
    shorter, longer = sorted(image.shape[:2])
    return bool(shorter >= _SMALLEST_SIDE and longer <= _LONGEST_SHAPE * shorter)


def _open(name: EngineName) -> FaceEngine:
    # Only the thread that uses an engine pays for its import.
    if name is EngineName.MEDIAPIPE:
        from workstation.biometrics.portrait.mediapipe_engine import MediapipeEngine

        return MediapipeEngine()
    from workstation.biometrics.portrait.haar_engine import HaarEngine

    return HaarEngine()


def _reduced(image: Picture) -> Picture:
    """Halved until it is less than twice what the models look at: whole steps of two are the cheap ones."""
    small = image
    while small.shape[1] >= 2 * _FRAME_WIDTH:
        small = np.asarray(
            cv2.resize(small, (small.shape[1] // 2, small.shape[0] // 2), interpolation=cv2.INTER_AREA)
        )
    return small
