"""A card layout from two people at the centre, through a registry process, to another station: once, and judged."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import replace

import httpx
import pytest
from sqlalchemy import select
from uuid6 import uuid7

from printing.specification import BUILT_IN, built_in_document, load_layout
from tests.faults.link import Fault, Link
from tests.faults.registry_process import RegistryProcess
from tests.faults.station import StationUnderTest, open_station
from tests.layouts import KEY, KEY_ID, NAME, newer, signed
from tests.workstation.registry.referee import Referee
from tests.workstation.sync.conftest import impatient_engine, until
from workstation import clock
from workstation.database import Connection, tables
from workstation.database.feed import card_signer_keys
from workstation.database.layout_publications import (
    Publication,
    add_publication,
    keep_approval,
    publication,
)
from workstation.database.layouts import (
    add_shipped_layout,
    held_layouts,
    layout_faults_of,
    layout_in_force,
)
from workstation.database.moves import Actor
from workstation.domain.operator import Role
from workstation.interchange.signed_layout import LayoutSent, to_event
from workstation.sync.decision_feed import take_in
from workstation.sync.engine import SyncEngine
from workstation.sync.merge import Effect


@pytest.fixture
def centre(registry: RegistryProcess) -> Iterator[httpx.Client]:
    """The registry as the centre's program meets it, its exchanges judged."""
    referee = Referee()
    with httpx.Client(
        base_url=registry.url, trust_env=False, event_hooks={"response": [referee.judge]}
    ) as client:
        yield client


@pytest.fixture
def seeded(station: StationUnderTest) -> StationUnderTest:
    def seed(tx: Connection) -> None:
        for name in BUILT_IN:
            add_shipped_layout(tx, built_in_document(name))

    station.store.write(seed)
    return station


def version(station: StationUnderTest) -> int:
    return station.store.read(lambda c: layout_in_force(c, NAME)).version


def approve(station: StationUnderTest, document: bytes) -> Publication:
    """As two people of the centre would have it."""
    one = Actor("one", Role.ADMINISTRATOR, station.station.id)
    other = Actor("other", Role.SUPERVISOR, station.station.id)

    def verb(tx: Connection) -> Publication:
        made = add_publication(tx, load_layout(document), document, one, at=clock.now())
        return keep_approval(tx, made.id, other, at=clock.now())

    return station.store.write(verb)


def state(station: StationUnderTest, made: Publication) -> str | None:
    found = station.store.read(lambda c: publication(c, made.id))
    return None if found is None else found.state


def outcomes(station: StationUnderTest) -> list[str]:
    chosen = select(tables.inbox.c.outcome).order_by(tables.inbox.c.sequence)
    return list(station.store.read(lambda c: c.execute(chosen).scalars().all()))


def body(document: bytes, /, **changes: str) -> dict[str, str]:
    return {
        "layout": NAME,
        "document": base64.b64encode(document).decode(),
        "proposedBy": "one",
        "proposedRole": "administrator",
        "approvedBy": "other",
        "approvedRole": "supervisor",
    } | changes


def test_what_two_approved_comes_back_signed_to_every_station(
    seeded: StationUnderTest, engine: SyncEngine, link: Link, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = approve(seeded, newer(2))
    until(lambda: state(seeded, made) == "sent")
    until(lambda: version(seeded) == 2)
    held = {(h.name, h.version): h.origin for h in seeded.store.read(held_layouts)}
    assert held[NAME, 2] == "registry"
    assert outcomes(seeded).count("layout-taken") == 1
    other = open_station(tmp_path_factory.mktemp("other"))
    running = impatient_engine(other, link.url)
    running.start()
    try:
        until(lambda: "layout-taken" in outcomes(other))
        assert version(other) == 2
    finally:
        running.stop()
        other.store.close()


def test_a_line_that_breaks_publishes_once(
    seeded: StationUnderTest, engine: SyncEngine, link: Link, centre: httpx.Client
) -> None:
    until(lambda: seeded.store.read(card_signer_keys))
    # The answer is lost on its way back.
    link.once(Fault(cut_down=10), Fault(cut_down=10), Fault(cut_up=900))
    made = approve(seeded, newer(3))
    until(lambda: state(seeded, made) == "sent")
    until(lambda: version(seeded) == 3)
    events = centre.get("/v1/feed").json()["events"]
    assert [event["eventId"] for event in events].count(made.id) == 1


def test_the_registry_asks_for_two_people_who_may(centre: httpx.Client) -> None:
    def post(transaction: str, **changes: str) -> int:
        return centre.post(
            "/v1/layouts", params={"transactionId": transaction}, json=body(newer(4), **changes)
        ).status_code

    first = str(uuid7())
    assert post(first, approvedBy="one") == 403
    assert post(first, approvedRole="clerk") == 403
    assert post(first, proposedRole="nobody") == 403
    assert post("no-uuid") == 400
    assert post(first, layout="../x") == 400
    assert post(first, document="@") == 400
    assert post(first) == 201
    assert post(first) == 201, "the same again is answered as before"
    assert post(first, document=body(newer(5))["document"]) == 409
    events = centre.get("/v1/feed", params={"limit": 500}).json()["events"]
    assert [event["eventId"] for event in events].count(first) == 1


def test_what_is_sent_and_no_good_is_named_and_the_last_good_one_stays(
    seeded: StationUnderTest, engine: SyncEngine, centre: httpx.Client
) -> None:
    told = len(centre.get("/v1/feed", params={"limit": 500}).json()["events"])
    until(lambda: len(outcomes(seeded)) == told)
    before = version(seeded)
    sent = {"transactionId": str(uuid7())}
    assert centre.post("/v1/layouts", params=sent, json=body(b"{}")).status_code == 201
    until(lambda: seeded.store.read(layout_faults_of) != ())
    (fault,) = seeded.store.read(layout_faults_of)
    assert (fault.name, fault.code) == (NAME, "missing-key")
    assert version(seeded) == before
    sent = {"transactionId": str(uuid7())}
    assert centre.post("/v1/layouts", params=sent, json=body(newer(before + 10))).status_code == 201
    until(lambda: version(seeded) == before + 10)
    assert seeded.store.read(layout_faults_of) == ()


@pytest.mark.parametrize(
    ("change", "effect"),
    [
        (lambda e: e, Effect.LAYOUT_REFUSED),
        (lambda e: {**e, "signature": "AAAA"}, Effect.LAYOUT_REFUSED),
        (lambda e: {**e, "kid": "00"}, Effect.LAYOUT_REFUSED),
        (lambda e: {**e, "kid": "0"}, Effect.DAMAGED),
        (lambda e: {**e, "document": "@"}, Effect.DAMAGED),
        (lambda e: {**e, "layout": "a b"}, Effect.DAMAGED),
        (lambda e: {**e, "more": 1}, Effect.DAMAGED),
    ],
)
def test_a_forged_event_changes_nothing(
    seeded: StationUnderTest, change: Callable[[dict[str, object]], dict[str, object]], effect: Effect
) -> None:
    """The tests' own key is nobody whom this station has pinned."""
    assert KEY.public_key().public_bytes_raw() != KEY_ID
    event = to_event(LayoutSent(str(uuid7()), 1, replace(signed(newer(2)), key_id=b"12345678")))
    actor = Actor("registry", Role.REGISTRY, seeded.station.id)
    before = seeded.store.read(held_layouts)
    assert seeded.store.write(lambda tx: take_in(tx, change(event), actor)) is effect
    assert seeded.store.read(held_layouts) == before
