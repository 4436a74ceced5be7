"""Sort keys of another collation are made anew when the office opens; current ones are left alone."""

from __future__ import annotations

from functools import partial
from itertools import cycle
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update

from tests.offices import PASSPHRASE, staffed_office
from workstation.database import sort_keys
from workstation.database.sort_keys import renew_sort_keys
from workstation.database.tables import applications
from workstation.lao.sorting import MARK, mark_of, sort_key
from workstation.startup import close_office, open_office
from workstation.workflow.intake.steps import start
from workstation.workflow.seeding.seed import seed


def _keys(connection: Connection) -> list[tuple[str, bytes]]:
    rows = connection.execute(select(applications.c.name_lo, applications.c.name_sort_key))
    return [(row.name_lo, row.name_sort_key) for row in rows]


def _made_by_others(tx: Connection, *versions: bytes) -> None:
    """Keys with these marks in turn, in an order of their own."""
    marks = cycle(versions)
    for row in tx.execute(select(applications.c.id, applications.c.name_sort_key)).all():
        if row.name_sort_key:
            old = next(marks) + row.name_sort_key[2:][::-1]
            tx.execute(update(applications).where(applications.c.id == row.id).values(name_sort_key=old))


def _one_version(version: bytes, tx: Connection) -> None:
    _made_by_others(tx, version)


def test_keys_of_other_versions_are_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sort_keys, "AT_ONCE", 7)
    with staffed_office(tmp_path / "office") as staffed:
        seed(staffed.office, 30, 1)
        start(staffed.office, staffed.clerk)
        store = staffed.office.store
        assert store.write(renew_sort_keys) == 0
        before = store.read(_keys)
        for mark in (b"\x00\x00", b"\xff\xff"):
            store.write(partial(_one_version, mark))
            while store.write(renew_sort_keys):
                pass
            assert sorted(store.read(_keys)) == sorted(before)
        store.write(lambda tx: _made_by_others(tx, b"\x00\x00", b"\xff\xff", b""))
        assert store.read(_keys) != before
    office = open_office(tmp_path / "office", PASSPHRASE)
    try:
        after = office.store.read(_keys)
        assert office.store.write(renew_sort_keys) == 0
    finally:
        close_office(office)
    assert sorted(after) == sorted(before)
    assert ("", b"") in after  # a draft has no name yet
    assert all(key == sort_key(name) for name, key in after if key)


def test_a_mark_stands_for_one_version() -> None:
    assert sort_key("ກາ").startswith(MARK)
    assert mark_of("lo-icu72.1-unicode15.0") != mark_of("lo-icu74.2-unicode15.1")
    assert mark_of("lo-icu72.1-unicode15.0")[0] < 128
