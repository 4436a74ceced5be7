"""Seeding puts indexes and counting aside for very many people, and brings every one of them back."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from tests.offices import PASSPHRASE, found_office
from workstation import clock
from workstation.database import Connection, search_seed
from workstation.database.applications import next_ordinal
from workstation.domain.application_number import is_application_number
from workstation.startup import close_office, open_office
from workstation.workflow.queue import queue, stage_counts
from workstation.workflow.search.find import find
from workstation.workflow.seeding.seed import seed


def made(connection: Connection) -> set[str]:
    return set(
        connection.execute(text("SELECT sql FROM sqlite_master WHERE type IN ('index', 'trigger')")).scalars()
    )


def test_very_many_leave_the_office_as_few_would(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found_office(data_folder)
    office = open_office(data_folder, PASSPHRASE)
    try:
        before = office.store.read(made)
        monkeypatch.setattr(search_seed, "_MANY", 100)
        assert seed(office, 250, 3) == 250
        assert office.store.read(made) == before
        assert sum(stage_counts(office).values()) == 250
        row = next(row for row in queue(office, limit=300) if row.name_lo)
        assert is_application_number(row.number)
        hits = office.store.read(lambda connection: find(connection, f"{row.name_lo} {row.birth_date}"))
        assert row.number in [hit.number for hit in hits]
        today = clock.office_day(clock.now())
        assert office.store.write(lambda tx: next_ordinal(tx, today)) == 1

        def broken(_tx: Connection, _statements: object) -> None:
            raise OSError("the disk is full")

        monkeypatch.setattr(search_seed, "make_indexes", broken)
        with pytest.raises(OSError, match="full"):
            seed(office, 250, 4)
        assert office.store.read(made) == before
        assert sum(stage_counts(office).values()) == 250
    finally:
        close_office(office)
