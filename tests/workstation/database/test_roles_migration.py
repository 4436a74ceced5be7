"""The schema's step for roles on an office with operators: they stay, new roles are known, unknown ones are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from workstation.database.engines import sqlite_engines
from workstation.database.station import operator_by_id
from workstation.database.store import Store, migrations
from workstation.domain.operator import SIGN_IN_ROLES, Role

KEY = bytes(range(32))
NOW = "2026-11-01 03:00:00.000000"


def _add(connection: Connection, role: str) -> None:
    connection.execute(
        text(
            "INSERT INTO operators (id, username, display_name, role, password_hash, active, created_at)"
            " VALUES (:role, :role, :role, :role, '-', 1, :now)"
        ),
        {"role": role, "now": NOW},
    )


def test_operators_stay_and_every_role_is_known(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    engine = sqlite_engines(path, KEY).writing
    config = migrations()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0012")
        _add(connection, "clerk")
        with pytest.raises(IntegrityError), connection.begin_nested():
            _add(connection, "auditor")
    engine.dispose()
    store = Store(path, KEY)
    try:
        held = store.read(lambda connection: operator_by_id(connection, "clerk"))
        assert held is not None
        assert held.role is Role.CLERK
        for role in SIGN_IN_ROLES[1:]:
            store.write(lambda tx, role=role: _add(tx, role.value))  # type: ignore[misc]  # the default binds it now
        for unknown in ("registry", "minister", ""):
            with pytest.raises(IntegrityError):
                store.write(lambda tx, role=unknown: _add(tx, role))  # type: ignore[misc]  # the default binds it now
        fine = store.read(lambda c: c.execute(text("PRAGMA integrity_check")).scalar_one())
        assert fine == "ok"
    finally:
        store.close()
