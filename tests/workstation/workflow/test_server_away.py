"""An office whose server dies while somebody types, in the middle of verbs, and before the office is opened."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from tests.database_engines import Cluster, require_server, running_cluster
from tests.offices import FIELDS, PASSPHRASE, Staffed, at_their_desks, found_office, staff_office
from workstation.database.audit import audit_of
from workstation.database.probe import database_fault
from workstation.database.tables import applications
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.startup import KEY, close_office, open_office
from workstation.workflow.audit.verify import verify_trail
from workstation.workflow.intake import steps as intake
from workstation.workflow.intake import view as intake_view
from workstation.workflow.preflight.checks import Severity, Subject, findings
from workstation.workflow.preflight.view import look

SOON = 120.0


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    require_server()
    with running_cluster(durable=True) as running:
        yield running


@pytest.fixture
def staffed(cluster: Cluster, data_folder: Path) -> Iterator[Staffed]:
    found_office(data_folder, server=cluster.migrated())
    office = open_office(data_folder, PASSPHRASE)
    try:
        yield staff_office(office)
    finally:
        close_office(office)


def _reason(deed: Callable[[], object]) -> Reason:
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.reason


def _tags(staffed: Staffed, application_id: str) -> list[AuditTag]:
    entries = staffed.office.store.read(lambda connection: audit_of(connection, application_id))
    return [entry.tag for entry in entries]


def _whole(staffed: Staffed) -> bool:
    return all(trail.broken is None for trail in verify_trail(staffed.office.store).trails)


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SOON
    while not condition():
        assert time.monotonic() < deadline, "did not come in time"
        time.sleep(0.01)


def _longer(made: list[str], count: int) -> bool:
    return len(made) > count


def _found(staffed: Staffed) -> list[tuple[Subject, Severity, str]]:
    seen = look(
        staffed.office,
        staffed.clerk,
        key_file=staffed.office.data / KEY,
        devices={},
        line="online",
        last_contact=None,
    )
    return [(one.subject, one.severity, one.code) for one in findings(seen)]


def test_a_server_that_dies_while_a_clerk_types_loses_no_word_and_doubles_no_step(
    cluster: Cluster, staffed: Staffed
) -> None:
    office, clerk, drafts = staffed.office, staffed.clerk, staffed.office.drafts
    assert drafts is not None
    application_id = intake.start(office, clerk)
    first = {**FIELDS, "village": "ໂພນ"}
    intake.save_draft(office, clerk, application_id, first).result(SOON)
    assert (Subject.DATABASE, Severity.WARNS, "own-disk") in _found(staffed)
    cluster.stop("immediate")
    try:
        typed = intake.save_draft(office, clerk, application_id, FIELDS)
        assert _reason(lambda: typed.result(SOON)) is Reason.SERVER_AWAY
        assert _reason(lambda: intake.complete(office, clerk, application_id)) is Reason.SERVER_AWAY
        assert _reason(lambda: intake_view.view(office, application_id)) is Reason.SERVER_AWAY
        assert [draft.fields["village"] for draft in drafts.all()] == [FIELDS["village"]]
        assert not office.store.answers()
        assert database_fault(office.store) == "away"
        assert (Subject.DATABASE, Severity.STOPS, "away") in _found(staffed)
    finally:
        cluster.start()
    assert office.store.answers()
    assert database_fault(office.store) is None
    # The page gives its words again by itself, as it does here.
    intake.save_draft(office, clerk, application_id, FIELDS).result(SOON)
    _until(lambda: drafts.all() == ())
    assert intake.complete(office, clerk, application_id) is Stage.PHOTO
    assert _reason(lambda: intake.complete(office, clerk, application_id)) is Reason.MOVE_NOT_ALLOWED
    tags = _tags(staffed, application_id)
    assert tags.count(AuditTag.FEE_TAKEN) == tags.count(AuditTag.APPLICATION_MOVED) == 1
    assert intake_view.receipt(office, application_id) is not None
    assert _whole(staffed)


def test_words_of_a_program_that_was_closed_meanwhile_arrive_at_its_next_start(
    cluster: Cluster, staffed: Staffed
) -> None:
    office, clerk = staffed.office, staffed.clerk
    application_id = intake.start(office, clerk)
    cluster.stop("immediate")
    try:
        typed = intake.save_draft(office, clerk, application_id, FIELDS)
        assert _reason(lambda: typed.result(SOON)) is Reason.SERVER_AWAY
        close_office(office)
        assert _reason(lambda: open_office(office.data, PASSPHRASE)) is Reason.SERVER_AWAY_AT_START
        assert _reason(lambda: open_office(office.data, "another passphrase")) is Reason.WRONG_PASSPHRASE
    finally:
        cluster.start()
    again = open_office(office.data, PASSPHRASE)
    try:
        assert again.drafts is not None
        assert again.drafts.all() == ()
        at_their_desks(replace(staffed, office=again))
        assert intake.complete(again, clerk, application_id) is Stage.PHOTO
    finally:
        close_office(again)


def test_a_server_killed_in_the_middle_of_verbs_has_each_one_whole_or_not_at_all(
    cluster: Cluster, staffed: Staffed
) -> None:
    office, chance = staffed.office, random.Random(4)
    made: list[str] = []
    unknown: list[Reason] = []
    away: list[Reason] = []
    done = threading.Event()

    def work() -> None:
        while not done.is_set():
            try:
                made.append(intake.start(office, staffed.clerk, fields=FIELDS))
            except Refused as refused:
                (unknown if refused.reason is Reason.OUTCOME_UNKNOWN else away).append(refused.reason)
                done.wait(0.02)

    clerk = threading.Thread(target=work)
    clerk.start()
    try:
        for _time in range(3):
            _until(partial(_longer, made, len(made) + 2))
            done.wait(chance.uniform(0, 0.05))
            cluster.stop("immediate")
            cluster.start()
    finally:
        done.set()
        clerk.join(SOON)
    assert set(away) <= {Reason.SERVER_AWAY}

    def query(connection: Connection) -> tuple[list[str], list[str]]:
        rows = connection.execute(select(applications.c.id, applications.c.number)).all()
        return [row.id for row in rows], [row.number for row in rows]

    held, numbers = office.store.read(query)
    assert set(made) <= set(held), "what was said to be saved is there"
    assert len(held) - len(made) <= len(unknown), "and nothing that was said not to be"
    assert len(set(numbers)) == len(numbers)
    assert sorted(int(number.split("-")[3]) for number in numbers) == list(range(1, len(numbers) + 1))
    for application_id in held:
        assert _tags(staffed, application_id) == [AuditTag.APPLICATION_STARTED]
    assert _whole(staffed)
