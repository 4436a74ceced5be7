"""A registry process, a line to it, a station, and an engine between them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from tests.faults.link import Link
from tests.faults.registry_process import RegistryProcess
from tests.faults.station import StationUnderTest, open_station
from workstation.database import tables
from workstation.database.outbox import OutboxState
from workstation.domain.stages import Stage
from workstation.sync.back_off import BackOff
from workstation.sync.engine import SyncEngine
from workstation.sync.exchange import Patience
from workstation.sync.registry_client import RegistryClient

PATIENCE = Patience(connect=2.0, silence=0.7, whole=20.0)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RegistryProcess]:
    """One for each module: starting it takes longer than most tests."""
    process = RegistryProcess(tmp_path_factory.mktemp("registry") / "registry.db")
    yield process
    process.stop()


@pytest.fixture
def link(registry: RegistryProcess) -> Iterator[Link]:
    relay = Link(registry.port)
    yield relay
    relay.close()


@pytest.fixture
def station(tmp_path: Path) -> Iterator[StationUnderTest]:
    opened = open_station(tmp_path)
    yield opened
    opened.store.close()


def impatient_engine(station: StationUnderTest, url: str) -> SyncEngine:
    """An engine that waits milliseconds where an office waits seconds."""
    return SyncEngine(
        station.store,
        url,
        station.station.id,
        poll_seconds=0.05,
        tick_seconds=0.02,
        item_back_off=BackOff(0.05, 0.2),
        line_back_off=BackOff(0.02, 0.1),
        connect=lambda address: RegistryClient(address, PATIENCE),
    )


@pytest.fixture
def engine(station: StationUnderTest, link: Link) -> Iterator[SyncEngine]:
    running = impatient_engine(station, link.url)
    running.start()
    yield running
    running.stop()


def until(condition: Callable[[], object], seconds: float = 30.0) -> None:
    """Waits for `condition`; fails by name when it does not come."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not come in time"
        time.sleep(0.01)


def decided(station: StationUnderTest, identifier: str) -> bool:
    settled = station.outbox(identifier)[0].state is OutboxState.SENT
    return settled and station.application(identifier).stage is Stage.PRINT


def assert_exactly_once(station: StationUnderTest, registry: RegistryProcess, *identifiers: str) -> None:
    """One finalized enrolment, one decision event, one inbox row, one audit entry for each application."""
    with httpx.Client(base_url=registry.url, trust_env=False) as client:
        numbers = {}
        events = client.get("/v1/feed?limit=500").json()["events"]
        for identifier in identifiers:
            wanted = [{"attributeName": "enrollmentId", "operator": "=", "value": identifier}]
            found = client.post("/v1/enrollments?transactionId=t", json=wanted).json()
            assert [held["status"] for held in found] == ["FINALIZED"]
            (numbers[identifier],) = (
                event["identityNumber"] for event in events if event["enrolmentId"] == identifier
            )
    assert len(set(numbers.values())) == len(identifiers)
    for identifier in identifiers:
        held = station.application(identifier)
        assert (held.stage, held.identity_number) == (Stage.PRINT, numbers[identifier])
    accepted = select(func.count()).where(tables.inbox.c.outcome == "accepted")
    told = select(func.count()).where(tables.audit.c.tag == "decision.received")
    assert station.store.read(lambda c: (c.scalar(accepted), c.scalar(told))) == (len(identifiers),) * 2
