"""A station restored from a copy meets its registry: nothing doubled, and an older copy is known to be older."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import func, select

from tests.faults.registry_process import RegistryProcess
from tests.faults.station import StationUnderTest, open_station
from tests.offices import PASSPHRASE, PASSWORD, SUPERVISOR, found_office, staff_office
from tests.workstation.sync.conftest import assert_exactly_once, decided, impatient_engine, until
from tests.workstation.workflow.backup.backups import backup, key_of, outbox_count, refusal, reopened, work
from workstation import clock
from workstation.biometrics.fingerprint.analysis import FingerprintAnalysis
from workstation.database import tables
from workstation.database.backup_records import take_into_use
from workstation.database.outbox import OutboxState
from workstation.domain.refused import Reason
from workstation.security.backup_sealing import BackupKey, key_id
from workstation.sync.engine import SyncEngine
from workstation.sync.position_exchange import position_known
from workstation.workflow.backup.make import make_backup
from workstation.workflow.backup.position import POSITION, Position
from workstation.workflow.backup.restore import Confirmation, restore
from workstation.workflow.keys.unlocking import open_store
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


@pytest.mark.logs_expected("workstation.sync")
def test_what_was_sent_after_the_backup_is_not_doubled(registry: RegistryProcess, tmp_path: Path) -> None:
    """One application was sent before the backup and two after it; the restored station sends the two again."""
    (tmp_path / "data").mkdir()
    lost = open_station(tmp_path)
    try:
        # No verb here looks at fingers.
        office = Office(lost.station, lost.store, cast(FingerprintAnalysis, None), tmp_path / "data")
        key = BackupKey.generate()
        lost.store.write(
            lambda tx: take_into_use(tx, key_id(key.public), key.public, at=clock.now(), by="supervisor")
        )
        before = lost.approved()
        settle(lost, registry, before)
        after = (lost.approved(), lost.approved())
        made = make_backup(office, tmp_path / "out", actor="supervisor")
        settle(lost, registry, before, *after)
        assert_exactly_once(lost, registry, before, *after)
    finally:
        lost.store.close()
    restore(made.folder, tmp_path / "fresh", key, PASSPHRASE, station="VTE01-01")
    again = StationUnderTest(open_store(tmp_path / "fresh", PASSPHRASE), lost.station, lost.chance)
    try:
        assert {again.outbox(one)[0].state for one in after} == {OutboxState.WAITING}
        settle(again, registry, before, *after)
        assert_exactly_once(again, registry, before, *after)
    finally:
        again.store.close()


def settle(station: StationUnderTest, registry: RegistryProcess, *identifiers: str) -> None:
    engine = impatient_engine(station, registry.url)
    engine.start()
    try:
        until(lambda: all(decided(station, one) for one in identifiers))
    finally:
        engine.stop()
