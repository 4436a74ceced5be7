"""A station's database with approved applications in it, made through the product's own rooms."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, insert, select
from uuid6 import uuid7

from tests.database_engines import CHOICE
from workstation import clock
from workstation.database import tables
from workstation.database.applications import ApplicationRow, application, keep_approver
from workstation.database.blobs import put_blob
from workstation.database.moves import Actor, keep_capturer, move
from workstation.database.outbox import OutboxItem, outbox_of
from workstation.database.policies import add_policy
from workstation.database.postgresql import Server
from workstation.database.station import add_station
from workstation.database.store import Store
from workstation.domain.application_number import application_number
from workstation.domain.operator import Role
from workstation.domain.stages import Action, Stage
from workstation.domain.station import Station, Work
from workstation.interchange import card_issue, enrolment
from workstation.interchange.card_issue import CardIssued
from workstation.interchange.enrolment import EnrolmentRecord, Finger, Portrait

KEY = bytes(range(32))
POLICY = Path(__file__).resolve().parents[2] / "resources" / "policies" / "training.json"


def record(enrolment_id: str, number: str = "VTE01-01-261122-001-A") -> EnrolmentRecord:
    """An invented person's enrolment whose images are still to be named."""
    return EnrolmentRecord(
        enrolment_id=enrolment_id,
        application_number=number,
        office_code="VTE01",
        station_code="01",
        policy_version="training-1+0123456789ab",
        captured_by=("clerk",),
        approved_by="supervisor",
        roles={"clerk": "clerk", "supervisor": "supervisor"},
        enrolled_at="2026-11-22T03:04:05+00:00",
        kind="first_issue",
        biographic={
            "given_name_lo": "ສົມພອນ",
            "surname_lo": "ວົງສາ",
            "given_name_latin": "Somphone",
            "surname_latin": "Vongsa",
            "sex": "F",
            "birth_date": "1991-04",
            "nationality": "LAO",
            "household_number": "0012",
            "province_code": "01",
            "district_code": "0101",
            "village": "ສີຫອມ",
        },
        documents=("household_book",),
        fingers_required=2,
        portrait=None,
        fingers=(),
    )


@dataclass
class StationUnderTest:
    """One open station database. Pictures are random bytes: only their digests matter here."""

    store: Store
    station: Station
    chance: random.Random
    count: int = 0

    @property
    def clerk(self) -> Actor:
        return Actor("clerk", Role.CLERK, self.station.id)

    @property
    def supervisor(self) -> Actor:
        return Actor("supervisor", Role.SUPERVISOR, self.station.id)

    def approved(self, *, image_bytes: int = 6000) -> str:
        """An application that was just approved; its id."""
        self.count += 1
        identifier = str(uuid7())
        number = application_number("VTE01", "01", date(2026, 11, 22), self.count)
        portrait, right, left = (self.chance.randbytes(image_bytes) for _ in range(3))

        def verb(tx: Connection) -> None:
            at = clock.now()
            tx.execute(
                insert(tables.applications).values(
                    id=identifier,
                    number=number,
                    kind="first_issue",
                    stage=Stage.INTAKE.value,
                    version=1,
                    policy_version=tx.scalar(select(tables.policies.c.version)),
                    created_at=at,
                    created_by="clerk",
                    stage_since=at,
                    returned=False,
                    name_lo="ສົມພອນ ວົງສາ",
                    name_latin="Somphone Vongsa",
                    name_sort_key=b"",
                    birth_date="1991-04",
                    village="ສີຫອມ",
                )
            )
            for _ in (Stage.INTAKE, Stage.PHOTO, Stage.FINGERPRINTS):
                move(tx, identifier, Action.COMPLETE, actor=self.clerk, at=at)
            keep_capturer(tx, identifier, "clerk")
            keep_approver(tx, identifier, "supervisor")
            whole = replace(
                record(identifier, number),
                portrait=Portrait(put_blob(tx, portrait, "image/jpeg"), "image/jpeg", 600, 768),
                fingers=tuple(
                    Finger(position, put_blob(tx, image, "image/x-wsq"), 272, 320, 500, 61, b"FMR\0 20\0")
                    for position, image in ((2, right), (7, left))
                ),
            )
            move(
                tx,
                identifier,
                Action.APPROVE,
                actor=self.supervisor,
                at=at,
                announcement=enrolment.to_message(whole),
            )

        self.store.write(verb)
        return identifier

    def handed_over(self, identifier: str) -> None:
        """Takes an application with a decision through print, check and hand-over."""
        held = self.application(identifier)
        issued = CardIssued(
            application_id=identifier,
            kind="first_issue",
            office_code="VTE01",
            identity_number=held.identity_number or "",
            document_number=held.document_number or "",
            chip_serial="04A1B2C3D4E5F6",
            handed_over_at=clock.now().isoformat(),
            handed_over_by="clerk",
            handed_over_role="clerk",
            collected_by="holder",
            fingerprint_score=77,
            fallback_reason="",
            biographic={"given_name_latin": "Somphone", "surname_latin": "Vongsa", "birth_date": "1991-04"},
        )

        def verb(tx: Connection) -> None:
            at = clock.now()
            while application(tx, identifier).stage is not Stage.HAND_OVER:
                move(tx, identifier, Action.COMPLETE, actor=self.clerk, at=at)
            announcement = card_issue.to_message(issued)
            move(tx, identifier, Action.COMPLETE, actor=self.clerk, at=at, announcement=announcement)

        self.store.write(verb)

    def application(self, identifier: str) -> ApplicationRow:
        return self.store.read(lambda connection: application(connection, identifier))

    def outbox(self, identifier: str) -> tuple[OutboxItem, ...]:
        return self.store.read(lambda connection: outbox_of(connection, identifier))


def open_station(folder: Path, seed: int = 1) -> StationUnderTest:
    """Makes the database in `folder`; the caller closes its store."""
    station = Station(str(uuid7()), "VTE01", "01", "Test office", "01", "0101", Work.TRAINING)
    address = CHOICE.address()
    store = Store(Server(address, station.id) if address else folder / "station.db", KEY)

    def verb(tx: Connection) -> None:
        at = clock.now()
        add_station(tx, station, registry_url="", at=at)
        for role in (Role.CLERK, Role.SUPERVISOR):
            tx.execute(
                insert(tables.operators).values(
                    id=role.value,
                    username=role.value,
                    display_name=role.value,
                    role=role.value,
                    password_hash="-",
                    active=True,
                    created_at=at,
                )
            )
        add_policy(tx, POLICY.read_bytes(), at=at)

    store.write(verb)
    return StationUnderTest(store, station, random.Random(seed))
