"""What becomes of an accepted picture: the portrait for exchange, the version for print, the one for the chip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workstation.biometrics.portrait.crop import cut, single_face
from workstation.biometrics.portrait.encode import encode_jpeg, encode_jpeg2000
from workstation.biometrics.portrait.examine import PortraitReport
from workstation.biometrics.portrait.landmarks import FaceGeometry, Mask, Picture
from workstation.biometrics.portrait.placement import Placement, place
from workstation.biometrics.portrait.print_version import even_background

# Three centimetres and a half at 300 dots an inch, as travel documents have it, across the card's portrait.
_CHIP_WIDTH = 413
_MM_PER_INCH = 25.4


@dataclass(frozen=True)
class ResultRules:
    """What the policy and the card's layout ask of the result.

    dpi: of the portrait; fewer pixels of the camera are enlarged `enlarge_up_to` times at most (1.0: never).
    """

    width_mm: float = 25.0
    height_mm: float = 32.0
    dpi: int = 600
    enlarge_up_to: float = 1.0
    jpeg_bytes: int = 250_000
    chip_bytes: int = 20_000
    even_background: bool = True


@dataclass(frozen=True, eq=False)
class PortraitResult:
    """exchange: JPEG of the crop, nothing else done to it; printed: JPEG with the background evened out, None
    where that is switched off or could not be done; placement, face: of the crop, in its pixels."""

    exchange: bytes
    printed: bytes | None
    placement: Placement
    face: FaceGeometry


def make_result(
    image: Picture, report: PortraitReport, rules: ResultRules, segment: Callable[[Picture], Mask | None]
) -> PortraitResult:
    """image: (height, width, 3) uint8 blue-green-red, the one that `report` was made from; segment: where a
    person is in a picture, as Detector has it. Raises PortraitError."""
    found = single_face(report)
    placement = place(
        found,
        (image.shape[1], image.shape[0]),
        width_mm=rules.width_mm,
        height_mm=rules.height_mm,
        dpi=rules.dpi,
        enlarge_up_to=rules.enlarge_up_to,
    )
    portrait, face = cut(image, placement), placement.face(found)
    person = segment(portrait) if rules.even_background else None
    evened = None if person is None else even_background(portrait, person, face)
    return PortraitResult(
        encode_jpeg(portrait, cap_bytes=rules.jpeg_bytes),
        None if evened is None else encode_jpeg(evened, cap_bytes=rules.jpeg_bytes),
        placement,
        face,
    )


def chip_portrait(image: Picture, report: PortraitReport, rules: ResultRules) -> bytes:
    """The crop as JPEG 2000 for data group 2, 413 pixels across or as many as the camera gave. Raises PortraitError."""
    placement = place(
        single_face(report),
        (image.shape[1], image.shape[0]),
        width_mm=rules.width_mm,
        height_mm=rules.height_mm,
        dpi=round(_CHIP_WIDTH / rules.width_mm * _MM_PER_INCH),
        enlarge_up_to=rules.enlarge_up_to,
    )
    return encode_jpeg2000(cut(image, placement), cap_bytes=rules.chip_bytes)
