"""A computer that lost the time: it stops the work until two people, one a supervisor, declare what time it is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from tests.offices import (
    ADMINISTRATOR,
    CLERK,
    OTHER_CLERK,
    PASSPHRASE,
    PASSWORD,
    SUPERVISOR,
    Staffed,
)
from workstation import clock
from workstation.database.audit import AuditEntry, audit_of, write_audit
from workstation.database.clock_acceptances import last_acceptance
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason, Refused
from workstation.startup import KEY, close_office, open_office
from workstation.workflow.header import header
from workstation.workflow.intake.steps import start
from workstation.workflow.office import Office
from workstation.workflow.preflight import clock_repair
from workstation.workflow.preflight.checks import Subject, findings, stopping, warnings
from workstation.workflow.preflight.view import latest_that_counts, look
from workstation.workflow.queue import queue
from workstation.workflow.search.carry import start_with

YEARS_BACK = datetime(2000, 1, 1, 0, 3, tzinfo=UTC)


@pytest.fixture
def truth() -> datetime:
    """What a telephone beside the computer shows."""
    return datetime.now(UTC)


@pytest.fixture
def reset_clock(staffed: Staffed, monkeypatch: pytest.MonkeyPatch) -> Staffed:
    """The battery on the board is empty: after the night the computer believes in the year 2000."""
    began = clock.running()
    monkeypatch.setattr(
        clock, "computer_clock", lambda: YEARS_BACK + timedelta(seconds=clock.running() - began)
    )
    return staffed


def _clock_codes(staffed: Staffed, office: Office | None = None) -> list[str]:
    seen = look(
        office or staffed.office,
        staffed.clerk,
        key_file=staffed.office.data / KEY,
        devices={},
        line="online",
        last_contact=None,
    )
    found = findings(seen)
    return [
        f"{f.subject.value} {f.severity.value} {f.code}"
        for f in (*stopping(found), *warnings(found))
        if f.subject is not Subject.DATABASE  # on a server it says who guards the names there
    ]


def _accept(staffed: Staffed, moment: datetime, username: str = SUPERVISOR, password: str = PASSWORD) -> None:
    clock_repair.accept_clock(
        staffed.office, staffed.clerk, moment=moment, username=username, password=password
    )


def test_two_people_put_a_reset_clock_right(reset_clock: Staffed, truth: datetime) -> None:
    assert _clock_codes(reset_clock) == ["clock stops before-build"]
    _accept(reset_clock, truth)
    assert _clock_codes(reset_clock) == ["clock warns declared"]
    assert abs(clock.now() - truth) < timedelta(seconds=30)

    application = start(reset_clock.office, reset_clock.clerk)
    number = header(reset_clock.office, application).number
    assert f"{clock.office_day(truth):%y%m%d}" in number

    def trail(connection: Connection) -> tuple[AuditEntry, ...]:
        acceptance = last_acceptance(connection, reset_clock.office.station.id)
        assert acceptance is not None
        assert acceptance.steers
        return audit_of(connection, acceptance.id)

    (entry,) = reset_clock.office.store.read(trail)
    assert entry.tag is AuditTag.CLOCK_ACCEPTED
    assert entry.actor == reset_clock.clerk.operator.id
    facts = json.loads(entry.facts)
    assert facts["confirmed_by"] == reset_clock.supervisor.operator.id
    assert facts["computer_clock"].startswith("2000-01-01T00:0")
    assert facts["steers"] is True


@pytest.mark.parametrize("fields", [{}, {"given_name_lo": "ສຸດາວັນ"}])
def test_no_application_begins_under_a_wrong_clock_however_it_is_begun(
    reset_clock: Staffed, truth: datetime, fields: dict[str, str]
) -> None:
    office, clerk = reset_clock.office, reset_clock.clerk
    for begun_by in ("start", "start_with"):
        with pytest.raises(Refused) as refusal:
            start(office, clerk, fields=fields) if begun_by == "start" else start_with(office, clerk, fields)
        assert refusal.value.reason is Reason.CLOCK_UNUSABLE
        assert refusal.value.facts == {"code": "before-build", "shows": "01/01/2000 07:03"}
    assert not queue(reset_clock.office)
    _accept(reset_clock, truth)
    assert start_with(reset_clock.office, reset_clock.clerk, fields)


def test_who_may_not(reset_clock: Staffed, truth: datetime) -> None:
    for who, username, password, reason in (
        (reset_clock.clerk, CLERK, PASSWORD, Reason.SECOND_PERSON_NEEDED),
        (reset_clock.supervisor, SUPERVISOR, PASSWORD, Reason.SECOND_PERSON_NEEDED),
        (reset_clock.clerk, OTHER_CLERK, PASSWORD, Reason.SUPERVISOR_NEEDED),
        (reset_clock.clerk, ADMINISTRATOR, PASSWORD, Reason.SUPERVISOR_NEEDED),
        (reset_clock.clerk, SUPERVISOR, "not the password", Reason.WRONG_PASSWORD),
        (reset_clock.clerk, "nobody", PASSWORD, Reason.WRONG_PASSWORD),
    ):
        with pytest.raises(Refused) as refusal:
            clock_repair.accept_clock(
                reset_clock.office, who, moment=truth, username=username, password=password
            )
        assert refusal.value.reason is reason
        assert not clock.is_declared()
    assert _clock_codes(reset_clock) == ["clock stops before-build"]


def test_a_supervisor_may_be_the_first_of_the_two(reset_clock: Staffed, truth: datetime) -> None:
    clock_repair.accept_clock(
        reset_clock.office, reset_clock.supervisor, moment=truth, username=CLERK, password=PASSWORD
    )
    assert clock.is_declared()


@pytest.mark.parametrize("year", [1994, 2026, 2062])
def test_a_time_that_cannot_be_is_not_taken(reset_clock: Staffed, year: int) -> None:
    with pytest.raises(Refused) as refusal:
        _accept(reset_clock, datetime(year, 1, 31, tzinfo=UTC))
    assert refusal.value.reason is Reason.CLOCK_NOT_PLAUSIBLE


def test_it_holds_for_this_boot_and_not_for_the_next(
    reset_clock: Staffed, truth: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    _accept(reset_clock, truth)
    close_office(reset_clock.office)
    assert not clock.is_declared()

    again = open_office(reset_clock.office.data, PASSPHRASE)
    try:
        assert clock.is_declared()
        assert abs(clock.now() - truth) < timedelta(minutes=1)
    finally:
        close_office(again)

    monkeypatch.setattr(clock_repair, "boot", lambda: "another morning")
    anew = open_office(reset_clock.office.data, PASSPHRASE)
    try:
        assert not clock.is_declared()
        assert _clock_codes(reset_clock, anew) == ["clock stops before-build"]
    finally:
        close_office(anew)


def test_a_clock_that_came_right_meanwhile_is_trusted_again(
    staffed: Staffed, truth: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(clock, "computer_clock", lambda: YEARS_BACK)
        _accept(staffed, truth)
        assert clock.is_declared()
    staffed.office.store.read(
        lambda connection: clock_repair.follow_declared_clock(connection, staffed.office.station.id)
    )
    assert not clock.is_declared()


def test_the_time_goes_on_whatever_the_computers_clock_does(
    staffed: Staffed, truth: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "computer_clock", lambda: YEARS_BACK)
    _accept(staffed, truth)
    began = clock.running()
    monkeypatch.setattr(clock, "running", lambda: began + 3600.0)
    monkeypatch.setattr(clock, "computer_clock", lambda: datetime(2040, 1, 1, tzinfo=UTC))
    assert timedelta(minutes=59) < clock.now() - truth < timedelta(minutes=61)


def test_a_trail_from_the_future_stops_until_two_people_say_that_now_is_right(staffed: Staffed) -> None:
    office = staffed.office
    ahead = clock.now() + timedelta(days=700)
    office.store.write(
        lambda tx: write_audit(
            tx, AuditTag.SIGN_IN, at=ahead, actor="a", station_id=office.station.id, object_id="a"
        )
    )
    assert _clock_codes(staffed) == ["clock stops before-trail"]
    # Signing in again writes a later row with an earlier time: that mends nothing.
    with pytest.raises(Refused):
        _accept(staffed, clock.now(), OTHER_CLERK)
    assert _clock_codes(staffed) == ["clock stops before-trail"]
    _accept(staffed, clock.now())
    assert _clock_codes(staffed) == []
    assert not clock.is_declared()


def test_another_stations_fast_clock_does_not_stop_this_one(staffed: Staffed) -> None:
    office = staffed.office
    ahead = clock.now() + timedelta(days=3)
    office.store.write(
        lambda tx: write_audit(tx, AuditTag.SIGN_IN, at=ahead, actor="a", station_id="another", object_id="a")
    )
    assert _clock_codes(staffed) == []
    elsewhere = replace(office.station, id="another")
    assert office.store.read(lambda c: latest_that_counts(c, elsewhere.id)) == ahead
