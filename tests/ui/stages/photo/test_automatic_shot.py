"""The automatic shot proposes when everything is green and still, once, for the application it was armed for."""

from __future__ import annotations

import numpy as np
import pytest

from devices.camera import Frame
from ui.stages.photo.automatic_shot import MOST_PICTURES, STEADY_SECONDS, AutomaticShot, Judged
from workstation.biometrics.portrait.examine import PortraitReport, Requirement, Verdict
from workstation.biometrics.portrait.landmarks import Box

PIXEL = np.zeros((1, 1, 3), np.uint8)


def judged(
    at: float,
    *,
    application: str = "A",
    verdict: Verdict = Verdict.GREEN,
    faces: int = 1,
    x: float = 500.0,
    distance: float = 100.0,
) -> Judged:
    count = Requirement("face_count", float(faces), "count", 1, 1, verdict)
    eyes = ((x, 300.0), (x + distance, 300.0))
    report = PortraitReport(Box(400, 200, 300, 300), eyes, (550.0, 450.0), (count,), verdict)
    return Judged(application, Frame(PIXEL, int(at * 1000), at), report)


def armed() -> AutomaticShot:
    shot = AutomaticShot()
    shot.arm("A")
    return shot


def test_half_a_second_of_green_and_stillness_proposes_once() -> None:
    shot = armed()
    assert [len(shot.see(judged(at / 10))) for at in range(5)] == [0, 0, 0, 0, 0]
    pictures = shot.see(judged(STEADY_SECONDS))
    assert 2 <= len(pictures) <= MOST_PICTURES
    assert pictures[-1].frame.taken_at == STEADY_SECONDS
    assert not shot.armed
    assert shot.see(judged(2.0)) == ()


def test_unarmed_it_proposes_nothing() -> None:
    shot = AutomaticShot()
    assert not any(shot.see(judged(at / 10)) for at in range(30))


@pytest.mark.parametrize("verdict", [Verdict.AMBER, Verdict.RED])
def test_one_picture_that_is_not_green_begins_the_time_anew(verdict: Verdict) -> None:
    shot = armed()
    for at in (0.0, 0.2, 0.4):
        assert shot.see(judged(at)) == ()
    assert shot.see(judged(0.45, verdict=verdict)) == ()
    for at in (0.5, 0.7, 0.9):
        assert shot.see(judged(at)) == ()
    assert len(shot.see(judged(1.0))) == 4
    assert verdict is not Verdict.GREEN


def test_a_head_that_wanders_is_not_still() -> None:
    shot = armed()
    assert not any(shot.see(judged(at / 10, x=500 + 5 * at)) for at in range(30))
    assert shot.armed


def test_a_head_that_comes_nearer_is_not_still() -> None:
    shot = armed()
    assert not any(shot.see(judged(at / 10, distance=100 + 5 * at)) for at in range(20))


def test_pictures_with_a_gap_between_them_are_not_still() -> None:
    shot = armed()
    assert not any(shot.see(judged(float(2 * at))) for at in range(6))


def test_a_second_face_disarms() -> None:
    shot = armed()
    shot.see(judged(0.0))
    assert shot.see(judged(0.2, faces=2)) == ()
    assert not shot.armed


def test_another_application_disarms() -> None:
    shot = armed()
    shot.see(judged(0.0))
    assert shot.see(judged(0.6, application="B")) == ()
    assert not shot.armed


def test_armed_anew_it_forgets_the_pictures_of_before() -> None:
    shot = armed()
    shot.see(judged(0.0))
    shot.see(judged(0.3))
    shot.arm("B")
    assert shot.see(judged(0.6, application="B")) == ()
    assert {p.application_id for p in shot.see(judged(1.2, application="B"))} == {"B"}
