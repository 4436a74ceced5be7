"""A station whose older copy was restored, and its registry: a supervised segment, or refused for good."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.faults.registry_process import RegistryProcess
from tests.faults.station import KEY, StationUnderTest, open_station
from tests.workstation.registry.referee import SHARED, Referee
from tests.workstation.sync.conftest import PATIENCE
from tests.workstation.sync.test_checkpoint_exchange import DISPUTES, exchange, vouched, write
from workstation import clock
from workstation.database import Connection, audit_checkpoints
from workstation.database.audit_segments import open_segment, openings
from workstation.database.store import Store
from workstation.domain.operator import Operator, Role
from workstation.interchange.audit_checkpoint import Submission
from workstation.interchange.audit_segment import to_document
from workstation.security.hash_chain import BreakKind
from workstation.security.segments import Opening, sign_opening
from workstation.sync.checkpoint_exchange import trail_known
from workstation.sync.errors import RegistryError
from workstation.sync.registry_client import RegistryClient
from workstation.workflow.audit.verify import verify_trail

SUPERVISOR = Operator("supervisor", "supervisor", "supervisor", Role.SUPERVISOR, True)


@pytest.fixture
def client(registry: RegistryProcess) -> Iterator[RegistryClient]:
    made = RegistryClient(registry.url, PATIENCE)
    if SHARED.is_dir():
        made._exchange._client.event_hooks = {"response": [Referee().judge]}
    yield made
    made.close()


@pytest.fixture
def restored(tmp_path: Path, client: RegistryClient) -> Iterator[StationUnderTest]:
    """20 entries, vouched for; then 15 more vouched for, of which the copy that is open now knows nothing."""
    station = open_station(tmp_path)
    write(station, 20)
    exchange(station).send(client)
    station.store.close()
    copy = Path(shutil.copy(tmp_path / "station.db", tmp_path / "copy.db"))
    station.store = Store(tmp_path / "station.db", KEY)
    write(station, 15)
    exchange(station).send(client)
    station.store.close()
    station.store = Store(copy, KEY)
    yield station
    station.store.close()


def opened(station: StationUnderTest, registry: RegistryProcess, by: Operator = SUPERVISOR) -> Opening:
    known = trail_known(registry.url, station.station.id)
    assert known is not None

    def verb(tx: Connection) -> Opening:
        return open_segment(
            tx,
            station.station.id,
            known=known[0],
            known_head=known[1],
            restoration="restoration",
            by=by,
            at=clock.now(),
        )

    return station.store.write(verb)


def test_without_a_segment_the_registry_refuses_and_the_gap_is_a_break(
    restored: StationUnderTest, client: RegistryClient
) -> None:
    write(restored, 3)
    exchange(restored).send(client)
    assert vouched(restored) == [20]
    assert restored.store.read(lambda c: c.scalar(DISPUTES)) == 1
    held = client.read_checkpoints(restored.station.id)
    (trail,) = verify_trail(restored.store, others=held).trails
    assert trail.broken is not None
    assert (trail.broken.kind, trail.broken.first, trail.broken.until) == (BreakKind.TRUNCATION, 25, 35)


def test_the_trail_goes_on_in_a_segment_and_the_gap_is_told(
    restored: StationUnderTest, registry: RegistryProcess, client: RegistryClient
) -> None:
    opening = opened(restored, registry)
    assert (opening.after, opening.known) == (20, 35)
    write(restored, 3)
    (trail,) = verify_trail(restored.store).trails
    assert trail.broken is None
    assert [(turn.number, turn.accepted, turn.missing_last) for turn in trail.turns] == [(2, False, 35)]
    sender = exchange(restored)
    sender.send(client)
    sender.send(client)
    assert vouched(restored) == [20, 24]
    assert restored.store.read(lambda c: c.scalar(DISPUTES)) == 0
    held = client.read_checkpoints(restored.station.id)
    # Both are kept: what was written before the restoration, and what was written after it.
    assert [(one.count, one.segment == opening.id) for one in held.checkpoints] == [
        (20, False), (24, True), (35, False),
    ]  # fmt: skip
    for others in (held, replace(held, openings=())):
        verdict = verify_trail(restored.store, others=others)
        assert verdict.whole
        (turn,) = verdict.trails[0].turns
        assert (turn.number, turn.first, turn.accepted) == (2, 21, True)
        assert (turn.missing_first, turn.missing_last, turn.by) == (21, 35, "supervisor")
        assert verdict.trails[0].countersigned == 24
    write(restored, 300)
    sender.send(client)
    assert vouched(restored) == [20, 24, 256, 324]


def test_a_second_copy_that_goes_on_with_the_old_segment_is_refused(
    restored: StationUnderTest, registry: RegistryProcess, client: RegistryClient, tmp_path: Path
) -> None:
    opened(restored, registry)
    exchange(restored).send(client)
    clone = replace(restored, store=Store(tmp_path / "station.db", KEY))
    try:
        write(clone, 5)
        exchange(clone).send(client)
        assert clone.store.read(lambda c: c.scalar(DISPUTES)) == 1
        # Nor does it help to say nothing of what was countersigned before.
        stray = clone.store.read(audit_checkpoints.all_checkpoints)[-1]
        with pytest.raises(RegistryError) as fault:
            client.submit_checkpoints(clone.station.id, Submission((stray,), 0, None), transaction="t")
        assert fault.value.facts["number"] == 4030
        held = client.read_checkpoints(restored.station.id)
        (trail,) = verify_trail(clone.store, others=held).trails
        assert trail.broken is not None
        assert trail.broken.kind is BreakKind.TRUNCATION
    finally:
        clone.store.close()


def test_a_copy_restored_twice(
    restored: StationUnderTest, registry: RegistryProcess, client: RegistryClient, tmp_path: Path
) -> None:
    """The second time from the same copy: its trail has a third segment, and lacks all of the second."""
    path = tmp_path / "again.db"
    restored.store.close()
    shutil.copy(tmp_path / "copy.db", path)
    restored.store = Store(tmp_path / "copy.db", KEY)
    opened(restored, registry)
    write(restored, 40)
    exchange(restored).send(client)
    restored.store.close()
    restored.store = Store(path, KEY)
    opened(restored, registry)
    exchange(restored).send(client)
    held = client.read_checkpoints(restored.station.id)
    assert [one.acceptance.number for one in held.openings if one.acceptance] == [2, 3]
    verdict = verify_trail(restored.store, others=held)
    assert verdict.whole
    assert [(turn.number, turn.missing_first, turn.missing_last) for turn in verdict.trails[0].turns] == [
        (3, 21, 61)
    ]


def test_what_the_registry_refuses(
    restored: StationUnderTest, registry: RegistryProcess, client: RegistryClient
) -> None:
    good = opened(restored, registry)

    def key(tx: Connection) -> Ed25519PrivateKey:
        return audit_checkpoints.station_key(tx, restored.station.id, clock.now())

    own = restored.store.write(key)

    def answer(sent: Opening, **changed: object) -> tuple[int, int]:
        address = f"/v1/audit-segments/{restored.station.id}?transactionId=t"
        with httpx.Client(base_url=registry.url, trust_env=False) as http:
            got = http.post(address, json=to_document(sent) | changed)
        return got.status_code, got.json().get("code", 0)

    for wrong, code in (
        (sign_opening(own, replace(good, role="clerk")), 4015),
        (sign_opening(own, replace(good, role="administrator")), 4015),
        (sign_opening(own, replace(good, role="registry")), 4015),
        (sign_opening(own, replace(good, head=bytes(32))), 4030),
        (sign_opening(own, replace(good, known_head=bytes(32))), 4030),
        (sign_opening(Ed25519PrivateKey.generate(), good), 4031),
        (replace(good, by="another"), 4031),
    ):
        assert answer(wrong) == (403, code), wrong
    for damaged in ({"after": 0}, {"head": "x"}, {"more": 1}, {"signature": ""}, {"stationId": "another"}):
        assert answer(good, **damaged) == (400, 4000), damaged
    assert client.read_checkpoints(restored.station.id).openings == ()
    first = answer(good)
    assert first == (200, 0)
    assert answer(good) == first
    assert answer(sign_opening(own, replace(good, known=21))) == (403, 4030)
    assert len(client.read_checkpoints(restored.station.id).openings) == 1
    assert len(restored.store.read(openings)) == 1
