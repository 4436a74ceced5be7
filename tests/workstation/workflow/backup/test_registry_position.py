"""A station restored from a copy meets its registry: nothing doubled, and an older copy is known to be older."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.faults.registry_process import RegistryProcess
from tests.offices import PASSPHRASE, PASSWORD, SUPERVISOR, found_office, staff_office
from tests.workstation.sync.conftest import until
from tests.workstation.workflow.backup.backups import backup, key_of, outbox_count, refusal, reopened, work
from workstation.database import tables
from workstation.database.outbox import OutboxState
from workstation.domain.refused import Reason
from workstation.sync.engine import SyncEngine
from workstation.sync.position_exchange import position_known
from workstation.workflow.backup.position import POSITION, Position
from workstation.workflow.backup.restore import Confirmation, restore
from workstation.workflow.office import Office


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RegistryProcess]:
    process = RegistryProcess(tmp_path_factory.mktemp("registry") / "registry.db")
    yield process
    process.stop()


def sync(office: Office, url: str, highest: int) -> None:
    """Until everything of the outbox is settled and the registry knows how far it has come."""
    engine = SyncEngine(office.store, url, office.station.id, poll_seconds=0.05, tick_seconds=0.02)
    waiting = select(func.count()).where(tables.outbox.c.state == OutboxState.WAITING.value)
    engine.start()
    try:
        until(lambda: position_known(url, "VTE-S1") == highest)
        until(lambda: office.store.read(lambda c: c.execute(waiting).scalar_one()) == 0)
    finally:
        engine.stop()


@pytest.mark.logs_expected("workstation.sync")
def test_the_registry_knows_an_older_copy(registry: RegistryProcess, tmp_path: Path) -> None:
    data, url = tmp_path / "data", f"http://127.0.0.1:{registry.port}"

    def ask(address: str, station: str) -> Position | None:
        known = position_known(address, station)
        return None if known is None else Position(station, known)

    assert position_known(url, "VTE-S1") == 0
    found_office(data, registry_url=url)
    with reopened(data) as office:
        staffed = staff_office(office)
        work(staffed)
        key = key_of(staffed, tmp_path)
        first = backup(staffed, tmp_path / "out")
        work(staffed)
        second = backup(staffed, tmp_path / "out")
        sync(office, url, 2)
    # A new disk: the folder knows nothing, the registry does.
    fresh = tmp_path / "fresh"
    refused = refusal(lambda: restore(first.folder, fresh, key, PASSPHRASE, station="VTE-S1", ask=ask))
    assert (refused.reason, refused.facts) == (Reason.BACKUP_OLDER, {"missing": 1})
    assert not fresh.exists()
    restored = restore(second.folder, fresh, key, PASSPHRASE, station="VTE-S1", ask=ask)
    assert restored.lost == 0
    with reopened(fresh) as office:
        # What had been sent meanwhile is sent again under its old ids and settles as it did.
        assert office.store.read(outbox_count) == 2
        sync(office, url, 2)
    (data / POSITION).unlink()
    confirmed = Confirmation(SUPERVISOR, PASSWORD)
    assert (
        restore(first.folder, data, key, PASSPHRASE, station="VTE-S1", ask=ask, confirmed=confirmed).lost == 1
    )


def test_a_registry_that_cannot_be_asked() -> None:
    assert position_known("http://127.0.0.1:9", "VTE-S1") is None
    assert position_known("not an address", "VTE-S1") is None
