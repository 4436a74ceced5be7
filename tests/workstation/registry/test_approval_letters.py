"""Letters in the registry's store: told to their office while they are of use, forgotten after, the feed's end kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from workstation.interchange.approval_letter import Letter, LetterKind
from workstation.registry.store import approval_letters, decisions, feed
from workstation.registry.store.database import RegistryStore
from workstation.registry.store.tables import approval_letters as letters_table

NOW = datetime.now(UTC)
TODAY = date(2026, 1, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RegistryStore]:
    made = RegistryStore(f"sqlite:///{tmp_path / 'registry.db'}")
    yield made
    made.close()


def letter(number: int, to: str, hours: float) -> Letter:
    """One that may be used for so many hours from now."""
    return Letter(
        f"01900000-0000-7000-8000-{number:012d}",
        LetterKind.REQUEST,
        f"01900000-0000-7000-9000-{number:012d}",
        "VTE",
        to,
        "01900000-0000-7000-a000-000000000001",
        (NOW + timedelta(hours=hours)).isoformat(),
        b"what was asked",
    )


def told(store: RegistryStore, office: str) -> list[str]:
    with store.read() as connection:
        events = feed.events_after(connection, 0, 100, office=office, today=TODAY)
    return [str(event["letterId"])[-1] for event in events]


def add(store: RegistryStore, one: Letter, hours: float = 0.0) -> None:
    with store.write() as connection:
        approval_letters.add(connection, one, now=NOW + timedelta(hours=hours))


def test_only_its_office_hears_of_it_and_only_in_time(store: RegistryStore) -> None:
    add(store, letter(1, "SST", 24))
    add(store, letter(2, "LPB", 24))
    add(store, letter(3, "SST", -1))
    assert told(store, "SST") == ["1"]
    assert told(store, "LPB") == ["2"]
    assert told(store, "") == []


def test_what_is_too_late_is_forgotten_but_never_the_feeds_end(store: RegistryStore) -> None:
    add(store, letter(1, "SST", 1))
    add(store, letter(2, "SST", 48))
    add(store, letter(3, "SST", 1))
    add(store, letter(4, "SST", 3), hours=2)
    with store.read() as connection:
        kept = set(connection.scalars(select(letters_table.c.seq)))
        assert kept == {2, 4}
        assert decisions.next_seq(connection) == 5
    assert told(store, "SST") == ["2", "4"]
    # A late one that is the newest stays until another event follows it.
    add(store, letter(5, "SST", 1), hours=2)
    with store.read() as connection:
        assert decisions.next_seq(connection) == 6
