"""The whole path below the window: real registry, real IPP printer, real analysis; each verb once, each rule tried."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from devices.fingerprint import FingerImage
from devices.simulated.finger_ridges import finger
from devices.simulated.printer import SimulatedPrinter
from printing.preview import rasterise
from printing.printer.ipp import IppPrinter
from tests.faults.registry_process import RegistryProcess
from tests.offices import FIELDS, Staffed, staffed_office
from ui.demo_portrait import build_studio_portrait, raw_picture
from workstation.biometrics.portrait.detect import Detector
from workstation.database.audit import audit_of
from workstation.database.outbox import OutboxKind, outbox_of
from workstation.domain.card import CardState
from workstation.domain.defects import NamedDefect
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.domain.stock import Place, SerialFormat
from workstation.interchange.card_issue import from_message
from workstation.sync.engine import SyncEngine
from workstation.workflow.check import steps as check
from workstation.workflow.decision import view as decision
from workstation.workflow.fingerprints import steps as fingerprints
from workstation.workflow.hand_over import steps as hand_over
from workstation.workflow.hand_over.handing import Handing, OldCardAnswer
from workstation.workflow.header import header
from workstation.workflow.intake import steps as intake
from workstation.workflow.intake import view as intake_view
from workstation.workflow.office import SignedIn
from workstation.workflow.photo import steps as photo
from workstation.workflow.print import steps as printing
from workstation.workflow.print.carry import PrintProgress
from workstation.workflow.queue import queue, stage_counts
from workstation.workflow.review import steps as review
from workstation.workflow.review import view as review_view
from workstation.workflow.stock.view import stock_view

pytestmark = pytest.mark.both_engines

SEEDS = {2: 4102, 7: 4107}


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[RegistryProcess]:
    process = RegistryProcess(tmp_path / "registry.db")
    yield process
    process.kill()


@pytest.fixture
def staffed(data_folder: Path, registry: RegistryProcess) -> Iterator[Staffed]:
    with staffed_office(data_folder, registry_url=registry.url) as office:
        yield office


def _image(position: int, impression: int = 0) -> FingerImage:
    pixels = finger(SEEDS[position], impression)
    return FingerImage(pixels.tobytes(), pixels.shape[1], pixels.shape[0], 500)


def _refused(reason: Reason, verb: object, *arguments: object) -> Refused:
    with pytest.raises(Refused) as refusal:
        verb(*arguments)  # type: ignore[operator]  # any verb
    assert refusal.value.reason is reason
    return refusal.value


def captured(staffed: Staffed, who: SignedIn) -> str:
    """An application that waits for review, captured by `who`."""
    office = staffed.office
    started = intake.start(office, who)
    intake.save_draft(office, who, started, FIELDS).result()
    assert intake.complete(office, who, started) is Stage.PHOTO
    with Detector() as detector:
        photo.take(office, who, started, build_studio_portrait(), detector)
    assert photo.complete(office, who, started) is Stage.FINGERPRINTS
    for position in (2, 7):
        assert fingerprints.take(office, who, started, position, _image(position)).good
    assert fingerprints.complete(office, who, started) is Stage.REVIEW
    return started


def decided(staffed: Staffed, registry: RegistryProcess, application_id: str) -> None:
    """Waits until the registry's decision is applied."""
    office = staffed.office
    changed = threading.Event()
    engine = SyncEngine(
        office.store,
        registry.url,
        office.station.id,
        on_change=lambda _: changed.set(),
        poll_seconds=0.2,
        tick_seconds=0.1,
    )
    engine.start()
    try:
        for _ in range(300):
            if header(office, application_id).stage is not Stage.DECISION:
                break
            changed.wait(0.1)
            changed.clear()
    finally:
        engine.stop()
    assert decision.view(office, application_id).state is decision.Waiting.DECIDED


def test_from_the_counter_to_the_hand(staffed: Staffed, registry: RegistryProcess) -> None:
    office, clerk, supervisor = staffed.office, staffed.clerk, staffed.supervisor
    one = captured(staffed, clerk)

    seen = review_view.view(office, supervisor, one)
    assert seen.may_decide
    assert seen.captured_by == ("ທ້າວ ບຸນມີ",)
    assert len(seen.fingerprints.fingers) == 2
    assert seen.photo.portrait is not None
    assert review_view.view(office, clerk, one).why_not is Reason.ROLE_NOT_ALLOWED
    _refused(Reason.ROLE_NOT_ALLOWED, review.approve, office, clerk, one, seen.header.version)
    assert review.approve(office, supervisor, one, seen.header.version) is Stage.DECISION
    decided(staffed, registry, one)
    assert header(office, one).stage is Stage.PRINT

    with SimulatedPrinter() as machine:
        printer = IppPrinter(machine.uri)
        try:
            prepared = printing.prepare(office, clerk, one)
            assert prepared.state is CardState.QUEUED
            assert printing.prepare(office, clerk, one).job_id == prepared.job_id
            progress: list[PrintProgress] = []
            stage = printing.print_card(
                office, clerk, one, printer, on_progress=progress.append, cancelled=lambda: False
            )
            assert stage is Stage.CHECK
            assert progress
            (paper,) = machine.printed()
        finally:
            printer.close()
    assert paper == prepared.pdf

    blank = np.full((400, 600, 3), 255, np.uint8)
    _refused(Reason.CARD_NOT_SEEN, check.read_card, office, clerk, one, [blank, blank])
    _refused(Reason.CARD_MISMATCH, check.complete, office, clerk, one)
    sides = [np.ascontiguousarray(rasterise(paper, page, 300)[:, :, ::-1]) for page in (1, 0)]
    _refused(Reason.CARD_SIDES, check.read_card, office, clerk, one, sides[:1] * 2)
    read = check.read_card(office, clerk, one, sides)
    assert [item.name for item in read.items if not item.agrees] == []
    _refused(Reason.CHIP_NOT_READ, check.complete, office, clerk, one)
    assert check.bind_chip(office, clerk, one, bytes.fromhex("04A2247B1E6180")).complete
    assert check.complete(office, clerk, one) is Stage.HAND_OVER

    _refused(Reason.FINGERPRINT_NO_MATCH, hand_over.complete, office, clerk, one)
    assert not hand_over.match(office, clerk, one, 2, _image(7, 1)).matched
    _refused(Reason.FINGERPRINT_NO_MATCH, hand_over.complete, office, clerk, one)
    assert hand_over.match(office, clerk, one, 2, _image(2, 1)).matched
    _refused(Reason.OLD_CARD_MISSING, hand_over.complete, office, clerk, one)
    receipt = hand_over.complete(office, clerk, one, Handing(old_card=OldCardAnswer("V 123456")))
    assert receipt.startswith(b"%PDF")
    assert header(office, one).stage is Stage.CLOSED
    # The first blank of the box is in the citizen's hand, and the registry learns which one.
    own = stock_view(office, clerk).balance.own
    assert (own[Place.ISSUED], own[Place.PRINTER], own[Place.PRINTED]) == (1, 199, 0)
    withdrawn, told = office.store.read(lambda connection: outbox_of(connection, one))[-2:]
    assert withdrawn.kind is OutboxKind.CARD_WITHDRAWN
    assert from_message(told.message).stock_number == SerialFormat("TR", 6).serial(1)
    assert stage_counts(office) == {Stage.CLOSED: 1}
    assert queue(office) == ()
    tags = [entry.tag.value for entry in office.store.read(lambda connection: audit_of(connection, one))]
    assert tags.count("application.moved") == 8
    assert tags[0] == "application.started"


GLARE = (NamedDefect(Stage.PHOTO, "glare"),)


def test_who_captured_cannot_approve_however_the_core_is_called(staffed: Staffed) -> None:
    office, supervisor = staffed.office, staffed.supervisor
    one = captured(staffed, supervisor)
    version = header(office, one).version
    for who in (supervisor, SignedIn(supervisor.operator, supervisor.at)):
        _refused(Reason.SAME_PERSON, review.approve, office, who, one, version)
        _refused(Reason.SAME_PERSON, review.reject, office, who, one, version, "no")
        _refused(Reason.SAME_PERSON, review.return_for, office, who, one, version, GLARE)
    assert header(office, one).stage is Stage.REVIEW


def test_a_supervisor_who_only_took_one_finger_cannot_approve(staffed: Staffed) -> None:
    office, clerk, supervisor = staffed.office, staffed.clerk, staffed.supervisor
    one = captured(staffed, clerk)
    version = header(office, one).version
    review.return_for(office, supervisor, one, version, (NamedDefect(Stage.FINGERPRINTS, "low-quality"),))
    fingerprints.take(office, supervisor, one, 2, _image(2))
    fingerprints.complete(office, clerk, one)
    _refused(Reason.SAME_PERSON, review.approve, office, supervisor, one, header(office, one).version)


def test_several_defects_are_walked_through_from_the_earliest(staffed: Staffed) -> None:
    office, clerk, supervisor = staffed.office, staffed.clerk, staffed.supervisor
    one = captured(staffed, clerk)
    named = (
        NamedDefect(Stage.FINGERPRINTS, "low-quality", "2", "take it anew"),
        NamedDefect(Stage.PHOTO, "glare", note="no glasses"),
        NamedDefect(Stage.INTAKE, "name-wrong", "surname_latin", "as in the passport"),
        NamedDefect(Stage.INTAKE, "name-wrong", "surname_lo", "as in the book"),
    )
    to = review.return_for(office, supervisor, one, header(office, one).version, named)
    assert to is Stage.INTAKE
    back = header(office, one)
    assert [(d.stage, d.code, d.place, d.note) for d in back.defects] == [
        (one.stage, one.code, one.place, one.note) for one in named
    ]
    assert {d.place for d in intake_view.view(office, one).defects} == {"surname_latin", "surname_lo"}
    still = []
    for complete in (intake.complete, photo.complete, fingerprints.complete):
        now = header(office, one)
        still.append((now.stage, now.returned, [d.stage for d in now.defects]))
        assert queue(office)[0].returned, "it stays on top until all of it is mended"
        complete(office, clerk, one)
    assert still == [
        (Stage.INTAKE, True, [Stage.FINGERPRINTS, Stage.PHOTO, Stage.INTAKE, Stage.INTAKE]),
        (Stage.PHOTO, True, [Stage.FINGERPRINTS, Stage.PHOTO]),
        (Stage.FINGERPRINTS, True, [Stage.FINGERPRINTS]),
    ]
    now = header(office, one)
    assert (now.stage, now.returned, now.defects) == (Stage.REVIEW, False, ())


def test_returned_with_a_named_defect_and_mended(staffed: Staffed) -> None:
    office, clerk, supervisor = staffed.office, staffed.clerk, staffed.supervisor
    one = captured(staffed, clerk)
    version = header(office, one).version
    for wrong in (
        (),
        (NamedDefect(Stage.INTAKE, "other", note=" "),),
        (NamedDefect(Stage.CHECK, "glare"),),
        (NamedDefect(Stage.PHOTO, "name-wrong"),),
        (NamedDefect(Stage.INTAKE, "name-wrong", "village"),),
        (NamedDefect(Stage.FINGERPRINTS, "low-quality", "11"),),
        (NamedDefect(Stage.PHOTO, "glare", note="x" * 201),),
        (*GLARE, *GLARE),
    ):
        _refused(Reason.DEFECT_MISSING, review.return_for, office, supervisor, one, version, wrong)
    assert header(office, one).defects == ()
    review.return_for(
        office, supervisor, one, version, (NamedDefect(Stage.INTAKE, "name-wrong", note="see the book"),)
    )
    back = header(office, one)
    assert back.returned
    assert [(d.stage, d.code, d.note) for d in back.defects] == [(Stage.INTAKE, "name-wrong", "see the book")]
    assert queue(office)[0].returned
    # Nothing was lost: the form opens with what was accepted.
    assert intake_view.view(office, one).fields == FIELDS
    intake.save_draft(office, clerk, one, FIELDS | {"surname_latin": "Phommachan"}).result()
    intake.complete(office, clerk, one)
    mended = header(office, one)
    assert not mended.returned
    assert mended.defects == ()
    assert photo.complete(office, clerk, one) is Stage.FINGERPRINTS
    assert fingerprints.complete(office, clerk, one) is Stage.REVIEW
    _refused(Reason.CHANGED_BY_ANOTHER, review.approve, office, supervisor, one, version)


def test_another_offices_household_ends_in_a_referral_slip(staffed: Staffed) -> None:
    office, clerk = staffed.office, staffed.clerk
    one = intake.start(office, clerk)
    elsewhere = FIELDS | {"province_code": "06", "district_code": "0601"}
    intake.save_draft(office, clerk, one, elsewhere).result()
    assert intake_view.view(office, one).other_office
    refusal = _refused(Reason.OTHER_OFFICE, intake.complete, office, clerk, one)
    assert refusal.facts == {"province": "06", "district": "0601"}
    assert intake.refer(office, clerk, one).startswith(b"%PDF")
    assert header(office, one).stage is Stage.REFERRED


def test_the_raw_picture_passes_only_with_a_reason(staffed: Staffed) -> None:
    office, clerk = staffed.office, staffed.clerk
    one = intake.start(office, clerk)
    intake.save_draft(office, clerk, one, FIELDS).result()
    intake.complete(office, clerk, one)
    _refused(Reason.NO_PORTRAIT, photo.complete, office, clerk, one)
    with Detector() as detector:
        taken = photo.take(office, clerk, one, raw_picture(), detector)
    assert {r.name for r in taken.requirements if r.verdict.value == "red"} >= {"eye_distance", "background"}
    _refused(Reason.PORTRAIT_NOT_ACCEPTABLE, photo.complete, office, clerk, one)
    assert photo.complete(office, clerk, one, "no other camera today") is Stage.FINGERPRINTS


def test_fingers_twice_wrong_or_missing(staffed: Staffed) -> None:
    office, clerk = staffed.office, staffed.clerk
    one = intake.start(office, clerk)
    intake.save_draft(office, clerk, one, FIELDS).result()
    intake.complete(office, clerk, one)
    with Detector() as detector:
        photo.take(office, clerk, one, build_studio_portrait(), detector)
    photo.complete(office, clerk, one)
    refusal = _refused(Reason.TOO_FEW_FINGERS, fingerprints.complete, office, clerk, one)
    assert refusal.facts == {"position": 2, "count": 2}
    fingerprints.take(office, clerk, one, 2, _image(2))
    refusal = _refused(Reason.SAME_FINGER_TWICE, fingerprints.take, office, clerk, one, 7, _image(2, 1))
    assert refusal.facts == {"position": 7, "other": 2}
    _refused(Reason.REASON_MISSING, fingerprints.mark_missing, office, clerk, one, 7, " ")
    fingerprints.mark_missing(office, clerk, one, 7, "bandaged")
    assert fingerprints.complete(office, clerk, one) is Stage.REVIEW
