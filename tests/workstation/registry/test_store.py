"""The registry's database: how safely it writes, and that its revisions and tables agree."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import IntegrityError

from workstation.registry.store import decisions, enrolments
from workstation.registry.store.database import CannotOpen, RegistryStore
from workstation.registry.store.tables import metadata


@pytest.fixture
def store(tmp_path: Path) -> RegistryStore:
    return RegistryStore(f"sqlite:///{tmp_path / 'registry.db'}")


def test_every_commit_reaches_the_disk(store: RegistryStore) -> None:
    with store.read() as connection:
        wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        held = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
        assert held == wanted
        version = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
    assert tuple(int(part) for part in version.split(".")) >= (3, 51, 3)
    store.close()


def test_revisions_make_the_tables(store: RegistryStore) -> None:
    with store.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    store.close()


def test_a_failed_write_leaves_nothing(store: RegistryStore) -> None:
    def twice() -> None:
        with store.write() as connection:
            enrolments.add(connection, "a", {}, "2026")
            enrolments.add(connection, "a", {}, "2026")

    with pytest.raises(IntegrityError):
        twice()
    with store.read() as connection:
        assert enrolments.find(connection, "a") is None
    store.close()


def test_numbers_are_given_once_whoever_asks(store: RegistryStore) -> None:
    taken: list[int] = []

    def take() -> None:
        for _ in range(10):
            with store.write() as connection:
                taken.append(decisions.next_number(connection, "identity-number"))

    threads = [threading.Thread(target=take, name=f"asker-{n}") for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 41))
    store.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql://h/d", "", "sqlite"])
def test_only_files(url: str) -> None:
    with pytest.raises(CannotOpen, match="not-sqlite"):
        RegistryStore(url)
