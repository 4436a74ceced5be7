"""Nothing that a person typed gets into the trail: every free text of a day carries a mark, and no entry has one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import sqlalchemy

from tests.offices import CLERK, FIELDS, PASSWORD, Staffed, staffed_office
from workstation import clock
from workstation.database import Connection
from workstation.database.blobs import put_blob
from workstation.database.captures import StoredFinger, put_finger
from workstation.database.card_jobs import add_card_job, card_job_of
from workstation.database.moves import Actor, move
from workstation.database.portraits import add_portrait
from workstation.database.tables import audit
from workstation.domain.defects import NamedDefect
from workstation.domain.operator import Role
from workstation.domain.permissions import Verb
from workstation.domain.queue import Contact, QueueFilter
from workstation.domain.refused import Refused
from workstation.domain.stages import Action, Stage
from workstation.domain.take_over import TakeOverReason
from workstation.workflow import claims, queue
from workstation.workflow.fingerprints import steps as fingerprints
from workstation.workflow.header import header
from workstation.workflow.intake import steps as intake
from workstation.workflow.operators import add_operator
from workstation.workflow.photo import steps as photo
from workstation.workflow.print.void import void_card
from workstation.workflow.review import steps as review
from workstation.workflow.review.view import read_points
from workstation.workflow.sign_in import sign_in
from workstation.workflow.sign_in_confirming import confirm

MARK = "Zzq"
TYPED = "ຂຽນເອງ " + MARK
LATIN = MARK + "avanh"


@pytest.fixture
def staffed(data_folder: Path) -> Iterator[Staffed]:
    with staffed_office(data_folder) as office:
        yield office


def _trail(staffed: Staffed) -> str:
    rows = staffed.office.store.read(lambda c: c.execute(sqlalchemy.select(audit)).all())
    assert rows
    return "\n".join(" ".join((r.tag, r.actor, r.station_id, r.object_id, r.facts.decode())) for r in rows)


def _typed() -> dict[str, str]:
    marked = ("given_name_lo", "surname_lo", "place_of_birth", "village", "origin", "household_number")
    names = {name: FIELDS[name] + "ມາກ" for name in marked[:2]}
    return {**FIELDS, **names, "given_name_latin": LATIN, "telephone": "020 7777 8123", "house_number": MARK}


def _captured(staffed: Staffed) -> str:
    """Through capture to review, with a forced portrait and a finger missing for a typed reason."""
    office, clerk = staffed.office, staffed.clerk
    one = intake.start(office, clerk)
    intake.save_draft(office, clerk, one, _typed()).result(10)
    intake.complete(office, clerk, one)
    by = clerk.operator.id
    jpeg = bytes(cv2.imencode(".jpg", np.full((384, 300, 3), 200, np.uint8))[1])

    def picture(tx: Connection) -> None:
        requirement = {"name": "sharpness", "value": 1.0, "unit": "", "low": None, "high": None}
        add_portrait(
            tx,
            one,
            original=put_blob(tx, b"whole", "image/png"),
            cropped=put_blob(tx, jpeg, "image/jpeg"),
            width=300,
            height=384,
            report={"verdict": "red", "requirements": [{**requirement, "verdict": "red"}]},
            by=by,
            at=clock.now(),
        )

    office.store.write(picture)
    photo.complete(office, clerk, one, TYPED)

    def prints(tx: Connection) -> None:
        for position in (2, 7):
            wsq = put_blob(tx, bytes([position]), "image/x-wsq")
            held = StoredFinger(position, wsq, b"template", 60, 272, 320, 500, None, 1)
            put_finger(tx, one, held, by=by, at=clock.now())

    office.store.write(prints)
    fingerprints.mark_missing(office, clerk, one, 7, f"bandaged: {TYPED}")
    fingerprints.complete(office, clerk, one)
    return one


def _version(staffed: Staffed, one: str) -> int:
    return header(staffed.office, one).version


def _returned_and_captured_again(staffed: Staffed) -> str:
    office, clerk, supervisor = staffed.office, staffed.clerk, staffed.supervisor
    one = _captured(staffed)
    named = tuple(NamedDefect(stage, "other", note=TYPED) for stage in (Stage.INTAKE, Stage.PHOTO))
    review.return_for(office, supervisor, one, _version(staffed, one), named)
    queue.tell(office, clerk, one, Contact.NOT_REACHED)
    claims.open_claimed(office, clerk, one)
    claims.take_over(office, supervisor, one, TakeOverReason.OTHER, TYPED)
    claims.release(office, supervisor, one)
    claims.open_claimed(office, clerk, one)
    intake.complete(office, clerk, one)
    photo.complete(office, clerk, one, TYPED)
    fingerprints.complete(office, clerk, one)
    claims.release(office, clerk, one)
    return one


def _approved_and_printed_anew(staffed: Staffed, one: str) -> None:
    office, supervisor = staffed.office, staffed.supervisor
    visited = {point.id for point in office.store.read(lambda c: read_points(c, one)).points}
    review.approve(office, supervisor, one, _version(staffed, one), visited)

    def checked(tx: Connection) -> None:
        registry = Actor("registry", Role.REGISTRY, office.station.id)
        move(tx, one, Action.ACCEPT, actor=registry, at=clock.now())
        pdf = put_blob(tx, b"%PDF-1.4", "application/pdf")
        by = staffed.clerk.operator.id
        add_card_job(tx, one, layout="national-id-1", pdf=pdf, by=by, at=clock.now())
        clerk = Actor(by, Role.CLERK, office.station.id)
        move(tx, one, Action.COMPLETE, actor=clerk, at=clock.now())

    office.store.write(checked)
    assert office.store.read(lambda c: card_job_of(c, one)) is not None
    confirm(office, supervisor, PASSWORD, Verb.REPRINT, one)
    void_card(office, supervisor, one, TYPED, username=CLERK, password=PASSWORD)


def test_no_typed_text_gets_into_the_trail(staffed: Staffed) -> None:
    office, clerk, supervisor = staffed.office, staffed.clerk, staffed.supervisor
    _approved_and_printed_anew(staffed, _returned_and_captured_again(staffed))
    rejected = _captured(staffed)
    review.reject(office, supervisor, rejected, _version(staffed, rejected), TYPED)
    withdrawn = intake.start(office, clerk)
    intake.save_draft(office, clerk, withdrawn, {"given_name_latin": LATIN}).result(10)
    intake.withdraw(office, clerk, withdrawn, TYPED)
    queue.save_queue(office, clerk, TYPED, QueueFilter())
    for username, password in ((LATIN, PASSWORD), (clerk.operator.username, MARK * 4)):
        with pytest.raises(Refused):
            sign_in(office, username, password)
    add_operator(
        office,
        staffed.administrator,
        username=LATIN.lower(),
        display_name=TYPED,
        role=Role.CLERK,
        password=PASSWORD,
    )
    trail = _trail(staffed)
    for tag in (
        "portrait.forced",
        "finger.missing",
        "claim.taken_over",
        "applicant.contacted",
        "card_job.changed",
        "sign_in.refused",
        "operator.created",
    ):
        assert tag in trail, "a day without it proves nothing"
    told = (MARK, MARK.lower(), "ຂຽນເອງ", "ມາກ", "7777", FIELDS["village"], FIELDS["household_number"])
    assert [text for text in told if text in trail] == []
    assert not any(letter in trail for letter in "ກຂຄງຈຊຍດຕຖທນບປຜຝພຟມຢຣລວສຫອຮ"), "no Lao text of any kind"
