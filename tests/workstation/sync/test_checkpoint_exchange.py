"""Checkpoints on the line: countersigned once whatever the line does, and a bent trail refused by the registry."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select

from tests.faults.link import Fault, Link
from tests.faults.registry_process import RegistryProcess
from tests.faults.station import StationUnderTest
from tests.workstation.registry.referee import SHARED, Referee
from tests.workstation.sync.conftest import PATIENCE, impatient_engine, until
from workstation import clock
from workstation.database import Connection, audit_checkpoints, tables
from workstation.database.audit import write_audit
from workstation.database.moves import Actor
from workstation.domain.audit import AuditTag
from workstation.domain.operator import Role
from workstation.security.checkpoints import Checkpoint
from workstation.security.hash_chain import BreakKind
from workstation.sync.checkpoint_exchange import CheckpointExchange
from workstation.sync.errors import RegistryError
from workstation.sync.registry_client import RegistryClient
from workstation.workflow.audit.verify import verify_trail

DISPUTES = select(func.count()).where(tables.audit.c.tag == AuditTag.AUDIT_DISPUTED.value)


def write(station: StationUnderTest, count: int) -> None:
    def verb(tx: Connection) -> None:
        for line in range(count):
            write_audit(
                tx,
                AuditTag.FEE_TAKEN,
                at=clock.now(),
                actor="clerk",
                station_id=station.station.id,
                object_id=f"application-{line}",
            )

    station.store.write(verb)


def exchange(station: StationUnderTest) -> CheckpointExchange:
    return CheckpointExchange(station.store, Actor("registry", Role.REGISTRY, station.station.id))


@pytest.fixture
def client(link: Link) -> Iterator[RegistryClient]:
    made = RegistryClient(link.url, PATIENCE)
    if SHARED.is_dir():
        made._exchange._client.event_hooks = {"response": [Referee().judge]}
    yield made
    made.close()


def vouched(station: StationUnderTest) -> list[int]:
    held = station.store.read(audit_checkpoints.all_checkpoints)
    return [one.count for one in held if one.countersignature is not None]


def test_the_engine_has_the_trail_countersigned(station: StationUnderTest, link: Link) -> None:
    write(station, 270)
    engine = impatient_engine(station, link.url)
    engine.start()
    try:
        until(lambda: len(vouched(station)) >= 2)
        assert vouched(station)[0] == 256
        write(station, 3)
        until(lambda: vouched(station)[-1] == written(station) >= 273)
    finally:
        engine.stop()
    (trail,) = verify_trail(station.store).trails
    assert (trail.broken, trail.entries) == (None, trail.countersigned)
    assert station.store.read(lambda c: c.scalar(DISPUTES)) == 0


def test_nothing_new_says_nothing(station: StationUnderTest, link: Link, client: RegistryClient) -> None:
    sender = exchange(station)
    sender.send(client)
    assert link.connections == 0
    write(station, 1)
    sender.send(client)
    sent = link.bytes_up
    assert sent > 0
    sender.send(client)
    assert link.bytes_up == sent


def written(station: StationUnderTest) -> int:
    last = station.store.read(lambda c: audit_checkpoints.last_entry(c, station.station.id))
    return 0 if last is None else last[0]


@pytest.mark.parametrize(
    "fault", [Fault(cut_up=100), Fault(cut_down=60), Fault(cut_down=600), Fault(black_hole=True)]
)
def test_a_line_that_fails_loses_and_doubles_nothing(
    station: StationUnderTest, link: Link, client: RegistryClient, fault: Fault
) -> None:
    write(station, 300)
    sender = exchange(station)
    link.once(fault)
    with pytest.raises(RegistryError):
        sender.send(client)
    write(station, 2)
    sender.send(client)
    assert vouched(station) == [256, 300, 302]
    held = client.read_checkpoints(station.station.id)
    assert [one.count for one in held.checkpoints] == [256, 300, 302]
    assert verify_trail(station.store, others=held).whole


def _rehash(station: StationUnderTest) -> None:
    """The trail from its third entry on, by somebody with the database open."""

    def verb(tx: Connection) -> None:
        for name in ("audit_no_update", "audit_no_delete"):
            tx.exec_driver_sql(f"DROP TRIGGER {name}")
        tx.exec_driver_sql("DELETE FROM audit WHERE position >= 3")

    station.store.write(verb)
    write(station, 30)


def test_a_bent_trail_is_refused_and_told_once(
    station: StationUnderTest, link: Link, client: RegistryClient
) -> None:
    write(station, 20)
    exchange(station).send(client)
    _rehash(station)
    sender = exchange(station)
    for _ in range(3):
        write(station, 1)
        sender.send(client)
    assert station.store.read(lambda c: c.scalar(DISPUTES)) == 1
    assert vouched(station) == [20]
    (trail,) = verify_trail(station.store).trails
    assert trail.broken is not None
    assert (trail.broken.kind, trail.broken.first, trail.broken.until) == (BreakKind.REHASH, 1, 20)
    found = select(tables.audit.c.facts).where(tables.audit.c.tag == AuditTag.AUDIT_DISPUTED.value)
    facts = station.store.read(lambda c: c.scalar(found))
    assert json.loads(facts or b"") == {"code": "refused", "number": 4030}


def test_an_engine_with_a_bent_trail_goes_on_with_its_work(
    station: StationUnderTest, link: Link, client: RegistryClient
) -> None:
    write(station, 20)
    exchange(station).send(client)
    _rehash(station)
    engine = impatient_engine(station, link.url)
    engine.start()
    try:
        until(lambda: station.store.read(lambda c: c.scalar(DISPUTES)) == 1)
        until(lambda: engine.status().online is True and engine.status().last_error is None)
    finally:
        engine.stop()


def test_another_key_than_the_one_met_first_vouches_for_nothing(
    station: StationUnderTest, client: RegistryClient
) -> None:
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    station.store.write(lambda tx: audit_checkpoints.pin_registry_key(tx, other, at=clock.now()))
    write(station, 2)
    exchange(station).send(client)
    assert vouched(station) == []
    assert station.store.read(lambda c: c.scalar(DISPUTES)) == 1


def held_by(registry: RegistryProcess, station: StationUnderTest, body: object) -> tuple[int, int]:
    with httpx.Client(base_url=registry.url, trust_env=False) as http:
        answer = http.post(f"/v1/audit-checkpoints/{station.station.id}?transactionId=t", json=body)
    return answer.status_code, answer.json().get("code", 0)


def test_what_the_registry_refuses(
    station: StationUnderTest, registry: RegistryProcess, client: RegistryClient
) -> None:
    from workstation.interchange.audit_checkpoint import to_document
    from workstation.security.checkpoints import sign

    name, key = station.station.id, Ed25519PrivateKey.generate()
    first = sign(key, name, 10, bytes(32), "2026-11-02T03:00:00Z")

    def body(*held: Checkpoint, **more: object) -> dict[str, object]:
        return {"checkpoints": [to_document(one) for one in held], "previous": 0, **more}

    assert held_by(registry, station, body(first)) == (200, 0)
    assert held_by(registry, station, body(first)) == (200, 0)
    for refused, code in (
        (body(sign(key, name, 10, bytes([1] * 32), "2026-11-02T03:00:00Z")), 4030),
        (body(sign(key, name, 9, bytes(32), "2026-11-02T03:00:00Z")), 4030),
        (body(previous=10, previousHead="11" * 32), 4030),
        (body(previous=10), 4030),
        (body(sign(key, "another", 11, bytes(32), "2026-11-02T03:00:00Z")), 4031),
        (body(sign(Ed25519PrivateKey.generate(), name, 11, bytes(32), "2026-11-02T03:00:00Z")), 4031),
    ):
        assert held_by(registry, station, refused) == (403, code), refused
    forged = to_document(sign(key, name, 11, bytes(32), "2026-11-02T03:00:00Z")) | {"count": 12}
    assert held_by(registry, station, {"checkpoints": [forged], "previous": 0}) == (403, 4031)
    for damaged in (
        {},
        {"checkpoints": [1], "previous": 0},
        body() | {"previous": -1},
        body() | {"previousHead": 5},
    ):
        assert held_by(registry, station, damaged) == (400, 4000), damaged
    assert [one.count for one in client.read_checkpoints(name).checkpoints] == [10]
