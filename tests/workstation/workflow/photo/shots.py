"""Pictures as a camera gives them: pixels and the bytes that they came from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from devices.camera import Frame
from devices.camera.opencv import cv2
from workstation.biometrics.portrait.decode import decode_picture

Picture = NDArray[np.uint8]


def shot(picture: Picture) -> Frame:
    """One frame of a network camera."""
    _, encoded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 92])
    jpeg = encoded.tobytes()
    return Frame(decode_picture(jpeg), 7, 1.0, jpeg)


def far_away(studio: Picture, size: float = 0.5) -> Picture:
    """The same person farther from the camera, with room beside the face."""
    small = cv2.resize(studio, None, fx=size, fy=size, interpolation=cv2.INTER_AREA)
    height, width = small.shape[:2]
    wall = np.full(studio.shape, 212, np.uint8)
    wall[720 - height :, 640 - width // 2 : 640 - width // 2 + width] = small
    return wall
