"""One loaded detector and the two pictures of the demo's applicant, for every portrait test."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.workstation.biometrics.portrait.harms import Scene
from ui.demo_portrait import build_studio_portrait, raw_picture
from workstation.biometrics.portrait.detect import Detector


@pytest.fixture(scope="session")
def detector() -> Iterator[Detector]:
    with Detector() as detector:
        yield detector


@pytest.fixture(scope="session")
def raw() -> NDArray[np.uint8]:
    return raw_picture()


@pytest.fixture(scope="session")
def studio() -> NDArray[np.uint8]:
    return build_studio_portrait()


@pytest.fixture(scope="session")
def scene(studio: NDArray[np.uint8], detector: Detector) -> Scene:
    """The studio picture with its mesh and person, to be harmed."""
    landmarks = detector.detect(studio).landmarks
    person = detector.segment(studio)
    assert landmarks is not None
    assert landmarks.mesh is not None
    assert person is not None
    return Scene(studio, landmarks.mesh, person)
