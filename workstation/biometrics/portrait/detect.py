"""Finding the face: detection on the whole frame, the mesh on the face, the person apart from the background.

MediaPipe 0.10.21 (models Apache-2.0, in its wheel) stays behind this module, so that another engine can
take its place.
"""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from devices.camera.opencv import cv2

# What the models look at is smaller still: 192, 192 and 256 pixels.
_FRAME_WIDTH = 384
_FACE_SIDE = 320
# The mesh wants the whole head with some room, as its own detector would cut it.
_FACE_ROOM = 2.0
_FACE_CONFIDENCE = 0.5
# A face so much smaller than the largest is a badge or a poster's, unless it grows.
_SMALLEST_SHARE = 0.2
_SMALLEST_SIDE, _LONGEST_SHAPE = 48, 4


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels of the picture; x and y are its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, eq=False)
class Findings:
    """What was found in one picture.

    faces: the largest first. landmarks: (478, 2) float32 pixels of the largest, in the order of
    MediaPipe's face mesh; None where the mesh found no face in it. small: the whole picture reduced,
    blue-green-red; person: float32 0-1 of the same height and width, 1 where a person is.
    """

    faces: tuple[Box, ...]
    landmarks: NDArray[np.float32] | None
    small: NDArray[np.uint8]
    person: NDArray[np.float32]


class Detector:
    """The loaded models. Making one takes about 1.5 s the first time; one thread makes, uses and closes it."""

    def __init__(self) -> None:
        self._mesh_has_spoken = False
        with _silence():
            # A second of import that only the thread which uses it should pay.
            from mediapipe.python.solutions import face_detection, face_mesh, selfie_segmentation

            self._faces = face_detection.FaceDetection(
                model_selection=1, min_detection_confidence=_FACE_CONFIDENCE
            )
            self._mesh = face_mesh.FaceMesh(
                static_image_mode=True, max_num_faces=1, refine_landmarks=True, min_detection_confidence=0.3
            )
            self._person = selfie_segmentation.SelfieSegmentation(model_selection=0)
            # The graphs' remarks come with their first picture.
            grey = np.full((_FACE_SIDE, _FACE_SIDE, 3), 128, np.uint8)
            for model in (self._faces, self._mesh, self._person):
                model.process(grey)

    def detect(self, image: NDArray[np.uint8]) -> Findings:
        """image: (height, width, 3) uint8 blue-green-red; in what is no camera's picture nothing is found."""
        if not _is_a_picture(image):
            return Findings((), None, image, np.zeros(image.shape[:2], np.float32))
        height, width = image.shape[:2]
        small_size = (_FRAME_WIDTH, max(16, round(height * _FRAME_WIDTH / width)))
        small = np.asarray(cv2.resize(image, small_size, interpolation=cv2.INTER_AREA), np.uint8)
        rgb = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2RGB), np.uint8)
        faces = self._find_faces(rgb, width, height)
        person = np.asarray(self._person.process(rgb).segmentation_mask, np.float32)
        # The mesh makes one more remark with its first face.
        with contextlib.nullcontext() if self._mesh_has_spoken else _silence():
            landmarks = self._find_landmarks(image, faces[0]) if faces else None
        self._mesh_has_spoken = self._mesh_has_spoken or landmarks is not None
        return Findings(faces, landmarks, small, person)

    def close(self) -> None:
        """Give the models back; may be called twice."""
        for model in (self._faces, self._mesh, self._person):
            # MediaPipe refuses to close what is closed.
            with contextlib.suppress(ValueError):
                model.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _find_faces(self, rgb: NDArray[np.uint8], width: int, height: int) -> tuple[Box, ...]:
        boxes = []
        for found in self._faces.process(rgb).detections or ():
            box = found.location_data.relative_bounding_box
            if box.width > 0 and box.height > 0:
                boxes.append(Box(box.xmin * width, box.ymin * height, box.width * width, box.height * height))
        boxes.sort(key=lambda box: box.height, reverse=True)
        return tuple(box for box in boxes if box.height >= _SMALLEST_SHARE * boxes[0].height)

    def _find_landmarks(self, image: NDArray[np.uint8], face: Box) -> NDArray[np.float32] | None:
        side = max(face.width, face.height) * _FACE_ROOM
        scale = _FACE_SIDE / side
        left, top = face.x + face.width / 2 - side / 2, face.y + face.height / 2 - side / 2
        # Reduced first where it is much larger, for warpAffine alone would skip pixels.
        step = max(1, math.floor(1 / scale))
        reduced = image[::step, ::step] if step > 1 else image
        place = np.array([[scale * step, 0, -left * scale], [0, scale * step, -top * scale]], np.float32)
        cut = cv2.warpAffine(reduced, place, (_FACE_SIDE, _FACE_SIDE), borderMode=cv2.BORDER_REPLICATE)
        found = self._mesh.process(cv2.cvtColor(cut, cv2.COLOR_BGR2RGB)).multi_face_landmarks
        if not found:
            return None
        points = np.array([(point.x, point.y) for point in found[0].landmark], np.float32)
        return points * np.float32(side) + np.array([left, top], np.float32)


def _is_a_picture(image: NDArray[np.uint8]) -> bool:
    """MediaPipe ends the whole program on a picture a hundred times as wide as high."""
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8:
        return False
    shorter, longer = sorted(image.shape[:2])
    return bool(shorter >= _SMALLEST_SIDE and longer <= _LONGEST_SHAPE * shorter)


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """MediaPipe's C++ writes remarks on standard error that no setting turns off; they say nothing to a clerk."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
