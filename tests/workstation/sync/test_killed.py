"""Registry or station killed in the middle of an upload: one enrolment, one decision, applied once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.faults.link import Fault, Link
from tests.faults.registry_process import PROJECT, RegistryProcess
from tests.faults.station import StationUnderTest
from tests.workstation.sync.conftest import assert_exactly_once, decided, impatient_engine, until
from workstation.sync.engine import SyncEngine


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[RegistryProcess]:
    """One for each test: here it is killed."""
    process = RegistryProcess(tmp_path / "registry.db")
    yield process
    process.stop()


def more_went_up(link: Link, before: int, size: int) -> bool:
    return link.bytes_up - before > size


def test_registry_killed_in_the_middle_of_the_upload(
    station: StationUnderTest, registry: RegistryProcess, link: Link, engine: SyncEngine
) -> None:
    """SIGKILL after part of the images, twice, at different places; the file is all that is left."""
    sent = []
    for piece in (9_000, 50_000):
        link.always = Fault(delay=0.01)
        sent.append(station.approved(image_bytes=30_000))
        until(partial(more_went_up, link, link.bytes_up, piece))
        registry.kill()
        link.always = Fault()
        registry.start()
        link.upstream = registry.port
        until(lambda: decided(station, sent[-1]))
    assert_exactly_once(station, registry, *sent)


def test_station_killed_in_the_middle_of_the_upload(
    station: StationUnderTest, registry: RegistryProcess, link: Link
) -> None:
    """The engine runs in another process that is killed at two different places, then here."""
    identifiers = [station.approved(image_bytes=30_000) for _ in range(2)]
    if station.store.shared:
        pytest.skip("the other process opens the file")
    path = station.store.path
    link.always = Fault(delay=0.01)
    for piece in (5_000, 60_000):
        engine_process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("engine_process.py")), str(path), link.url],
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
        )
        try:
            until(partial(more_went_up, link, link.bytes_up, piece))
        finally:
            engine_process.send_signal(signal.SIGKILL)
            engine_process.wait(20)
    link.always = Fault()
    last = impatient_engine(station, link.url)
    last.start()
    try:
        until(lambda: all(decided(station, identifier) for identifier in identifiers))
    finally:
        last.stop()
    assert_exactly_once(station, registry, *identifiers)
