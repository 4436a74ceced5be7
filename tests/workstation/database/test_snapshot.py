"""Reading: one moment for each snapshot, few connections kept open, errors that leave nothing behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import OperationalError

from workstation.database import plain_sql
from workstation.database.claim_tables import stage_counts
from workstation.database.snapshot import READERS
from workstation.database.store import Store
from workstation.database.tables import policies

KEY = bytes(range(32))
COUNT = "SELECT count FROM stage_counts WHERE stage = :stage"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "office.db", KEY)
    opened.write(lambda tx: tx.execute(insert(stage_counts).values(stage="photo", returned=False, count=1)))
    yield opened
    opened.close()


def _count(connection: Connection) -> int:
    return int(plain_sql.rows(connection, COUNT, {"stage": "photo"})[0][0])


def _add(tx: Connection) -> None:
    tx.execute(text("UPDATE stage_counts SET count = count + 1"))


def test_a_snapshot_does_not_see_what_is_committed_meanwhile_and_the_next_one_does(store: Store) -> None:
    def twice(connection: Connection) -> tuple[int, int]:
        before = _count(connection)
        store.write(_add)
        return before, _count(connection)

    assert store.read(twice) == (1, 1)
    assert store.read(_count) == 2


def test_a_question_that_fails_ends_its_snapshot_and_the_connection_goes_on(store: Store) -> None:
    def broken(connection: Connection) -> None:
        _count(connection)
        plain_sql.rows(connection, "SELECT nothing FROM nowhere", {})

    for _time in range(READERS + 1):
        with pytest.raises(OperationalError, match="nowhere"):
            store.read(broken)
    store.write(_add)
    assert store.read(_count) == 2


def test_no_more_are_lent_than_there_are_and_who_waits_is_served(store: Store) -> None:
    started, go_on = threading.Barrier(READERS + 1), threading.Event()
    found: list[int] = []

    def hold(connection: Connection) -> None:
        started.wait(20)
        assert go_on.wait(20)
        found.append(_count(connection))

    holding = [threading.Thread(target=lambda: store.read(hold)) for _each in range(READERS)]
    waiting = threading.Thread(target=lambda: found.append(store.read(_count)))
    for thread in holding:
        thread.start()
    started.wait(20)
    waiting.start()
    waiting.join(0.1)
    assert waiting.is_alive()
    go_on.set()
    for thread in (*holding, waiting):
        thread.join(20)
    assert found == [1] * (READERS + 1)


def test_a_connection_that_broke_is_not_lent_again(store: Store) -> None:
    def tear(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.close()

    store.read(tear)
    assert store.read(_count) == 1


def test_moments_are_the_same_as_sqlalchemy_keeps_them(store: Store) -> None:
    at = datetime(2026, 11, 22, 3, 4, 5, 600, UTC)
    store.write(
        lambda tx: tx.execute(insert(policies).values(version="v", document=b"{}", in_force_since=at))
    )

    def kept(connection: Connection) -> datetime:
        sql = "SELECT in_force_since FROM policies WHERE in_force_since = :at AND version = 'v'"
        held = plain_sql.rows(connection, sql, {"at": plain_sql.as_stored(connection, at)})
        return plain_sql.moment(held[0][0])

    assert store.read(kept) == at
    assert plain_sql.moment(datetime(2026, 11, 22, 3, 4, 5, 600)) == at  # as PostgreSQL gives it
