"""From a camera picture to the card's portrait, cut out as `placement` says."""

from __future__ import annotations

import numpy as np

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.examine import PortraitReport
from workstation.biometrics.portrait.landmarks import FaceGeometry, Picture
from workstation.biometrics.portrait.placement import Placement, PortraitError, place

__all__ = ["PortraitError", "crop", "cut", "single_face"]


def crop(
    image: Picture,
    report: PortraitReport,
    *,
    width_mm: float = 25.0,
    height_mm: float = 32.0,
    dpi: int = 300,
    enlarge_up_to: float = 1.0,
) -> Picture:
    """Cut the portrait out of the picture that `report` was made from.

    Returns blue-green-red in the proportions of width_mm and height_mm, at `dpi` or, where the camera gave
    fewer pixels, at `enlarge_up_to` times those. Raises PortraitError.
    """
    size = (image.shape[1], image.shape[0])
    placement = place(
        single_face(report),
        size,
        width_mm=width_mm,
        height_mm=height_mm,
        dpi=dpi,
        enlarge_up_to=enlarge_up_to,
    )
    return cut(image, placement)


def cut(image: Picture, placement: Placement) -> Picture:
    """The portrait's pixels; what lies beyond the picture's edge repeats the edge."""
    scale = placement.scale
    # Blurred as much as it is reduced, for warpAffine takes single pixels.
    smooth = cv2.GaussianBlur(image, (0, 0), 0.4 / scale) if scale < 0.7 else image
    portrait = cv2.warpAffine(
        smooth,
        placement.matrix,
        (placement.width, placement.height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(portrait, np.uint8)


def single_face(report: PortraitReport) -> FaceGeometry:
    """Where the one face of a portrait lies. Raises PortraitError "no-face", "several-faces", "face-unclear"."""
    if report.faces != 1:
        raise PortraitError("several-faces" if report.faces else "no-face", faces=report.faces)
    if report.eyes is None or report.chin is None:
        raise PortraitError("face-unclear")
    return FaceGeometry(report.eyes, report.chin)
