"""One office, one detector and one good picture for the tests of the photo stage; each test has its application."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.offices import FIELDS, Staffed, staffed_office
from ui.demo_portrait import build_studio_portrait
from workstation.biometrics.portrait.detect import Detector
from workstation.workflow.intake import steps as intake

Picture = NDArray[np.uint8]


@pytest.fixture(scope="module")
def studio() -> Picture:
    return build_studio_portrait()


@pytest.fixture(scope="module")
def detector() -> Iterator[Detector]:
    with Detector() as detector:
        yield detector


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with staffed_office(tmp_path_factory.mktemp("photo") / "office") as office:
        yield office


@pytest.fixture
def application(staffed: Staffed) -> str:
    """An application at the camera."""
    started = intake.start(staffed.office, staffed.clerk)
    intake.save_draft(staffed.office, staffed.clerk, started, FIELDS).result(20)
    intake.complete(staffed.office, staffed.clerk, started)
    return started
