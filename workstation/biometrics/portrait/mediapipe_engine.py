"""The engine with a mesh: MediaPipe 0.10.21 (models Apache-2.0, in the wheel): faces, 478 points, the person."""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Iterator

import numpy as np

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.detect import EngineName
from workstation.biometrics.portrait.landmarks import Box, FaceLandmarks, Mask, Picture, geometry

_FACE_SIDE = 320
# The mesh wants the whole head with some room, as its own detector would cut it.
_FACE_ROOM = 2.0
_FACE_CONFIDENCE = 0.5


class MediapipeEngine:
    """Detection on the whole frame, mesh with iris on the face alone, selfie segmentation; see FaceEngine."""

    name = EngineName.MEDIAPIPE

    def __init__(self) -> None:
        self._mesh_has_spoken = False
        with _silence():
            # A second of import that only the thread which uses it should pay.
            from mediapipe.python.solutions import face_detection, face_mesh, selfie_segmentation

            self._faces = face_detection.FaceDetection(
                model_selection=1, min_detection_confidence=_FACE_CONFIDENCE
            )
            self._near_faces = face_detection.FaceDetection(
                model_selection=0, min_detection_confidence=_FACE_CONFIDENCE
            )
            self._mesh = face_mesh.FaceMesh(
                static_image_mode=True, max_num_faces=1, refine_landmarks=True, min_detection_confidence=0.3
            )
            self._person = selfie_segmentation.SelfieSegmentation(model_selection=0)
            # The graphs' remarks come with their first picture.
            grey = np.full((_FACE_SIDE, _FACE_SIDE, 3), 128, np.uint8)
            for model in (self._faces, self._near_faces, self._mesh, self._person):
                model.process(grey)

    def find_faces(self, small: Picture) -> list[tuple[Box, float | None]]:
        height, width = small.shape[:2]
        found: list[tuple[Box, float | None]] = []
        rgb = _rgb(small)
        # The model for near faces sees through hair and masks what the one for the whole frame does not.
        faces = self._faces.process(rgb).detections or self._near_faces.process(rgb).detections or ()
        for face in faces:
            box = face.location_data.relative_bounding_box
            if box.width > 0 and box.height > 0:
                place = Box(box.xmin * width, box.ymin * height, box.width * width, box.height * height)
                found.append((place, float(face.score[0])))
        return found

    def find_landmarks(self, image: Picture, face: Box, score: float | None) -> FaceLandmarks | None:
        # The mesh makes one more remark with its first face.
        with contextlib.nullcontext() if self._mesh_has_spoken else _silence():
            side = max(face.width, face.height) * _FACE_ROOM
            scale = _FACE_SIDE / side
            left, top = face.x + face.width / 2 - side / 2, face.y + face.height / 2 - side / 2
            # Reduced first where it is much larger, for warpAffine alone would skip pixels.
            step = max(1, math.floor(1 / scale))
            reduced = image[::step, ::step] if step > 1 else image
            place = np.array([[scale * step, 0, -left * scale], [0, scale * step, -top * scale]], np.float32)
            cut = cv2.warpAffine(reduced, place, (_FACE_SIDE, _FACE_SIDE), borderMode=cv2.BORDER_REPLICATE)
            found = self._mesh.process(_rgb(np.asarray(cut, np.uint8))).multi_face_landmarks
        if not found:
            return None
        self._mesh_has_spoken = True
        mesh = np.array([(point.x, point.y, point.z) for point in found[0].landmark], np.float32)
        mesh *= np.float32(side)
        mesh += np.array([left, top, 0], np.float32)
        places = geometry(mesh)
        return FaceLandmarks(places.eyes, places.chin, mesh, score)

    def find_person(self, small: Picture) -> Mask | None:
        return np.asarray(self._person.process(_rgb(small)).segmentation_mask, np.float32)

    def close(self) -> None:
        for model in (self._faces, self._near_faces, self._mesh, self._person):
            # MediaPipe refuses to close what is closed.
            with contextlib.suppress(ValueError):
                model.close()


def _rgb(image: Picture) -> Picture:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), np.uint8)


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
