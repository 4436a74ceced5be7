"""Entries are chained as they are written, gap-free for each station, and the engine itself refuses to bend them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from workstation import clock
from workstation.database import audit_checkpoints
from workstation.database.audit import write_audit
from workstation.database.audit_scan import every_entry
from workstation.database.engines import sqlite_engines
from workstation.database.store import Store, migrations
from workstation.domain.audit import AuditTag
from workstation.security.hash_chain import Chain, Row
from workstation.workflow.audit.verify import verify_trail

KEY = bytes(range(32))
NOW = "2026-11-01 03:00:00.000000"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "office.db", KEY)
    yield opened
    opened.close()


def write(station: str, thing: str, tx: Connection) -> None:
    write_audit(
        tx, AuditTag.FEE_TAKEN, at=clock.now(), actor="a", station_id=station, object_id=thing, kip=5000
    )


def entries(store: Store) -> list[Row]:
    return store.read(lambda connection: list(every_entry(connection)))


def undone(tx: Connection) -> None:
    write("one", "undone", tx)
    raise ZeroDivisionError


def test_each_station_has_a_chain_of_its_own_without_gaps(store: Store) -> None:
    for station in ("one", "two", "one", "one", "two"):
        store.write(partial(write, station, "x"))
    with pytest.raises(ZeroDivisionError):
        store.write(undone)
    store.write(partial(write, "one", "x"))
    found = entries(store)
    assert [(row.station_id, row.position) for row in found] == [
        ("one", 1), ("two", 1), ("one", 2), ("one", 3), ("two", 2), ("one", 4),
    ]  # fmt: skip
    for station in ("one", "two"):
        chain = Chain(station)
        for row in found:
            if row.station_id == station:
                chain.follow((row,))
        assert chain.finding() is None


@pytest.mark.parametrize("thing", ["plain", 'a "quoted"\\ one', "ຂໍ້ຄວາມ", "tab\tand\nline", "\u2028\x7f€"])
def test_the_bytes_are_those_of_rfc_8785_whatever_the_text(store: Store, thing: str) -> None:
    store.write(partial(write, "one", thing))
    (row,) = entries(store)
    whole: dict[str, Any] = {
        "sequence": 1,
        "at": row.at.replace(" ", "T") + "Z",
        "tag": "fee.taken",
        "actor": "a",
        "station": "one",
        "object": thing,
        "facts": {"kip": 5000},
    }
    assert row.entry == rfc8785.dumps(whole)
    assert verify_trail(store).whole


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'b' WHERE position = 2",
        "DELETE FROM audit WHERE position = 3",
        "INSERT OR REPLACE INTO audit SELECT sequence, at, tag, 'b', station_id, object_id, facts, position, entry,"
        " hash FROM audit WHERE position = 2",
        "REPLACE INTO audit SELECT sequence, at, tag, 'b', station_id, object_id, facts, 4, entry, hash FROM audit"
        " WHERE position = 2",
        "INSERT INTO audit SELECT NULL, at, tag, actor, station_id, object_id, facts, 9, entry, hash FROM audit"
        " WHERE position = 3",
        "DELETE FROM audit_checkpoints",
        "UPDATE audit_checkpoints SET head = zeroblob(32)",
        "UPDATE audit_checkpoints SET count = 2",
        "REPLACE INTO audit_checkpoints SELECT station_id, count, zeroblob(32), at, station_key, signature, NULL,"
        " NULL, NULL FROM audit_checkpoints",
    ],
)
def test_what_is_written_cannot_be_bent_by_a_statement(store: Store, statement: str) -> None:
    for _ in range(3):
        store.write(partial(write, "one", "x"))
    store.write(lambda tx: audit_checkpoints.close_trail(tx, "one", at=clock.now()))
    before = entries(store)
    with pytest.raises(DatabaseError, match="audit only grows"):
        store.write(lambda tx: tx.execute(text(statement)))
    assert entries(store) == before


def test_a_checkpoint_comes_by_itself_every_few_entries(store: Store) -> None:
    def many(tx: Connection) -> None:
        for line in range(2 * audit_checkpoints.EVERY + 5):
            write("one", str(line), tx)

    store.write(many)
    held = store.read(audit_checkpoints.all_checkpoints)
    assert [one.count for one in held] == [256, 512]
    store.write(lambda tx: audit_checkpoints.close_trail(tx, "one", at=clock.now()))
    store.write(lambda tx: audit_checkpoints.close_trail(tx, "one", at=clock.now()))
    assert [one.count for one in store.read(audit_checkpoints.all_checkpoints)] == [256, 512, 517]
    assert verify_trail(store).trails[0].checkpoints == 3


def test_what_an_earlier_version_wrote_is_chained_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    engine, config = sqlite_engines(path, KEY).writing, migrations()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0013")
        for line in range(2500):
            station = "one" if line % 3 else "two"
            connection.execute(
                text(
                    "INSERT INTO audit (at, tag, actor, station_id, object_id, facts)"
                    " VALUES (:at, 'fee.taken', 'a', :station, :thing, :facts)"
                ),
                {"at": NOW, "station": station, "thing": f"ຄຳຮ້ອງ {line}", "facts": b'{"kip":5000}'},
            )
    engine.dispose()
    store = Store(path, KEY)
    try:
        store.write(partial(write, "one", "new"))
        verdict = verify_trail(store)
        rows = entries(store)
        with pytest.raises(DatabaseError, match="audit only grows"):
            store.write(lambda tx: tx.execute(text("UPDATE audit SET actor = 'b'")))
    finally:
        store.close()
    assert verdict.whole
    assert {trail.station_id: trail.entries for trail in verdict.trails} == {"one": 1667, "two": 834}
    assert [row.object_id for row in rows[:2]] == ["ຄຳຮ້ອງ 0", "ຄຳຮ້ອງ 1"]
    assert rows[-1].object_id == "new"
