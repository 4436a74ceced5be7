"""Pre-registrations and forms from a registry process to a station: once, for their office, and judged."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from sqlalchemy import select
from uuid6 import uuid7

from tests.faults.link import Fault, Link
from tests.faults.registry_process import PROJECT, RegistryProcess
from tests.faults.station import StationUnderTest
from tests.form_specifications import changed, with_occupation
from tests.pre_registrations import pre_registered, today
from tests.workstation.registry.referee import Referee
from tests.workstation.sync.conftest import PATIENCE, impatient_engine, until
from workstation import clock
from workstation.database import feed, tables
from workstation.database.forms import form_in_force
from workstation.database.moves import Actor
from workstation.database.pre_registrations import HeldPreRegistration, keep_opened, pre_registration
from workstation.database.sent_forms import form_faults_of, held_forms
from workstation.domain.operator import Role
from workstation.interchange import form_event
from workstation.interchange.form_event import FormSent
from workstation.interchange.pre_registration import PreRegistration, to_document
from workstation.interchange.pre_registration_event import (
    PreRegistrationArrived,
    PreRegistrationWithdrawn,
    to_event,
)
from workstation.sync.decision_feed import take_in
from workstation.sync.engine import SyncEngine
from workstation.sync.merge import Effect
from workstation.sync.registry_client import RegistryClient
from workstation.workflow.intake.forms import seed_forms

OFFICE = "VTE01"


@pytest.fixture
def portal(registry: RegistryProcess) -> Iterator[httpx.Client]:
    """The citizens' portal, its exchanges judged."""
    referee = Referee()
    with httpx.Client(
        base_url=registry.url,
        trust_env=False,
        params={"transactionId": "t"},
        event_hooks={"response": [referee.judge]},
    ) as client:
        yield client


def post(portal: httpx.Client, record: PreRegistration) -> int:
    path = f"/v1/pre-registrations/{quote(record.number, safe='')}"
    return portal.post(path, json=to_document(record)).status_code


def withdraw(portal: httpx.Client, number: str) -> int:
    return portal.delete(f"/v1/pre-registrations/{quote(number, safe='')}").status_code


def publish(
    portal: httpx.Client, document: bytes, *, kind: str = "renewal", valid: date | None = None
) -> int:
    body = {
        "form": kind,
        "validFrom": (valid or today()).isoformat(),
        "document": base64.b64encode(document).decode(),
    }
    return portal.post("/v1/forms", json=body).status_code


def held(station: StationUnderTest, number: str) -> HeldPreRegistration | None:
    return station.store.read(lambda c: pre_registration(c, number))


def outcomes(station: StationUnderTest) -> list[str]:
    return list(
        station.store.read(
            lambda c: (
                c.execute(select(tables.inbox.c.outcome).order_by(tables.inbox.c.sequence)).scalars().all()
            )
        )
    )


def second(kind: str = "renewal", number: int = 2) -> bytes:
    def newer(document: dict[str, Any]) -> None:
        with_occupation(document)
        document["version"] = number

    return changed(newer, kind)


@pytest.fixture
def with_forms(station: StationUnderTest) -> StationUnderTest:
    station.store.write(seed_forms)
    return station


def test_the_whole_way(
    station: StationUnderTest, engine: SyncEngine, portal: httpx.Client, registry: RegistryProcess
) -> None:
    mine = pre_registered("AAAAAAA1", OFFICE, appointment=today())
    others = pre_registered("AAAAAAA2", "LPB")
    old = pre_registered("AAAAAAA3", OFFICE, expires=today() - timedelta(days=1))
    for record in (others, old, mine):
        assert post(portal, record) == 204
    assert post(portal, mine) == 204, "the same again is no fault"
    assert post(portal, pre_registered("AAAAAAA1", OFFICE, appointment=None)) == 409
    until(lambda: held(station, mine.number) is not None)
    found = held(station, mine.number)
    assert found is not None
    assert found.record == mine
    assert held(station, others.number) is None, "another office's data stays away"
    assert held(station, old.number) is None
    assert withdraw(portal, mine.number) == 204
    assert withdraw(portal, mine.number) == 204
    assert withdraw(portal, pre_registered("AAAAAAA9", OFFICE).number) == 404
    assert post(portal, mine) == 409, "what was withdrawn stays so"
    until(lambda: outcomes(station)[-1:] == ["withdrawn"])
    found = held(station, mine.number)
    assert found is not None
    assert (found.withdrawn, found.record) == (True, None)
    assert outcomes(station).count("arrived") == 1
    with httpx.Client(base_url=registry.url, trust_env=False) as anybody:
        told = anybody.get("/v1/feed", params={"office": OFFICE}).text
        assert mine.fields["surname_latin"] not in told, "the registry tells nobody any more"
        assert "pre-registration" not in anybody.get("/v1/feed").text


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"photo": "AAAA"}, "photo"),
        ({"officeCode": "LPB"}, "officeCode"),
        ({"padding": "x" * 20_000}, "most"),
    ],
)
def test_the_registry_refuses_by_name(portal: httpx.Client, change: dict[str, str], place: str) -> None:
    record = pre_registered("AAAAAAB1", OFFICE)
    portal.event_hooks = {}
    path = f"/v1/pre-registrations/{quote(record.number, safe='')}"
    answer = portal.post(path, json=to_document(record) | change)
    assert answer.status_code == 400
    assert place in answer.json()["message"]


def more_arrived(station: StationUnderTest, before: int) -> bool:
    return len(outcomes(station)) > before or before >= 60


def test_killed_between_arrival_and_cursor(
    station: StationUnderTest, registry: RegistryProcess, portal: httpx.Client, link: Link
) -> None:
    """The station is killed at several places of its first reading; each arrives exactly once all the same."""
    records = [pre_registered(f"CCCCC{number:03d}", OFFICE) for number in range(60)]
    for record in records:
        assert post(portal, record) == 204
    for pause in (0.0, 0.1, 0.2):
        link.always = Fault(delay=0.01)
        engine_process = subprocess.Popen(
            [
                sys.executable,
                str(Path(__file__).with_name("engine_process.py")),
                str(station.store.path),
                link.url,
            ],
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
        )
        try:
            until(partial(more_arrived, station, len(outcomes(station))))
            time.sleep(pause)
        finally:
            engine_process.send_signal(signal.SIGKILL)
            engine_process.wait(20)
    link.always = Fault()
    last = impatient_engine(station, link.url)
    last.start()
    try:
        until(lambda: all(held(station, record.number) is not None for record in records))
    finally:
        last.stop()
    audit = select(tables.audit.c.object_id).where(tables.audit.c.tag == "pre_registration.received")
    trail = station.store.read(lambda c: c.execute(audit).scalars().all())
    assert sorted(one for one in trail if "-CCCCC" in one) == sorted(record.number for record in records)


def test_a_replayed_and_a_duplicate_event(station: StationUnderTest) -> None:
    actor = Actor("registry", Role.REGISTRY, station.station.id)
    record = pre_registered("DDDDDDD1", OFFICE)
    event = to_event(PreRegistrationArrived(str(uuid7()), 1, record))

    def told(event: dict[str, Any]) -> Effect | None:
        return station.store.write(lambda tx: take_in(tx, event, actor))

    assert told(event) is Effect.ARRIVED
    assert told(event) is None, "the same place in the feed"
    assert told(event | {"seq": 2}) is None, "the same event at another place"
    newer = pre_registered("DDDDDDD1", OFFICE, appointment=today())
    assert told(to_event(PreRegistrationArrived(str(uuid7()), 3, newer))) is Effect.ARRIVED
    found = held(station, record.number)
    assert found is not None
    assert found.record == newer, "a citizen may change it until it is opened"
    application = station.approved()
    station.store.write(lambda tx: keep_opened(tx, record.number, application, by="clerk", at=clock.now()))
    assert told(to_event(PreRegistrationArrived(str(uuid7()), 4, record))) is Effect.OPENED_ALREADY
    gone = PreRegistrationWithdrawn(str(uuid7()), 5, record.number, OFFICE)
    assert told(to_event(gone)) is Effect.OPENED_ALREADY
    damaged = to_event(PreRegistrationArrived(str(uuid7()), 6, record))
    damaged["document"]["photo"] = "AAAA"
    assert told(damaged) is Effect.DAMAGED
    elsewhere = PreRegistrationArrived(str(uuid7()), 7, pre_registered("DDDDDDD2", "LPB"))
    assert told(to_event(elsewhere)) is Effect.OTHER_STATION
    assert station.store.read(feed.cursor) == 7, "nothing holds back what comes after"


def test_a_form_comes_and_is_in_force_from_its_day(
    with_forms: StationUnderTest, engine: SyncEngine, portal: httpx.Client
) -> None:
    store = with_forms.store
    tomorrow = today() + timedelta(days=1)
    assert publish(portal, second("correction"), kind="correction", valid=tomorrow) == 201
    assert publish(portal, second("renewal"), kind="renewal") == 201
    until(lambda: outcomes(with_forms).count("form-taken") == 2)
    assert store.read(lambda c: form_in_force(c, "renewal")).version.startswith("renewal-2+")
    assert store.read(lambda c: form_in_force(c, "correction")).version.startswith("correction-1+")
    clock.declare(datetime.combine(tomorrow, datetime.min.time(), clock.OFFICE_ZONE), clock.running())
    try:
        assert store.read(lambda c: form_in_force(c, "correction")).version.startswith("correction-2+")
        states = {form.version.partition("+")[0]: form.state for form in store.read(held_forms)}
        assert (states["correction-1"], states["correction-2"]) == ("past", "in-force")
    finally:
        clock.trust_computer()
    states = {form.version.partition("+")[0]: form.state for form in store.read(held_forms)}
    assert (states["correction-1"], states["correction-2"]) == ("in-force", "to-come")


def test_a_damaged_form_keeps_the_last_good_one(
    with_forms: StationUnderTest, engine: SyncEngine, portal: httpx.Client
) -> None:
    """By the whole way: what the administrator is told stands until a good one comes."""
    good = second("replacement", 3)
    assert publish(portal, second("replacement", 2), kind="replacement") == 201
    for damaged in (good[:-40], good.replace(b"farmer", b"farmar"), second("renewal", 3), b"\xff"):
        assert publish(portal, damaged, kind="replacement") == 201
    until(lambda: outcomes(with_forms).count("form-refused") == 4)
    force = with_forms.store.read(lambda c: form_in_force(c, "replacement"))
    assert force.version.startswith("replacement-2+")
    until(lambda: engine.status().refused_forms == (("replacement", "not-json"),))
    assert publish(portal, good, kind="replacement") == 201
    until(lambda: engine.status().refused_forms == ())
    force = with_forms.store.read(lambda c: form_in_force(c, "replacement"))
    assert force.version.startswith("replacement-3+")


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (changed(lambda d: d.update(comment="other content"), "renewal"), "same-version"),
        (second("first_issue"), "other-kind"),
        (second().replace(b"farmer", b"farmar"), "wrong-hash"),
        (json.dumps({"form": "renewal"}).encode(), "schema"),
    ],
)
def test_what_is_wrong_with_a_form_is_named(with_forms: StationUnderTest, document: bytes, code: str) -> None:
    actor = Actor("registry", Role.REGISTRY, with_forms.station.id)
    event = form_event.to_event(FormSent(str(uuid7()), 1, "renewal", today(), document))
    assert with_forms.store.write(lambda tx: take_in(tx, event, actor)) is Effect.FORM_REFUSED
    (fault,) = with_forms.store.read(form_faults_of)
    assert (fault.kind, fault.code) == ("renewal", code)
    assert with_forms.store.read(lambda c: form_in_force(c, "renewal")).version.startswith("renewal-1+")


def test_an_older_form_never_comes_back(with_forms: StationUnderTest) -> None:
    """Also not behind a newer one whose day is earlier."""
    actor = Actor("registry", Role.REGISTRY, with_forms.station.id)
    seqs = iter(range(1, 10))

    def told(number: int, day: date) -> Effect | None:
        sent = FormSent(str(uuid7()), next(seqs), "renewal", day, second("renewal", number))
        return with_forms.store.write(lambda tx: take_in(tx, form_event.to_event(sent), actor))

    later = today() + timedelta(days=30)
    assert told(3, later) is Effect.FORM_TAKEN
    assert told(4, today() + timedelta(days=2)) is Effect.FORM_TAKEN
    assert told(2, today()) is Effect.FORM_REFUSED
    assert told(4, today()) is Effect.FORM_TAKEN, "the same again changes nothing"
    clock.declare(datetime.combine(later, datetime.min.time(), clock.OFFICE_ZONE), clock.running())
    try:
        force = with_forms.store.read(lambda c: form_in_force(c, "renewal"))
    finally:
        clock.trust_computer()
    assert force.version.startswith("renewal-4+")


def test_the_client_speaks_the_published_interface(registry: RegistryProcess, portal: httpx.Client) -> None:
    referee = Referee()
    assert post(portal, pre_registered("EEEEEEE1", OFFICE)) == 204
    assert publish(portal, second("renewal", 9)) == 201
    client = RegistryClient(registry.url, PATIENCE)
    client._exchange._client.event_hooks = {"response": [referee.judge]}
    page = client.read_feed(0, 500, OFFICE)
    client.close()
    assert {"pre-registration", "form"} <= {event["type"] for event in page.events}
    assert "readFeed 200" in referee.seen
