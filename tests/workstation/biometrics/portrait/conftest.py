"""One loaded detector and the two pictures of the demo's applicant, for every portrait test."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

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
