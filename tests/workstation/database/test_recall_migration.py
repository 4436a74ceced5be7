"""The schema's step for recall on a database with work in it: nothing lost, order kept, states known and no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from workstation import clock
from workstation.database.engines import sqlite_engines
from workstation.database.outbox import OutboxKind, OutboxState, add_to_outbox, outbox_of, recall_held
from workstation.database.store import Store, migrations

KEY = bytes(range(32))
BEFORE = "0004"
NOW = "2026-11-01 03:00:00.000000"


def _fill(connection: Connection) -> None:
    for statement in (
        "INSERT INTO policies (version, document, in_force_since) VALUES ('p', '', :now)",
        "INSERT INTO operators (id, username, display_name, role, password_hash, active, created_at)"
        " VALUES ('o', 'o', 'o', 'clerk', '-', 1, :now)",
        "INSERT INTO applications (id, number, kind, stage, version, policy_version, created_at, created_by,"
        " stage_since, returned, name_lo, name_latin, name_sort_key, birth_date, village)"
        " VALUES ('a', 'A-1', 'first_issue', 'decision', 3, 'p', :now, 'o', :now, 0, '', '', '', '', '')",
        "INSERT INTO outbox (sequence, id, application_id, kind, message, state, progress, attempts, not_before,"
        " created_at) VALUES (41, 'i', 'a', 'enrolment', 'm', 'waiting', '{}', 2, :now, :now)",
    ):
        connection.execute(text(statement), {"now": NOW})


def _say(state: str, tx: Connection) -> None:
    tx.execute(text("UPDATE outbox SET state = :state"), {"state": state})


def test_a_waiting_outbox_comes_through_the_step(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    engine = sqlite_engines(path, KEY).writing
    config = migrations()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, BEFORE)
        _fill(connection)
    engine.dispose()
    store = Store(path, KEY)
    try:
        (item,) = store.read(lambda connection: outbox_of(connection, "a"))
        assert (item.sequence, item.id, item.attempts, item.state) == (41, "i", 2, OutboxState.WAITING)
        assert not store.write(lambda tx: recall_held(tx, "a", clock.now())), "it was tried before"
        store.write(lambda tx: add_to_outbox(tx, "a", OutboxKind.ENROLMENT, b"", at=clock.now()))
        assert [i.sequence for i in store.read(lambda c: outbox_of(c, "a"))] == [41, 42]
        store.write(lambda tx: _say("recalled", tx))
        with pytest.raises(IntegrityError):
            store.write(lambda tx: _say("forgotten", tx))
        named = store.read(
            lambda c: c.execute(text("SELECT name FROM sqlite_master WHERE type = 'index'")).scalars().all()
        )
        assert {"ix_outbox_due", "ix_outbox_application_id", "ix_applications_birth_date"} <= set(named)
    finally:
        store.close()
