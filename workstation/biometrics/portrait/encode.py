"""The portrait as JPEG under a size cap: as good as the cap allows, never worse than is fit to print."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.crop import PortraitError

_QUALITIES = (95, 92, 88, 84, 80, 75, 70, 65, 60)


def encode_jpeg(image: NDArray[np.uint8], *, cap_bytes: int = 250_000) -> bytes:
    """Encode blue-green-red pixels at the best quality of 95 to 60 that fits cap_bytes.

    Colour is stored at full resolution (4:4:4) while that fits. Raises PortraitError "too-large".
    """
    content = b""
    for quality in _QUALITIES:
        sampling = (
            cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444 if quality >= 88 else cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420
        )
        done, encoded = cv2.imencode(
            ".jpg",
            image,
            [
                *(cv2.IMWRITE_JPEG_QUALITY, quality),
                *(cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling),
                *(cv2.IMWRITE_JPEG_OPTIMIZE, 1),
            ],
        )
        content = encoded.tobytes() if done else b""
        if content and len(content) <= cap_bytes:
            return content
    raise PortraitError("too-large", bytes=len(content), cap=cap_bytes)
