"""What passes for a fingerprint and what does not."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from skimage import data

from devices.simulated.finger_ridges import finger
from workstation.biometrics.fingerprint.ridges import shows_ridges

PRINTS = [f"nfiq2/SFinGe_Test0{n}.pgm" for n in range(1, 6)] + [
    f"nbis-rs/p{person}_{take}.png" for person in (1, 2) for take in (1, 2, 3)
]


def grey(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("L")).astype(np.uint8)


def photograph(name: str) -> NDArray[np.uint8]:
    """A picture that comes with scikit-image, in grey."""
    picture = np.asarray(getattr(data, name)(), np.uint8)
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture, np.uint8)


def blurred_noise(scale: float) -> NDArray[np.uint8]:
    noise = cv2.GaussianBlur(np.random.default_rng(5).normal(size=(320, 272)), (0, 0), scale)
    return np.asarray((noise - noise.min()) / (noise.max() - noise.min()) * 255, np.uint8)


@pytest.mark.parametrize("name", PRINTS)
def test_prints_of_others(samples: Path, name: str) -> None:
    assert shows_ridges(grey(samples / name))


@pytest.mark.parametrize("name", ["arch", "loop-right", "tented_arch", "whorl"])
def test_small_prints(samples: Path, name: str) -> None:
    with Image.open(samples / "libfprint" / f"{name}.png") as picture:
        mask = np.asarray(picture.convert("RGBA"), dtype=np.uint8)[:, :, 3]
    assert shows_ridges(np.asarray(255 - mask, np.uint8))


@pytest.mark.parametrize("seed", range(3))
def test_invented_prints(seed: int) -> None:
    assert shows_ridges(finger(seed))


@pytest.mark.parametrize("name", ["negative_face.jpeg", "negative_landscape.jpg"])
def test_other_pictures(samples: Path, name: str) -> None:
    assert not shows_ridges(grey(samples / "nbis-rs" / name))


@pytest.mark.parametrize(
    "picture",
    [
        np.full((320, 272), 255, np.uint8),
        np.zeros((320, 272), np.uint8),
        np.zeros((20, 400), np.uint8),
        np.random.default_rng(4).integers(0, 256, (320, 272), dtype=np.uint8),
        *(blurred_noise(scale) for scale in (1.5, 2.0, 3.0, 5.0)),
        *(photograph(name) for name in ("page", "brick", "astronaut")),
    ],
    ids=[
        "white",
        "black",
        "too small",
        "noise",
        "blur 1.5",
        "blur 2",
        "blur 3",
        "blur 5",
        "text",
        "brick",
        "face",
    ],
)
def test_no_ridges(picture: NDArray[np.uint8]) -> None:
    assert not shows_ridges(picture)


def test_a_corner_of_a_finger_is_too_little() -> None:
    touch = np.full((320, 272), 255, np.uint8)
    touch[:60, :60] = finger(1)[100:160, 100:160]
    assert not shows_ridges(touch)
