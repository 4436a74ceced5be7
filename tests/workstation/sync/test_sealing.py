"""Images leave the station sealed to the key that the registry told at the first contact, and to no other."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from sqlalchemy import func, select

from tests.faults.registry_process import RegistryProcess
from tests.faults.station import POLICY, StationUnderTest
from tests.workstation.sync.conftest import PATIENCE, decided, impatient_engine, until
from workstation import clock
from workstation.database import Connection, tables
from workstation.database.audit import audit_of
from workstation.database.outbox import OutboxKind, OutboxState, add_to_outbox, recall_held
from workstation.database.policies import add_policy
from workstation.database.sealed import pin_sealing_key, pinned_sealing_key
from workstation.database.sealed_tables import sealed_parts
from workstation.domain.audit import AuditTag
from workstation.interchange import enrolment
from workstation.interchange.sealed_packet import new_registry_key, sealing_key_of
from workstation.sync.engine import SyncEngine
from workstation.sync.errors import RegistryError, RegistryFault
from workstation.sync.kept_upload import KeptUpload
from workstation.sync.registry_client import RegistryClient


def sealed_count(station: StationUnderTest) -> int:
    counted = select(func.count()).select_from(sealed_parts)
    return int(station.store.read(lambda connection: connection.execute(counted).scalar_one()))


def images_of(station: StationUnderTest, identifier: str) -> dict[str, bytes]:
    record = enrolment.from_message(station.outbox(identifier)[0].message)
    wanted = [part.sha256 for part in enrolment.parts(record)]
    statement = select(tables.blobs.c.sha256, tables.blobs.c.content).where(tables.blobs.c.sha256.in_(wanted))
    return {row.sha256: row.content for row in station.store.read(lambda c: c.execute(statement).all())}


def test_no_image_crosses_the_line_open_and_the_registry_holds_every_one(
    station: StationUnderTest, registry: RegistryProcess
) -> None:
    sent: list[bytes] = []

    def heard(address: str) -> RegistryClient:
        client = RegistryClient(address, PATIENCE)
        client._exchange._client.event_hooks = {"request": [lambda request: sent.append(request.content)]}
        return client

    first = station.approved()
    assert sealed_count(station) == 0
    engine = SyncEngine(
        station.store, registry.url, station.station.id, poll_seconds=0.05, tick_seconds=0.02, connect=heard
    )
    engine.start()
    try:
        until(lambda: decided(station, first))
        engine.pause()
        second = station.approved()
        assert sealed_count(station) == 3
        engine.resume()
        until(lambda: decided(station, second))
    finally:
        engine.stop()
    assert sealed_count(station) == 0
    line = b"".join(sent)
    for identifier in (first, second):
        for sha256, content in images_of(station, identifier).items():
            assert content[:24] not in line
            address = f"{registry.url}/v1/enrollments/{identifier}/buffer/{sha256}?transactionId=t"
            assert httpx.get(address, trust_env=False).content == content
    pinned = station.store.read(pinned_sealing_key)
    assert pinned is not None
    noted = station.store.read(lambda connection: audit_of(connection, pinned.key_id.hex()))
    assert [entry.tag for entry in noted] == [AuditTag.SEALING_KEY_PINNED]


def test_a_registry_that_cannot_open_the_seal_gets_nothing_else(
    station: StationUnderTest, registry: RegistryProcess
) -> None:
    strange = sealing_key_of(new_registry_key())
    station.store.write(lambda tx: pin_sealing_key(tx, strange, at=clock.now()))
    identifier = station.approved()
    engine = impatient_engine(station, registry.url)
    engine.start()
    try:
        until(lambda: station.outbox(identifier)[0].state is OutboxState.REFUSED)
    finally:
        engine.stop()
    assert station.outbox(identifier)[0].last_error == "refused 4040"
    assert station.store.read(pinned_sealing_key) == strange
    for sha256 in images_of(station, identifier):
        address = f"{registry.url}/v1/enrollments/{identifier}/buffer/{sha256}?transactionId=t"
        assert httpx.get(address, trust_env=False).status_code == 404


def test_what_was_taken_back_leaves_no_sealed_image(station: StationUnderTest) -> None:
    station.store.write(lambda tx: pin_sealing_key(tx, sealing_key_of(new_registry_key()), at=clock.now()))
    identifier = station.approved()
    message, now = station.outbox(identifier)[0].message, clock.now()

    def hold_back(tx: Connection) -> None:
        later = now + timedelta(minutes=1)
        add_to_outbox(tx, identifier, OutboxKind.ENROLMENT, message, at=now, not_before=later)

    station.store.write(hold_back)
    assert sealed_count(station) == 3
    assert station.store.write(lambda tx: recall_held(tx, identifier, clock.now()))
    assert sealed_count(station) == 0


@pytest.fixture
def older_registry() -> Iterator[str]:
    """A registry of before: it knows no sealing key, and says so as OSIA wants."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"code": 4013, "message": "no-such-operation: 404"}).encode()
            self.send_response(404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_older_registry_is_served_unless_the_policy_insists(
    station: StationUnderTest, older_registry: str
) -> None:
    identifier = station.approved()
    upload = KeptUpload(station.store, station.outbox(identifier)[0], station.supervisor)
    client = RegistryClient(older_registry, PATIENCE)
    try:
        assert upload.sealing_key(client) is None
        document = {**json.loads(POLICY.read_bytes()), "name": "insists", "sealing": "required"}
        station.store.write(lambda tx: add_policy(tx, json.dumps(document).encode(), at=clock.now()))
        with pytest.raises(RegistryError) as refused:
            upload.sealing_key(client)
    finally:
        client.close()
    assert refused.value.code is RegistryFault.SEALING_KEY_MISSING
    assert refused.value.passing
