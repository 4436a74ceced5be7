"""A real office in a test's folder, and applications brought to the stage that a page is about."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from devices.fingerprint import FingerImage
from devices.simulated.finger_ridges import finger
from tests.offices import FOUNDED
from ui.background import Background
from ui.desk import Desk
from ui.language import set_language
from ui.stages.page import PageContext, StagePage
from ui.theme import apply_theme
from workstation import clock
from workstation.biometrics.fingerprint.record import FingerprintRecord
from workstation.database import Connection
from workstation.database.applications import keep_acceptance
from workstation.database.blobs import put_blob
from workstation.database.captures import StoredFinger, put_finger
from workstation.database.card_jobs import add_card_job
from workstation.database.moves import Actor, move
from workstation.database.portraits import add_portrait
from workstation.domain.operator import Operator, Role
from workstation.domain.stages import Action, Stage
from workstation.domain.station import Work
from workstation.settings import Settings
from workstation.startup import NewOffice, begin_first_start, close_office, create_office, open_office
from workstation.workflow.fingerprints import steps as fingerprints
from workstation.workflow.header import header
from workstation.workflow.intake import steps as intake
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.operators import add_operator
from workstation.workflow.photo import steps as photo
from workstation.workflow.review import steps as review
from workstation.workflow.review import view as review_view
from workstation.workflow.seeding.blanks import load_invented_box
from workstation.workflow.sign_in import sign_in

PASSPHRASE = "a long enough passphrase"
PASSWORD = "a long enough password"
PATIENCE = 10_000  # milliseconds
APPLICANT = {
    "honorific": "ນາງ",
    "given_name_lo": "ບົວວັນນາລີສະຫວັນ",
    "surname_lo": "ພົມມະຈັນທະວົງສາ",
    "given_name_latin": "Bouavannalisavanh",
    "surname_latin": "Phommachanthavongsa",
    "sex": "F",
    "birth_date": "1990-01-19",
    "place_of_birth": "ບ້ານໂພນສີນວນ",
    "origin": "ລາວ",
    "nationality": "LAO",
    "ethnic_group": "1",
    "telephone": "020 5555 1234",
    "household_number": "01-04-0123456",
    "province_code": "01",
    "district_code": "0104",
    "village": "ໂພນສີນວນ",
    "house_number": "123",
    "unit": "7",
    "documents": "household_book,old_identity_card",
    "consent": "yes",
    "fee_paid": "yes",
}
RIGHT_INDEX, LEFT_INDEX = 2, 7
_RECORDS: dict[int, FingerprintRecord] = {}


@dataclass
class Counter:
    """One office with a clerk and a supervisor at the same counter."""

    office: Office
    clerk: SignedIn
    supervisor: SignedIn
    background: Background
    desk: Desk

    def context(self, who: SignedIn) -> PageContext:
        return PageContext(self.office, who, self.background, self.desk, None)

    def stage(self, application_id: str) -> Stage:
        return header(self.office, application_id).stage

    def at_intake(self, **fields: str) -> str:
        application_id = intake.start(self.office, self.clerk)
        if fields:
            intake.save_draft(self.office, self.clerk, application_id, fields).result(10)
        return application_id

    def at_review(self, portrait: bytes | None = None, **changes: str) -> str:
        """Captured by the clerk: form (APPLICANT with `changes`), a portrait, and two index fingers."""
        application_id = self.at_intake(**{**APPLICANT, **changes})
        self.capture(application_id, portrait)
        return application_id

    def capture(self, application_id: str, portrait: bytes | None = None) -> None:
        """From a form that is filled in to the review."""
        intake.complete(self.office, self.clerk, application_id)
        picture = portrait or face()
        self.office.store.write(lambda tx: self._keep_portrait(tx, application_id, picture))
        photo.complete(self.office, self.clerk, application_id)
        for position in (RIGHT_INDEX, LEFT_INDEX):
            self._keep_finger(application_id, position)
        fingerprints.complete(self.office, self.clerk, application_id)

    def capture_again(self, application_id: str) -> None:
        """From a returned form to the review again, everything as it was."""
        intake.complete(self.office, self.clerk, application_id)
        photo.complete(self.office, self.clerk, application_id)
        fingerprints.complete(self.office, self.clerk, application_id)

    def at_decision(self, portrait: bytes | None = None) -> str:
        return self.approved(self.at_review(portrait))

    def approved(self, application_id: str) -> str:
        """From the review to the decision."""
        seen = review_view.view(self.office, self.supervisor, application_id)
        visited = {point.id for point in seen.points}
        self.office.proofs.present(self.supervisor.operator.id)
        review.approve(self.office, self.supervisor, application_id, seen.header.version, visited)
        return application_id

    def decide(self, application_id: str, *, document_number: str = "LA1234567") -> None:
        """What the registry's acceptance does to the store."""

        def accepted(tx: Connection) -> None:
            keep_acceptance(
                tx,
                application_id,
                identity_number="101199000012345",
                document_number=document_number,
                issue_date="2026-01-05",
                expiry_date="2036-01-04",
                card_signature="6BF",
            )
            registry = Actor("registry", Role.REGISTRY, self.office.station.id)
            move(tx, application_id, Action.ACCEPT, actor=registry, at=clock.now())

        self.office.store.write(accepted)

    def at_hand_over(self, portrait: bytes | None = None) -> str:
        """Printed and checked, as far as the store knows."""
        application_id = self.at_decision(portrait)
        self.decide(application_id)
        self.finish(application_id)
        return application_id

    def finish(self, application_id: str) -> None:
        """From the registry's decision to the hand-over."""

        def finished(tx: Connection) -> None:
            pdf = put_blob(tx, b"%PDF-1.4 a card", "application/pdf")
            by = self.clerk.operator.id
            add_card_job(tx, application_id, layout="national-id-1", pdf=pdf, by=by, at=clock.now())
            actor = Actor(by, Role.CLERK, self.office.station.id)
            for _stage in (Stage.PRINT, Stage.CHECK):
                move(tx, application_id, Action.COMPLETE, actor=actor, at=clock.now())

        self.office.store.write(finished)

    def _keep_finger(self, application_id: str, position: int) -> None:
        """As `take` keeps it; the analysis of the same picture is made once for the whole run."""
        if position not in _RECORDS:
            image = finger_image(position)
            _RECORDS[position] = self.office.analysis.analyse(
                image.pixels, image.width, image.height, image.dpi
            )
        record = _RECORDS[position]

        def keep(tx: Connection) -> None:
            content = put_blob(tx, record.wsq, "image/x-wsq")
            held = StoredFinger(position, content, record.template, record.nfiq2, 272, 320, 500, None, 1)
            put_finger(tx, application_id, held, by=self.clerk.operator.id, at=clock.now())

        self.office.store.write(keep)

    def _keep_portrait(self, tx: Connection, application_id: str, jpeg: bytes) -> None:
        requirements = [
            {"name": name, "value": 1.0, "unit": "", "low": None, "high": None, "verdict": "green"}
            for name in ("face_count", "head_size", "eye_distance", "centring", "sharpness", "exposure")
        ]
        add_portrait(
            tx,
            application_id,
            original=put_blob(tx, jpeg + b" ", "image/png"),
            cropped=put_blob(tx, jpeg, "image/jpeg"),
            width=300,
            height=384,
            report={"verdict": "green", "requirements": requirements},
            by=self.clerk.operator.id,
            at=clock.now(),
        )


def face() -> bytes:
    """A JPEG in the portrait's proportions; what is on it does not matter to these pages."""
    picture = np.full((384, 300, 3), 225, np.uint8)
    cv2.ellipse(picture, (150, 180), (80, 110), 0, 0, 360, (120, 150, 190), -1)
    return bytes(cv2.imencode(".jpg", picture)[1])


def finger_image(position: int, impression: int = 0) -> FingerImage:
    """A synthetic print; each position is another finger."""
    pixels = finger(position, impression)
    return FingerImage(pixels.tobytes(), pixels.shape[1], pixels.shape[0], 500)


@dataclass(frozen=True)
class Room:
    """An open training office and the two who work in it."""

    office: Office
    clerk: SignedIn
    supervisor: SignedIn


def _founded(data: Path) -> tuple[Operator, Operator]:
    _path, code = begin_first_start(data)
    create_office(
        data,
        NewOffice(
            office_code="SST",
            station_code="A1",
            office_name="ຫ້ອງການ ປກສ ເມືອງສີສັດຕະນາກ",
            province_code="01",
            district_code="0104",
            work=Work.TRAINING,
            registry_url="http://127.0.0.1:9",
            passphrase=PASSPHRASE,
            administrator_username="admin",
            administrator_name="ນາງ ຄຳຫຼ້າ",
            administrator_password=PASSWORD,
        ),
        code,
    )
    office = open_office(data, PASSPHRASE)
    try:
        admin = sign_in(office, "admin", PASSWORD)
        clerk, supervisor = (
            add_operator(office, admin, username=username, display_name=name, role=role, password=PASSWORD)
            for username, name, role in (
                ("clerk", "ຄຳຫຼ້າ ສີສຸພັນ", Role.CLERK),
                ("supervisor", "ສົມພອນ ວົງພະຈັນ", Role.SUPERVISOR),
            )
        )
        load_invented_box(office, SignedIn(supervisor, clock.now()))
        return clerk, supervisor
    finally:
        close_office(office)


def make_room(data: Path, *, own: bool = False) -> Room:
    """An office in `data`, open: the copy of one that this process founded once, unless it needs a station and people
    of its `own`. Whoever calls closes it."""
    clerk, supervisor = _founded(data) if own else FOUNDED.copy("room", _founded, data)
    office = open_office(data, PASSPHRASE)
    # It ends with the office, so it begins with it: not in whichever test looks at a finger first.
    office.analysis.warm_up()
    made = Room(office, SignedIn(clerk, clock.now()), SignedIn(supervisor, clock.now()))
    for who in (made.clerk, made.supervisor):
        office.proofs.present(who.operator.id)
    return made


@pytest.fixture(scope="module")
def room() -> Iterator[Room]:
    """One office for all tests of a file: founding one costs seconds, and each test has applications of its own."""
    with tempfile.TemporaryDirectory(prefix="counter-") as folder:
        made = make_room(Path(folder) / "data")
        yield made
        close_office(made.office)


@pytest.fixture
def counter(qapp: QApplication, room: Room) -> Iterator[Counter]:
    """The counter of one test; its lanes and devices end with it."""
    set_language("en")
    apply_theme(qapp)
    for who in (room.clerk, room.supervisor):
        # As if they had signed in just now: the room serves the whole file.
        room.office.proofs.present(who.operator.id)
    made = Counter(room.office, room.clerk, room.supervisor, Background(), Desk(Settings()))
    yield made
    made.background.close()
    made.desk.close()
    set_language("en")


def run_action(page: StagePage, name: str) -> None:
    """Runs a command of the page as the action bar would: only when it is enabled."""
    action = next(action for action in page.actions() if action.name == name)
    assert action.enabled, f"{name} is not enabled"
    action.run()


def enabled(page: StagePage) -> set[str]:
    """The names of the commands that can be run now."""
    return {action.name for action in page.actions() if action.enabled}


def child(page: QWidget, name: str) -> QWidget:
    """The widget of that object name."""
    found = page.findChild(QWidget, name)
    assert found is not None, name
    return found


def press(widget: QWidget, key: Qt.Key) -> None:
    """One key, pressed and let go."""
    QTest.keyClick(widget, key)


def type_into(widget: QWidget, text: str) -> None:
    """Types letter by letter as a keyboard of any script does (QTest's own typing knows Latin letters only)."""
    widget.setFocus()
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
        QApplication.processEvents()


def until(condition: Callable[[], bool]) -> Callable[[], None]:
    """For qtbot.waitUntil: says which condition did not come."""

    def check() -> None:
        assert condition()

    return check


def wait_quietly(seconds: float) -> None:
    """Lets the window's thread run for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)
