"""The reviewer sees each fault of the photo, and in one line each what is met and what could not be measured."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ui.language import set_language
from ui.stages.review.measures import PhotoMeasures
from ui.widgets.badge import Badge
from ui.widgets.text import Text
from workstation.biometrics.portrait.examine import Requirement, Verdict
from workstation.workflow.photo.view import PhotoView

SHOWN = {
    "sharpness": Verdict.RED,
    "gaze": Verdict.AMBER,
    "roll": Verdict.GREEN,
    "glasses": Verdict.NOT_MEASURED,
    "glare": Verdict.NOT_MEASURED,
}


@pytest.fixture
def photo() -> PhotoView:
    requirements = tuple(
        Requirement(name, None if verdict is Verdict.NOT_MEASURED else 1.0, "ratio", 0.0, 1.0, verdict)
        for name, verdict in SHOWN.items()
    )
    return PhotoView(
        portrait=b"",
        requirements=requirements,
        verdict=Verdict.RED,
        forced_reason=None,
        attempts=1,
        attempts_allowed=5,
        editable=False,
    )


def test_faults_first_then_what_is_not_known_then_what_is_met(qtbot: QtBot, photo: PhotoView) -> None:
    set_language("en")
    measures = PhotoMeasures()
    qtbot.addWidget(measures)
    measures.show_photo(photo)
    assert set(measures.spots) == {"sharpness", "gaze"}
    assert len(measures.findChildren(Badge)) == 2
    told = " ".join(text.text() for text in measures.findChildren(Text))
    assert "Not measured: Frames off the eyes, No glare on the eyes" in told
    assert "Met: Head upright" in told
