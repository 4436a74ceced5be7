"""What the engine really says on the line, judged against the published interfaces."""

from __future__ import annotations

from tests.faults.registry_process import RegistryProcess
from tests.faults.station import StationUnderTest
from tests.workstation.registry.referee import Referee
from tests.workstation.sync.conftest import decided, until
from workstation.database.outbox import OutboxState
from workstation.sync.engine import SyncEngine
from workstation.sync.exchange import Patience
from workstation.sync.registry_client import RegistryClient

# What is sent twice because a busy machine was late is answered otherwise (409), and its first answer is never seen.
PATIENCE = Patience(connect=20.0, silence=30.0, whole=60.0)


def test_every_request_and_answer_of_a_whole_case(
    station: StationUnderTest, registry: RegistryProcess
) -> None:
    referee = Referee()

    def judged(address: str) -> RegistryClient:
        client = RegistryClient(address, PATIENCE)
        client._exchange._client.event_hooks = {"response": [referee.judge]}
        return client

    engine = SyncEngine(
        station.store, registry.url, station.station.id, poll_seconds=0.05, tick_seconds=0.02, connect=judged
    )
    engine.start()
    try:
        identifier = station.approved()
        until(lambda: decided(station, identifier))
        station.handed_over(identifier)
        until(lambda: all(item.state is OutboxState.SENT for item in station.outbox(identifier)))
    finally:
        engine.stop()
    assert referee.seen >= {
        "createEnrollment 204",
        "createBuffer 201",
        "partialUpdateEnrollment 204",
        "finalizeEnrollment 204",
        "createCredentialRequest 201",
        "readCredentialRequest 200",
        "updateCredential 204",
        "setCredentialStatus 204",
        "readFeed 200",
        "readCardSigners 200",
    }
