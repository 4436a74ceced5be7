"""An office of invented people with an application at every stage, brought there by the core's own verbs.

Nothing of the core is passed over: a registry process on loopback decides, each finger is analysed, each portrait
measured. Only what a device would deliver (pictures, prints, the chip's number) is drawn.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from devices.camera.opencv import cv2
from devices.fingerprint import FingerImage
from printing.preview import rasterise
from ui.demo.signature import drawn, signature
from ui.demo.world import Running
from ui.demo_portrait import build_studio_portrait
from ui.gallery.paper import PaperlessPrinter
from ui.gallery.people import PEOPLE
from workstation.biometrics.portrait.detect import Detector
from workstation.domain.defects import NamedDefect
from workstation.domain.operator import Role
from workstation.domain.stages import Stage
from workstation.domain.station import Work
from workstation.settings import Settings, save_settings
from workstation.startup import (
    NewOffice,
    begin_first_start,
    begin_sync,
    close_office,
    create_office,
    open_office,
)
from workstation.workflow.check import steps as check
from workstation.workflow.fingerprints import steps as fingerprints
from workstation.workflow.hand_over import steps as hand_over
from workstation.workflow.hand_over.handing import Handing, OldCardAnswer
from workstation.workflow.header import header
from workstation.workflow.intake import steps as intake
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.operators import add_operator
from workstation.workflow.photo import steps as photo
from workstation.workflow.print import steps as printing
from workstation.workflow.review import steps as review
from workstation.workflow.review import view as review_view
from workstation.workflow.seeding.blanks import load_invented_box
from workstation.workflow.sign_in import sign_in
from workstation.workflow.signature.steps import take_signature

PASSPHRASE, PASSWORD = "an office of invented people", "invented people 42"
CLERK, SUPERVISOR, ADMINISTRATOR = "bounmy", "somchit", "khamla"
FINGERS = (2, 7)
DECISION_SECONDS = 180.0
Drawer = Callable[[int, int], NDArray[np.uint8]]


class NotDecided(Exception):
    """The registry did not accept an application within DECISION_SECONDS; the message is its number."""


@dataclass
class Shown:
    """Where the gallery's office lies and which application shows what."""

    data: str
    applications: dict[str, str] = field(default_factory=dict)

    def keep(self, path: Path) -> None:
        """Writes it for the process that draws."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Shown:
        """What keep() wrote."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))


def found(data: Path, registry_url: str) -> None:
    """Founds the office and its three operators."""
    _path, code = begin_first_start(data)
    new = NewOffice(
        office_code="VTE",
        station_code="S1",
        office_name="ປກສ ເມືອງຈັນທະບູລີ",
        province_code="01",
        district_code="0101",
        work=Work.DEMO,
        registry_url=registry_url,
        passphrase=PASSPHRASE,
        administrator_username=ADMINISTRATOR,
        administrator_name="ນາງ ຄຳຫຼ້າ",
        administrator_password=PASSWORD,
    )
    create_office(data, new, code)


@contextmanager
def opened(data: Path) -> Iterator[Office]:
    """The office, closed at the end."""
    office = open_office(data, PASSPHRASE)
    try:
        yield office
    finally:
        close_office(office)


class Filling:
    """Walks invented people through the office; each method leaves one application at one place."""

    def __init__(self, office: Office, draw: Drawer, picture: NDArray[np.uint8], detector: Detector) -> None:
        self._office = office
        self._draw = draw
        self._picture = picture
        self._detector = detector
        administrator = sign_in(office, ADMINISTRATOR, PASSWORD)
        for username, name, role in (
            (CLERK, "ທ້າວ ບຸນມີ", Role.CLERK),
            (SUPERVISOR, "ທ່ານ ສົມຈິດ", Role.SUPERVISOR),
        ):
            add_operator(
                office, administrator, username=username, display_name=name, role=role, password=PASSWORD
            )
        self.clerk: SignedIn = sign_in(office, CLERK, PASSWORD)
        self.supervisor: SignedIn = sign_in(office, SUPERVISOR, PASSWORD)
        self.printer = PaperlessPrinter()
        self._begun = 0
        load_invented_box(office, self.supervisor)

    def typed(self, **changes: str) -> str:
        """A form that is filled in and still open."""
        person = PEOPLE[self._begun % len(PEOPLE)]
        self._begun += 1
        application = intake.start(self._office, self.clerk)
        fields = {**person.fields, "household_number": f"12-{400 + self._begun:04d}", **changes}
        intake.save_draft(self._office, self.clerk, application, fields).result(20)
        return application

    def at_photo(self) -> str:
        application = self.typed()
        intake.complete(self._office, self.clerk, application)
        return application

    def photographed(self) -> str:
        application = self.at_photo()
        photo.take(self._office, self.clerk, application, self._picture, self._detector)
        return application

    def at_fingerprints(self) -> str:
        application = self.photographed()
        photo.complete(self._office, self.clerk, application)
        return application

    def fingers_taken(self) -> str:
        application = self.at_fingerprints()
        for position in FINGERS:
            fingerprints.take(
                self._office, self.clerk, application, position, self._print(application, position)
            )
        take_signature(self._office, self.clerk, application, drawn(signature(3 + self._begun % 4)))
        return application

    def at_review(self) -> str:
        application = self.fingers_taken()
        fingerprints.complete(self._office, self.clerk, application)
        return application

    def approved(self) -> str:
        application = self.at_review()
        seen = review_view.view(self._office, self.supervisor, application)
        visited = {point.id for point in seen.points}
        review.approve(self._office, self.supervisor, application, seen.header.version, visited)
        return application

    def returned(self, stage: Stage, code: str, note: str) -> str:
        application = self.at_review()
        review.return_for(
            self._office,
            self.supervisor,
            application,
            self._version(application),
            (NamedDefect(stage, code, note=note),),
        )
        return application

    def rejected(self) -> str:
        application = self.at_review()
        version = self._version(application)
        review.reject(self._office, self.supervisor, application, version, "ເອກະສານບໍ່ແມ່ນຂອງຜູ້ຮ້ອງ")
        return application

    def printed(self, application: str) -> tuple[NDArray[np.uint8], ...]:
        """Prints an accepted application; returns the card's two sides as the card camera sees them (BGR)."""
        printing.prepare(self._office, self.clerk, application)
        printing.print_card(
            self._office,
            self.clerk,
            application,
            self.printer,
            on_progress=lambda _progress: None,
            cancelled=lambda: False,
        )
        sides = (rasterise(self.printer.newest, page, 300)[:, :, ::-1] for page in (0, 1))
        return tuple(
            np.asarray(
                cv2.copyMakeBorder(
                    np.ascontiguousarray(side), 60, 60, 90, 90, cv2.BORDER_CONSTANT, value=(90, 92, 96)
                ),
                np.uint8,
            )
            for side in sides
        )

    def read(self, application: str, card: tuple[NDArray[np.uint8], ...]) -> None:
        """The check reads that card for this application and binds a chip."""
        check.read_card(self._office, self.clerk, application, card)
        chip = bytes([0x04, *bytes.fromhex(application.replace("-", ""))[-6:]])
        check.bind_chip(self._office, self.clerk, application, chip)

    def at_hand_over(self, application: str) -> None:
        self.read(application, self.printed(application))
        check.complete(self._office, self.clerk, application)

    def matched(self, application: str, position: int = FINGERS[0]) -> None:
        live = self._print(application, position, impression=1)
        hand_over.match(self._office, self.clerk, application, position, live)

    def handed_over(self, application: str) -> None:
        hand_over.complete(self._office, self.clerk, application, Handing(old_card=OldCardAnswer()))

    def await_acceptance(self, applications: list[str]) -> None:
        """Waits until the registry accepted all of them. Raises NotDecided."""
        end = time.monotonic() + DECISION_SECONDS
        for application in applications:
            while (held := header(self._office, application)).stage is not Stage.PRINT:
                if time.monotonic() > end:
                    raise NotDecided(held.number)
                time.sleep(0.1)

    def _version(self, application: str) -> int:
        return header(self._office, application).version

    def _print(self, application: str, position: int, impression: int = 0) -> FingerImage:
        seed = int(application.replace("-", "")[-6:], 16) * 10 + position
        pixels = self._draw(seed, impression)
        return FingerImage(pixels.tobytes(), pixels.shape[1], pixels.shape[0], 500)


def prepare(folder: Path, draw: Drawer) -> Shown:
    """Founds and fills the office in `folder`/office. Raises WorldError, NotDecided."""
    folder.mkdir(parents=True, exist_ok=True)
    data, camera = folder / "office", folder / "camera.png"
    picture = build_studio_portrait()
    cv2.imwrite(str(camera), picture)
    database = f"sqlite:///{folder / 'registry.db'}"
    registry = Running(folder / "registry.log", "registry", "--database", database, "--listen", "127.0.0.1:0")
    try:
        found(data, registry.told.split()[-1])
        with opened(data) as office, Detector() as detector:
            filling = Filling(office, draw, np.asarray(picture, np.uint8), detector)
            shown = Shown(str(data), _fill(office, filling))
    finally:
        registry.stop()
    save_settings(data, Settings(camera=f"file:{camera}"))
    return shown


def _fill(office: Office, filling: Filling) -> dict[str, str]:
    at: dict[str, str] = {}
    to_accept = [filling.approved() for _ in range(6)]
    engine: Any = begin_sync(office)
    try:
        filling.await_acceptance(to_accept)
    finally:
        engine.stop()
    at["print"], at["check"], at["check_read"], at["hand_over"], at["hand_over_matched"], at["closed"] = (
        to_accept
    )
    filling.printed(at["check"])
    filling.read(at["check_read"], filling.printed(at["check_read"]))
    for name in ("hand_over", "hand_over_matched", "closed"):
        filling.at_hand_over(at[name])
    for name in ("hand_over_matched", "closed"):
        filling.matched(at[name])
    filling.handed_over(at["closed"])
    at["intake_new"] = intake.start(office, filling.clerk)
    at["intake"] = filling.typed()
    at["intake_faults"] = filling.typed(
        given_name_lo="Somchai", birth_date="31/2/1990", telephone="12", village=""
    )
    at["family"] = filling.typed()
    at["photo"] = filling.at_photo()
    at["photo_taken"] = filling.photographed()
    at["fingerprints"] = filling.at_fingerprints()
    at["fingerprints_taken"] = filling.fingers_taken()
    at["review"] = filling.at_review()
    at["returned"] = filling.returned(Stage.PHOTO, "eyes-closed", "ຫຼັບຕາ")
    at["rejected"] = filling.rejected()
    at["withdrawn"] = filling.at_photo()
    intake.withdraw(office, filling.clerk, at["withdrawn"], "ຜູ້ຮ້ອງຂໍຖອນ")
    at["decision"] = filling.approved()
    return at
