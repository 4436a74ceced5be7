"""The portrait as bytes under a size cap: JPEG for exchange and print, JPEG 2000 for the chip."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.landmarks import Picture
from workstation.biometrics.portrait.placement import PortraitError

_QUALITIES = (95, 92, 88, 84, 80, 75, 70, 65, 60)
# JPEG 2000 keeps a face recognisable to about 0.3 bits a pixel; smaller would be a picture of blots.
_COARSEST_RATE = 80.0
_SMALLEST_RATE = 4.0
_BOXES_BYTES = 200


def encode_jpeg(image: Picture, *, cap_bytes: int = 250_000) -> bytes:
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


def encode_jpeg2000(image: Picture, *, cap_bytes: int = 20_000) -> bytes:
    """Encode blue-green-red pixels as a JP2 file (ISO/IEC 15444-1) that fills cap_bytes as far as it may.

    The format that ISO/IEC 19794-5, 5.7.3 and ICAO Doc 9303-10 allow in data group 2, lossy (9-7 wavelet,
    colour transform). Raises PortraitError "too-large" where the cap leaves less than a face needs.
    """
    picture = Image.fromarray(np.ascontiguousarray(image[:, :, ::-1]))
    # The rate counts the code stream alone, without the boxes about it.
    rate = max(_SMALLEST_RATE, image.nbytes / max(1, cap_bytes - _BOXES_BYTES))
    content = b""
    while rate <= _COARSEST_RATE:
        out = io.BytesIO()
        picture.save(out, "JPEG2000", quality_mode="rates", quality_layers=[rate], irreversible=True, mct=1)
        content = out.getvalue()
        if len(content) <= cap_bytes:
            return content
        rate *= max(1.01, len(content) / cap_bytes)
    raise PortraitError("too-large", bytes=len(content), cap=cap_bytes)
