"""A clerk's place for page tests: a real office whose application stands at a wanted stage, lanes, and a desk."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import numpy as np
import skimage.data
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from uuid6 import uuid7

from devices.camera.opencv import cv2
from tests.offices import FIELDS, PASSPHRASE, Staffed, at_their_desks, staffed_office
from ui.background import Background
from ui.desk import Desk
from ui.stages.page import PageAction, PageContext, StagePage
from workstation import clock
from workstation.database import Connection, feed
from workstation.database.blobs import put_blob
from workstation.database.card_jobs import move_card_job
from workstation.database.moves import Actor
from workstation.database.portraits import add_portrait
from workstation.domain.card import UNCERTAIN, CardState
from workstation.domain.operator import Role
from workstation.domain.stages import Stage
from workstation.interchange.decision import Decision, to_event
from workstation.settings import Settings
from workstation.startup import close_office, open_office
from workstation.sync.decision_feed import take_in
from workstation.travel_documents.card_signature import sign_card
from workstation.travel_documents.claims import CardClaims
from workstation.workflow.fingerprints import steps as fingerprints
from workstation.workflow.header import header
from workstation.workflow.intake import steps as intake
from workstation.workflow.photo import steps as photo
from workstation.workflow.print import steps as printing_steps
from workstation.workflow.print.view import view as print_view
from workstation.workflow.review import steps as review
from workstation.workflow.review import view as review_view

IDENTITY_NUMBER = "010123456789012"
DOCUMENT_NUMBER = "LA0000017"
SIGNER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SIGNER_ID = b"tests-01"


W = TypeVar("W", bound=QWidget)
_staff: dict[Path, Staffed] = {}
_applications: dict[Path, str] = {}


@dataclass
class Counter:
    """What one page test needs; `application` stands at the stage that was asked for."""

    staffed: Staffed
    context: PageContext
    application: str

    def open(self, qtbot: QtBot, page: StagePage) -> None:
        """Shows the page as the window does, without the window."""
        page.resize(1302, 448)
        qtbot.addWidget(page)
        page.show()
        page.show_application(header(self.context.office, self.application))

    def stage(self) -> Stage:
        """Where the application is now."""
        return header(self.context.office, self.application).stage


def _template(folder: Path, stage: Stage) -> tuple[Staffed, str, Path]:
    """A closed office with an application at `stage`, to be copied: founding one takes seconds of key derivation."""
    empty, template = folder / "office-empty", folder / f"office-at-{stage.value}"
    if empty not in _staff:
        with staffed_office(empty) as staffed:
            _staff[empty] = staffed
    if template not in _applications:
        shutil.copytree(empty, template)
        office = open_office(template, PASSPHRASE)
        try:
            staffed = at_their_desks(replace(_staff[empty], office=office))
            _applications[template] = application_at(staffed, stage)
        finally:
            close_office(office)
    return _staff[empty], _applications[template], template


@contextmanager
def counter(data: Path, stage: Stage, settings: Settings, *, supervisor: bool = False) -> Iterator[Counter]:
    """An office with one application at `stage`; at the end the lanes and devices are closed."""
    before, application, template = _template(data.parent, stage)
    shutil.copytree(template, data)
    office = open_office(data, PASSPHRASE)
    background, desk = Background(), Desk(settings)
    try:
        staffed = at_their_desks(replace(before, office=office))
        who = staffed.supervisor if supervisor else staffed.clerk
        yield Counter(staffed, PageContext(office, who, background, desk, None), application)
    finally:
        background.close()
        desk.close()
        close_office(office)


def action(page: StagePage, name: str) -> PageAction:
    """The page's action of that name, as the action bar would show it now."""
    return next(found for found in page.actions() if found.name == name)


def part(page: QWidget, kind: type[W], name: str) -> W:
    """The widget of that object name on the page."""
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


def a_person() -> NDArray[np.uint8]:
    """A public-domain picture of one person, 512 x 512 blue-green-red."""
    picture = skimage.data.astronaut()  # type: ignore[no-untyped-call]  # scikit-image has no types
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), np.uint8)


def portrait_jpeg() -> bytes:
    """A face in the card's proportions."""
    _, encoded = cv2.imencode(".jpg", a_person()[20:276, 120:320])
    return encoded.tobytes()


def application_at(staffed: Staffed, stage: Stage) -> str:
    """Walks a new application to `stage` with the product's own verbs; only the measuring devices are left out."""
    office, clerk = staffed.office, staffed.clerk
    application = intake.start(office, clerk)
    intake.save_draft(office, clerk, application, FIELDS).result(10)
    intake.complete(office, clerk, application)
    if stage is Stage.PHOTO:
        return application
    jpeg = portrait_jpeg()
    office.store.write(
        lambda tx: add_portrait(
            tx,
            application,
            original=put_blob(tx, jpeg, "image/jpeg"),
            cropped=put_blob(tx, jpeg, "image/jpeg"),
            width=200,
            height=256,
            report={"verdict": "green", "requirements": []},
            by=clerk.operator.id,
            at=clock.now(),
        )
    )
    photo.complete(office, clerk, application)
    if stage is Stage.FINGERPRINTS:
        return application
    for position in (2, 7):
        fingerprints.mark_missing(office, clerk, application, position, "bandaged")
    fingerprints.complete(office, clerk, application)
    seen = review_view.view(office, staffed.supervisor, application)
    visited = {point.id for point in seen.points}
    review.approve(office, staffed.supervisor, application, seen.header.version, visited)
    _accept(staffed, application, jpeg)
    if stage is Stage.PRINT:
        return application
    printing_steps.prepare(office, clerk, application)
    _ink(staffed, application)
    return application


def signed_code(identity_number: str, face: bytes) -> str:
    """The text of a card's code, signed by the key that the office knows."""
    issued = datetime(2026, 1, 15, tzinfo=UTC)
    claims = CardClaims(
        id=identity_number,
        full_name=f"{FIELDS['given_name_latin']} {FIELDS['surname_latin']}",
        secondary_full_name=f"{FIELDS['given_name_lo']} {FIELDS['surname_lo']}",
        date_of_birth=FIELDS["birth_date"].replace("-", ""),
        gender=2,
        document_number=DOCUMENT_NUMBER,
        face_hash=hashlib.sha256(face).digest(),
    )
    return sign_card(claims, SIGNER, SIGNER_ID, "LAO-CMGD", issued, issued, None)


def another_code() -> NDArray[np.uint8]:
    """A picture of a code that is genuine but of another person."""
    code = zxingcpp.create_barcode(
        signed_code("019999999999999", b"another face"), zxingcpp.BarcodeFormat.QRCode
    )
    grey = np.asarray(zxingcpp.write_barcode_to_image(code, scale=6), np.uint8)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)


def _accept(staffed: Staffed, application: str, jpeg: bytes) -> None:
    decision = Decision(
        event_id=str(uuid7()),
        seq=1,
        enrolment_id=application,
        outcome="accepted",
        identity_number=IDENTITY_NUMBER,
        document_number=DOCUMENT_NUMBER,
        issue_date="2026-01-15",
        expiry_date="2099-01-15",
        card_signature=signed_code(IDENTITY_NUMBER, jpeg),
    )
    registry = Actor("registry", Role.REGISTRY, staffed.office.station.id)
    public = SIGNER.public_key().public_bytes_raw()

    def decide(tx: Connection) -> None:
        feed.pin_card_signer(tx, SIGNER_ID, public, at=clock.now())
        take_in(tx, to_event(decision), registry)

    staffed.office.store.write(decide)


def _ink(staffed: Staffed, application: str) -> None:
    """As after a crash in the middle of printing, with a good card found in the tray."""
    office = staffed.office
    job = print_view(office, application).job_id
    office.store.write(
        lambda tx: move_card_job(tx, job, CardState.PRINTING, at=clock.now(), reason=UNCERTAIN)
    )
    printing_steps.settle_uncertain(office, staffed.clerk, application, card_is_good=True)
