"""What is kept of a portrait: the camera's own bytes, the crop, versions for print and chip; attempts and choice."""

from __future__ import annotations

import json

import numpy as np
import pytest
from numpy.typing import NDArray

from devices.camera.opencv import cv2
from tests.offices import FIELDS, Staffed
from tests.workstation.workflow.photo.shots import shot
from workstation.biometrics.portrait.decode import decode_picture
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.examine import Verdict
from workstation.biometrics.portrait.placement import PortraitError
from workstation.database import Connection
from workstation.database.audit import audit_of
from workstation.database.blobs import get_blob, get_mime
from workstation.database.portraits import portrait_of
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.workflow.intake import steps as intake
from workstation.workflow.photo import steps
from workstation.workflow.photo.view import PhotoView, view

Picture = NDArray[np.uint8]


def take(staffed: Staffed, application: str, picture: Picture, detector: Detector) -> PhotoView:
    return steps.take_best(staffed.office, staffed.clerk, application, (shot(picture),), detector)


def test_everything_that_is_made_of_it_is_kept(
    staffed: Staffed, application: str, studio: Picture, detector: Detector
) -> None:
    frame = shot(studio)
    shown = steps.take_best(staffed.office, staffed.clerk, application, (frame,), detector)

    def read(connection: Connection) -> dict[str, tuple[bytes, str]]:
        held = portrait_of(connection, application)
        assert held is not None
        assert held.chip is not None
        named = {
            "original": held.original,
            "cropped": held.cropped,
            "printed": held.printed,
            "chip": held.chip,
        }
        blobs = {
            name: (get_blob(connection, digest), get_mime(connection, digest))
            for name, digest in named.items()
        }
        return blobs | {"facts": (json.dumps(held.facts).encode(), "")}

    kept = staffed.office.store.read(read)
    assert kept["original"] == (frame.jpeg, "image/jpeg")
    assert kept["chip"][1] == "image/jp2"
    assert len(kept["chip"][0]) <= 20_000
    assert shown.portrait == kept["cropped"][0]
    assert shown.printed == kept["printed"][0] != kept["cropped"][0]
    facts = json.loads(kept["facts"][0])
    crop = decode_picture(kept["cropped"][0])
    assert crop.shape[1] / crop.shape[0] == pytest.approx(25 / 32, abs=0.002)
    # The record says where the crop lies in the original: cut out again, it is the same.
    matrix = np.array(facts["matrix"])
    again = cv2.warpAffine(decode_picture(frame.jpeg or b""), matrix, (crop.shape[1], crop.shape[0]))
    assert np.abs(again.astype(int) - crop).mean() < 3
    (x1, y1), (x2, y2) = facts["eyes"]
    assert y1 == y2 == pytest.approx(crop.shape[0] * 0.46, abs=1)
    assert (x1 + x2) / 2 == pytest.approx(crop.shape[1] / 2, abs=1)


def test_pixels_without_bytes_are_kept_losslessly(
    staffed: Staffed, application: str, studio: Picture, detector: Detector
) -> None:
    steps.take(staffed.office, staffed.clerk, application, studio, detector)

    def original(connection: Connection) -> bytes:
        held = portrait_of(connection, application)
        assert held is not None
        return get_blob(connection, held.original)

    assert np.array_equal(decode_picture(staffed.office.store.read(original)), studio)


def test_the_best_of_several_frames_is_kept(
    staffed: Staffed, application: str, studio: Picture, detector: Detector
) -> None:
    soft = np.asarray(cv2.GaussianBlur(studio, (0, 0), 4), np.uint8)
    frames = tuple(shot(picture) for picture in (soft, studio, soft))
    shown = steps.take_best(staffed.office, staffed.clerk, application, frames, detector)
    assert shown.attempts == 1

    def original(connection: Connection) -> bytes:
        held = portrait_of(connection, application)
        assert held is not None
        assert held.facts["frames"] == 3
        return get_blob(connection, held.original)

    assert staffed.office.store.read(original) == frames[1].jpeg


def test_an_earlier_attempt_can_be_chosen_again(
    staffed: Staffed, application: str, studio: Picture, detector: Detector
) -> None:
    first = take(staffed, application, studio, detector)
    soft = np.asarray(cv2.GaussianBlur(studio, (0, 0), 9), np.uint8)
    second = take(staffed, application, soft, detector)
    assert second.verdict is Verdict.RED
    assert [(one.number, one.chosen) for one in second.shots] == [(1, False), (2, True)]
    assert second.shots[0].portrait == first.portrait != second.portrait
    back = steps.choose(staffed.office, staffed.clerk, application, second.shots[0].id)
    assert back.portrait == first.portrait
    assert (back.verdict, back.attempts) == (first.verdict, 2)
    assert view(staffed.office, application) == back
    assert steps.complete(staffed.office, staffed.clerk, application) is Stage.FINGERPRINTS
    tags = [entry.tag.value for entry in staffed.office.store.read(lambda c: audit_of(c, application))]
    assert tags.count("portrait.taken") == 2
    assert "portrait.chosen" in tags
    with pytest.raises(Refused) as refused:
        steps.choose(staffed.office, staffed.clerk, application, second.shots[1].id)
    assert refused.value.reason is Reason.MOVE_NOT_ALLOWED


def test_a_picture_of_another_application_cannot_be_chosen(
    staffed: Staffed, application: str, studio: Picture, detector: Detector
) -> None:
    other = intake.start(staffed.office, staffed.clerk)
    intake.save_draft(
        staffed.office, staffed.clerk, other, FIELDS | {"given_name_lo": "ແກ້ວ", "given_name_latin": "Keo"}
    ).result(20)
    intake.complete(staffed.office, staffed.clerk, other)
    theirs = take(staffed, other, studio, detector).shots[0].id
    mine = take(staffed, application, studio, detector)
    with pytest.raises(Refused) as refused:
        steps.choose(staffed.office, staffed.clerk, application, theirs)
    assert refused.value.reason is Reason.NO_PORTRAIT
    assert view(staffed.office, application) == mine


def test_retries_are_bounded_and_nobody_is_trapped(
    staffed: Staffed, application: str, studio: Picture, detector: Detector
) -> None:
    allowed = view(staffed.office, application).attempts_allowed
    for number in range(1, allowed + 1):
        assert take(staffed, application, studio, detector).attempts == number
    with pytest.raises(Refused) as refused:
        take(staffed, application, studio, detector)
    assert refused.value.reason is Reason.PORTRAIT_ATTEMPTS_USED
    assert refused.value.facts == {"allowed": allowed}
    with pytest.raises(Refused):
        steps.take_best(
            staffed.office, staffed.clerk, application, (shot(studio),), detector, one_more_because="  "
        )
    because = "the wrong person sat before the camera"
    shown = steps.take_best(
        staffed.office, staffed.clerk, application, (shot(studio),), detector, one_more_because=because
    )
    assert shown.attempts == allowed + 1
    held = staffed.office.store.read(lambda connection: portrait_of(connection, application))
    assert held is not None
    assert held.facts["one_more_because"] == because


def test_a_red_one_passes_only_with_a_reason(
    staffed: Staffed, application: str, studio: Picture, detector: Detector
) -> None:
    soft = np.asarray(cv2.GaussianBlur(studio, (0, 0), 9), np.uint8)
    assert take(staffed, application, soft, detector).verdict is Verdict.RED
    for reason in (None, "", "  "):
        with pytest.raises(Refused) as refused:
            steps.complete(staffed.office, staffed.clerk, application, reason)
        assert refused.value.reason is Reason.PORTRAIT_NOT_ACCEPTABLE
    steps.complete(staffed.office, staffed.clerk, application, "the lens is scratched")
    held = staffed.office.store.read(lambda connection: portrait_of(connection, application))
    assert held is not None
    assert held.forced_reason == "the lens is scratched"


def test_a_picture_without_a_face_leaves_nothing(
    staffed: Staffed, application: str, studio: Picture, detector: Detector
) -> None:
    before = take(staffed, application, studio, detector)
    wall = np.full((720, 1280, 3), 180, np.uint8)
    with pytest.raises(PortraitError):
        take(staffed, application, wall, detector)
    assert view(staffed.office, application) == before
