"""Recalling an approval: who may, until when, and the race with a real engine that sends to a real registry."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache, partial
from importlib.resources import files

import pytest

from tests.faults.registry_process import RegistryProcess
from tests.offices import FIELDS, PASSWORD, Staffed, staffed_office
from workstation import clock
from workstation.biometrics.fingerprint.wsq_image import encode_wsq
from workstation.database import Connection, outbox
from workstation.database.applications import application
from workstation.database.audit import audit_of
from workstation.database.blobs import put_blob
from workstation.database.captures import StoredFinger, put_finger
from workstation.database.moves import Actor, move
from workstation.database.outbox import OutboxState, outbox_of
from workstation.database.policies import add_policy
from workstation.database.portraits import add_portrait
from workstation.domain.operator import Role
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Action, Stage
from workstation.sync.engine import SyncEngine
from workstation.workflow import claims
from workstation.workflow.intake import steps as intake
from workstation.workflow.office import SignedIn
from workstation.workflow.operators import add_operator
from workstation.workflow.queue import queue
from workstation.workflow.review import steps as review
from workstation.workflow.review.recall import held, next_to_review
from workstation.workflow.review.view import view
from workstation.workflow.sign_in import sign_in


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RegistryProcess]:
    process = RegistryProcess(tmp_path_factory.mktemp("registry") / "registry.db")
    yield process
    process.kill()


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with staffed_office(tmp_path_factory.mktemp("recall") / "data") as opened:
        # The engine reads beside the test: both connections are open before the first test counts what it leaves.
        store = opened.office.store
        store.read(lambda _one: store.read(lambda _two: None))
        yield opened


@pytest.fixture(scope="module")
def other_supervisor(staffed: Staffed) -> SignedIn:
    add_operator(
        staffed.office,
        staffed.administrator,
        username="khamla",
        display_name="ນາງ ຄຳຫຼ້າ",
        role=Role.SUPERVISOR,
        password=PASSWORD,
    )
    return sign_in(staffed.office, "khamla", PASSWORD)


def hold_for(staffed: Staffed, seconds: int) -> None:
    """A policy in force from now on that holds an approval back for so long."""
    shipped = json.loads(files("resources").joinpath("policies/training.json").read_bytes())
    shipped |= {"recall_seconds": seconds, "comment": f"{clock.now()}"}
    staffed.office.store.write(lambda tx: add_policy(tx, json.dumps(shipped).encode(), at=clock.now()))


@cache
def _wsq(position: int) -> bytes:
    return encode_wsq(bytes((x * position) % 251 for x in range(272 * 320)), 272, 320)


_counted = iter(range(1, 1000))


def at_review(staffed: Staffed, seconds: int) -> str:
    """An application that waits for review under that policy; each is another person's."""
    hold_for(staffed, seconds)
    office, clerk = staffed.office, staffed.clerk
    started = intake.start(office, clerk)
    person = FIELDS | {"birth_date": f"{1950 + next(_counted)}-01-01"}
    intake.save_draft(office, clerk, started, person).result(10)
    intake.complete(office, clerk, started)
    actor = Actor(clerk.operator.id, Role.CLERK, office.station.id)

    def captured(tx: Connection) -> None:
        at = clock.now()
        jpeg = put_blob(tx, started.encode(), "image/jpeg")
        add_portrait(
            tx,
            started,
            original=jpeg,
            cropped=jpeg,
            width=300,
            height=384,
            report={"verdict": "green", "requirements": []},
            by=actor.id,
            at=at,
        )
        for position in (2, 7):
            wsq = put_blob(tx, _wsq(position), "image/x-wsq")
            finger = StoredFinger(position, wsq, b"FMR\0 20\0", 61, 272, 320, 500, None, 1)
            put_finger(tx, started, finger, by=actor.id, at=at)
        for _ in (Stage.PHOTO, Stage.FINGERPRINTS):
            move(tx, started, Action.COMPLETE, actor=actor, at=at)

    office.store.write(captured)
    return started


def approved(staffed: Staffed, seconds: int) -> str:
    one = at_review(staffed, seconds)
    version = staffed.office.store.read(lambda c: application(c, one).version)
    review.approve(staffed.office, staffed.supervisor, one, version)
    return one


def stage(staffed: Staffed, one: str) -> Stage:
    return staffed.office.store.read(lambda connection: application(connection, one).stage)


def states(staffed: Staffed, one: str) -> list[OutboxState]:
    return [item.state for item in staffed.office.store.read(lambda c: outbox_of(c, one))]


def refused(reason: Reason, staffed: Staffed, who: SignedIn, one: str) -> None:
    with pytest.raises(Refused) as refusal:
        review.recall(staffed.office, who, one)
    assert refusal.value.reason is reason


def engine_of(staffed: Staffed, url: str) -> SyncEngine:
    office = staffed.office
    return SyncEngine(office.store, url, office.station.id, poll_seconds=0.05, tick_seconds=0.01)


def wait_for(condition: object, seconds: float = 30.0) -> bool:
    assert callable(condition)
    pause = threading.Event()
    for _ in range(int(seconds / 0.02)):
        if condition():
            return True
        pause.wait(0.02)
    return False


def test_an_approval_is_held_back_recalled_and_never_sent(
    staffed: Staffed, registry: RegistryProcess
) -> None:
    office, supervisor = staffed.office, staffed.supervisor
    one, other = approved(staffed, 60), approved(staffed, 0)
    still = held(office, supervisor, one)
    assert still is not None
    assert still.own
    assert still.by == "ທ່ານ ສົມຈິດ"
    assert 50 < (still.until - clock.now()).total_seconds() <= 60
    seen_by_clerk = held(office, staffed.clerk, one)
    assert seen_by_clerk is not None
    assert not seen_by_clerk.own
    engine = engine_of(staffed, registry.url)
    engine.start()
    try:
        engine.wake()
        assert wait_for(lambda: states(staffed, other) == [OutboxState.SENT])
        assert states(staffed, one) == [OutboxState.WAITING], "waking the line hurries no held approval"
        assert review.recall(office, supervisor, one) is Stage.REVIEW
        assert states(staffed, one) == [OutboxState.RECALLED]
        assert held(office, supervisor, one) is None
        again = view(office, supervisor, one)
        assert again.may_decide
        hold_over = again.header.version
        review.approve(office, supervisor, one, hold_over)
        assert states(staffed, one) == [OutboxState.RECALLED, OutboxState.WAITING]
    finally:
        engine.stop()
    entries = office.store.read(lambda connection: audit_of(connection, one))
    told = [json.loads(entry.facts)["action"] for entry in entries if entry.tag == "application.moved"]
    assert told[-3:] == ["approve", "recall", "approve"]
    assert office.store.read(lambda c: application(c, one).approved_by) == supervisor.operator.id


def test_a_recalled_item_does_not_hold_back_the_next_approval(
    staffed: Staffed, registry: RegistryProcess
) -> None:
    office, supervisor = staffed.office, staffed.supervisor
    one = approved(staffed, 2)
    review.recall(office, supervisor, one)
    review.approve(office, supervisor, one, view(office, supervisor, one).header.version)
    engine = engine_of(staffed, registry.url)
    engine.start()
    try:
        assert wait_for(lambda: states(staffed, one) == [OutboxState.RECALLED, OutboxState.SENT])
        assert wait_for(lambda: stage(staffed, one) is Stage.PRINT)
    finally:
        engine.stop()
    refused(Reason.MOVE_NOT_ALLOWED, staffed, supervisor, one)


def test_only_the_same_reviewer_recalls(staffed: Staffed, other_supervisor: SignedIn) -> None:
    one = approved(staffed, 60)
    refused(Reason.NOT_THE_APPROVER, staffed, other_supervisor, one)
    refused(Reason.ROLE_NOT_ALLOWED, staffed, staffed.clerk, one)
    assert stage(staffed, one) is Stage.DECISION
    assert states(staffed, one) == [OutboxState.WAITING]
    assert review.recall(staffed.office, staffed.supervisor, one) is Stage.REVIEW
    refused(Reason.MOVE_NOT_ALLOWED, staffed, staffed.supervisor, one)


def test_without_a_hold_there_is_no_recall(staffed: Staffed) -> None:
    one = approved(staffed, 0)
    assert held(staffed.office, staffed.supervisor, one) is None
    refused(Reason.SENDING_BEGUN, staffed, staffed.supervisor, one)
    assert stage(staffed, one) is Stage.DECISION
    assert states(staffed, one) == [OutboxState.WAITING], "a refused recall leaves everything as it was"


def _later(seconds: float) -> datetime:
    return clock.now() + timedelta(seconds=seconds)


def test_what_was_begun_or_tried_is_not_recalled(staffed: Staffed) -> None:
    office = staffed.office
    begun, tried = approved(staffed, 60), approved(staffed, 60)
    taken = office.store.write(lambda tx: outbox.begin_next(tx, _later(61)))
    while taken is not None and taken.application_id != begun:
        done = partial(outbox.settle, item_id=taken.id, state=OutboxState.SENT, at=clock.now())
        office.store.write(done)
        taken = office.store.write(lambda tx: outbox.begin_next(tx, _later(61)))
    assert taken is not None
    refused(Reason.SENDING_BEGUN, staffed, staffed.supervisor, begun)
    item = office.store.read(lambda c: outbox_of(c, tried))[0]
    office.store.write(lambda tx: outbox.keep_attempt(tx, item.id, "unreachable", not_before=_later(60)))
    refused(Reason.SENDING_BEGUN, staffed, staffed.supervisor, tried)


def test_a_clock_that_was_set_back_holds_nothing(staffed: Staffed) -> None:
    one = approved(staffed, 60)
    past = clock.now() - timedelta(days=300)
    assert staffed.office.store.read(lambda c: outbox.held_until(c, one, past)) is None
    staffed.office.store.write(lambda tx: outbox.hurry(tx, now=past))
    item = staffed.office.store.read(lambda c: outbox_of(c, one))[0]
    assert item.not_before <= past


@pytest.mark.parametrize("round_", range(6))
def test_recall_and_engine_race_for_the_same_item(
    staffed: Staffed, registry: RegistryProcess, round_: int
) -> None:
    """The hold ends just while the reviewer recalls: one of the two has it, never both and never neither."""
    one = approved(staffed, 1)
    item = staffed.office.store.read(lambda c: outbox_of(c, one))[0]
    engine = engine_of(staffed, registry.url)
    engine.start()
    try:
        pause = threading.Event()
        ahead = (item.not_before - clock.now()).total_seconds()
        pause.wait(max(0.0, ahead - 0.006 + 0.003 * round_))
        why = None
        try:
            review.recall(staffed.office, staffed.supervisor, one)
            recalled = True
        except Refused as refusal:
            recalled = False
            why = refusal.reason
        if recalled:
            pause.wait(0.3)
            assert states(staffed, one) == [OutboxState.RECALLED]
            assert stage(staffed, one) is Stage.REVIEW
        else:
            assert why in (Reason.SENDING_BEGUN, Reason.MOVE_NOT_ALLOWED)
            assert wait_for(lambda: states(staffed, one) == [OutboxState.SENT])
            assert wait_for(lambda: stage(staffed, one) is Stage.PRINT)
    finally:
        engine.stop()


def test_the_next_one_to_review_is_never_her_own(staffed: Staffed, other_supervisor: SignedIn) -> None:
    office = staffed.office
    first, second = at_review(staffed, 0), at_review(staffed, 0)

    def after(who: SignedIn, one: str = "") -> str | None:
        return next_to_review(office, who, one).application_id

    own = after(staffed.supervisor)
    assert own is not None
    seen = [own]
    while (found := after(staffed.supervisor, seen[-1])) not in (None, *seen):
        assert found is not None
        seen.append(found)
    assert {first, second} <= set(seen)
    assert seen.index(first) < seen.index(second), "who waits longest comes first"
    assert first not in (after(staffed.clerk), after(staffed.clerk, second))
    assert all(claims.standing(office, staffed.supervisor, one).mine for one in seen), "found is claimed"
    for one in seen:
        claims.release(office, staffed.supervisor, one)


def test_the_next_one_to_review_is_none_that_a_colleague_works_on(
    staffed: Staffed, other_supervisor: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, supervisor = staffed.office, staffed.supervisor
    first, second, third = (at_review(staffed, 0) for _one in range(3))
    for row in queue(office, Stage.REVIEW):
        if row.application_id not in (first, second, third):
            claims.open_claimed(office, other_supervisor, row.application_id)
    assert claims.open_claimed(office, other_supervisor, second).mine
    assert claims.open_claimed(office, supervisor, first).mine
    found = next_to_review(office, supervisor, first)
    assert found.application_id == third, "the second is a colleague's"
    assert found.held >= 1
    assert next_to_review(office, supervisor, third).application_id == first, "her own claim is no obstacle"
    claims.release(office, supervisor, third)
    assert claims.open_claimed(office, other_supervisor, third).mine
    none = next_to_review(office, supervisor, first)
    assert (none.application_id, none.held) == (None, found.held + 1)
    now = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: now)
    silent = next_to_review(office, supervisor, first)
    assert silent.application_id == second, "who is silent holds nothing"
    assert silent.held == 0


def test_an_approval_without_the_points_is_refused_below_the_window(staffed: Staffed) -> None:
    office, supervisor = staffed.office, staffed.supervisor
    first = at_review(staffed, 60)
    born = office.store.read(lambda c: application(c, first).birth_date)
    second = intake.start(office, staffed.clerk)
    twin = FIELDS | {"birth_date": born, "sex": "M"}
    intake.save_draft(office, staffed.clerk, second, twin).result(10)
    intake.complete(office, staffed.clerk, second)
    seen = view(office, supervisor, first)
    assert [point.kind.value for point in seen.points] == ["other-application", "difference"]
    assert seen.compared is not None
    assert seen.compared.other.id == second
    ids = {point.id for point in seen.points}
    for visited in (set(), {min(ids)}):
        with pytest.raises(Refused) as refusal:
            review.approve(office, supervisor, first, seen.header.version, visited)
        assert refusal.value.reason is Reason.POINTS_NOT_VISITED
        assert refusal.value.facts == {"count": len(ids) - len(visited)}
        assert stage(staffed, first) is Stage.REVIEW
        assert states(staffed, first) == []
    assert review.approve(office, supervisor, first, seen.header.version, ids) is Stage.DECISION
