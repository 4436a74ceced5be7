"""The exception photo, kept apart under its own rules; the earlier picture beside the new one, eyes upon eyes."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import update

from devices.camera import Frame
from devices.camera.opencv import cv2
from tests.offices import FIELDS, Staffed
from tests.workstation.workflow.photo.shots import far_away, shot
from workstation.biometrics.portrait.decode import PictureError
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.placement import PortraitError
from workstation.database.portraits import portrait_of
from workstation.database.tables import applications
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.workflow.fingerprints import steps as fingerprints
from workstation.workflow.intake import steps as intake
from workstation.workflow.photo import steps
from workstation.workflow.photo.earlier import comparison, find_eyes, keep_earlier
from workstation.workflow.photo.exception import ExceptionView, exception_view, take_exception

Picture = NDArray[np.uint8]
REASON = "right hand lost in an accident"


def take(staffed: Staffed, application: str, frame: Frame, detector: Detector) -> ExceptionView:
    return take_exception(staffed.office, staffed.clerk, application, frame, REASON, detector)


def test_the_whole_picture_is_kept_as_it_was_taken(
    staffed: Staffed, application: str, studio: Picture, detector: Detector
) -> None:
    assert exception_view(staffed.office, application) == ExceptionView(None, "", None, False, True)
    frame = shot(far_away(studio))
    kept = take(staffed, application, frame, detector)
    assert (kept.picture, kept.reason) == (frame.jpeg, REASON)
    again = shot(far_away(studio, 0.45))
    assert take(staffed, application, again, detector).picture == again.jpeg
    assert exception_view(staffed.office, application).picture == again.jpeg
    # It is nobody's portrait: none was taken.
    assert staffed.office.store.read(lambda c: portrait_of(c, application)) is None


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lambda studio: studio, "no-room-for-hands"),
        (lambda studio: np.full((720, 1280, 3), 200, np.uint8), "no-face"),
        (lambda studio: far_away(studio, 0.2), "too-few-pixels"),
        (lambda studio: np.hstack([far_away(studio)[:, 300:980]] * 2), "several-faces"),
        (lambda studio: far_away(studio)[300:700], "too-few-pixels"),
    ],
    ids=["too near", "nobody", "too far", "two", "small picture"],
)
def test_its_own_rules(
    staffed: Staffed, application: str, studio: Picture, detector: Detector, harm: object, code: str
) -> None:
    with pytest.raises(PortraitError) as raised:
        take(staffed, application, shot(np.ascontiguousarray(harm(studio))), detector)  # type: ignore[operator]  # any harm
    assert raised.value.code == code
    assert exception_view(staffed.office, application).picture is None


def test_it_needs_a_reason_and_a_stage_at_which_the_person_sits_there(
    staffed: Staffed, application: str, studio: Picture, detector: Detector
) -> None:
    frame = shot(far_away(studio))
    with pytest.raises(Refused) as refused:
        take_exception(staffed.office, staffed.clerk, application, frame, "  ", detector)
    assert refused.value.reason is Reason.REASON_MISSING
    steps.take_best(staffed.office, staffed.clerk, application, (shot(studio),), detector)
    steps.complete(staffed.office, staffed.clerk, application, "as in training")
    assert not exception_view(staffed.office, application).due
    fingerprints.mark_missing(staffed.office, staffed.clerk, application, 2, REASON)
    assert exception_view(staffed.office, application).due
    assert not take(staffed, application, frame, detector).due
    fingerprints.mark_missing(staffed.office, staffed.clerk, application, 7, REASON)
    assert fingerprints.complete(staffed.office, staffed.clerk, application) is Stage.REVIEW
    assert not exception_view(staffed.office, application).editable
    with pytest.raises(Refused) as refused:
        take(staffed, application, frame, detector)
    assert refused.value.reason is Reason.MOVE_NOT_ALLOWED


@pytest.fixture
def photographed(staffed: Staffed, application: str, studio: Picture, detector: Detector) -> str:
    steps.take_best(staffed.office, staffed.clerk, application, (shot(studio),), detector)
    return application


def png(picture: Picture) -> bytes:
    return cv2.imencode(".png", picture)[1].tobytes()


def test_a_file_lies_over_the_new_portrait_eyes_upon_eyes(
    staffed: Staffed, photographed: str, studio: Picture, detector: Detector
) -> None:
    nothing = comparison(staffed.office, photographed, detector)
    assert (nothing.earlier, nothing.source) == (None, None)
    turn = cv2.getRotationMatrix2D((640, 320), -14, 0.7)
    old = np.asarray(cv2.warpAffine(studio, turn, (1280, 720), borderMode=cv2.BORDER_REPLICATE), np.uint8)
    keep_earlier(staffed.office, staffed.clerk, photographed, png(old), detector)
    compared = comparison(staffed.office, photographed, detector)
    assert compared.source == "file"
    assert compared.earlier is not None
    assert compared.earlier.shape == compared.new.shape
    eyes = [find_eyes(picture, detector) for picture in (compared.new, compared.earlier)]
    assert np.abs(np.array(eyes[0]) - np.array(eyes[1])).max() < 3
    keep_earlier(staffed.office, staffed.clerk, photographed, png(studio), detector)
    replaced = comparison(staffed.office, photographed, detector).earlier
    assert replaced is not None
    assert not np.array_equal(replaced, compared.earlier)


def test_files_that_are_no_picture_of_a_person(
    staffed: Staffed, photographed: str, studio: Picture, detector: Detector
) -> None:
    whole = png(studio)
    for content in (b"", b"no picture", whole[: len(whole) // 2]):
        with pytest.raises(PictureError):
            keep_earlier(staffed.office, staffed.clerk, photographed, content, detector)
    wall = png(np.full((480, 640, 3), 128, np.uint8))
    with pytest.raises(PortraitError) as raised:
        keep_earlier(staffed.office, staffed.clerk, photographed, wall, detector)
    assert raised.value.code == "no-face"
    assert comparison(staffed.office, photographed, detector).earlier is None


def test_the_portrait_of_the_card_that_is_replaced(
    staffed: Staffed, photographed: str, studio: Picture, detector: Detector
) -> None:
    office, clerk = staffed.office, staffed.clerk
    # As the registry's decision and the renewal's form leave them.
    office.store.write(
        lambda tx: tx.execute(
            update(applications).where(applications.c.id == photographed).values(document_number="LA0004711")
        )
    )
    renewal = intake.start(office, clerk, "renewal")
    intake.save_draft(office, clerk, renewal, FIELDS | {"old_document_number": "LA 000-4711"}).result(20)
    intake.complete(office, clerk, renewal)
    with pytest.raises(Refused) as refused:
        comparison(office, renewal, detector)
    assert refused.value.reason is Reason.NO_PORTRAIT
    steps.take_best(office, clerk, renewal, (shot(np.ascontiguousarray(studio[:, 40:])),), detector)
    compared = comparison(office, renewal, detector)
    assert compared.source == "application"
    assert compared.at is not None
    assert compared.earlier is not None
    eyes = [find_eyes(picture, detector) for picture in (compared.new, compared.earlier)]
    assert np.abs(np.array(eyes[0]) - np.array(eyes[1])).max() < 3
