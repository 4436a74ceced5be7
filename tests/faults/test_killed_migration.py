"""The program is killed while it brings the schema up: the next start finds the old one or the new one, and goes on."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from tests.faults.outcome_table import OutcomeTable
from workstation.database.backup_copy import copy_fault
from workstation.database.engines import sqlite_engines
from workstation.database.store import Store, migrations

KEY = bytes(range(32))
ROOT = Path(__file__).resolve().parents[2]
OLD = "0004"
KILLS = [4, pytest.param(60, marks=(pytest.mark.campaign, pytest.mark.timeout(1200)))]
_OPEN = """
import sys
from pathlib import Path
from workstation.database.store import Store
print("go", flush=True)
store = Store(Path(sys.argv[1]), bytes(range(32)))
print("done", flush=True)
store.close()
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of an earlier version with something in it."""
    folder = tmp_path / "old"
    folder.mkdir()
    engines = sqlite_engines(folder / "office.db", KEY)
    config = migrations()
    with engines.writing.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, OLD)
        connection.execute(
            text("INSERT INTO policies (version, document, in_force_since) VALUES ('kept', '', :now)"),
            {"now": "2026-11-01 03:00:00.000000"},
        )
    engines.dispose()
    return folder


def _opened(path: Path, after: float) -> bool:
    """Opens it in a process that is killed `after` seconds, or not if it is done before; whether it was done."""
    process = subprocess.Popen([sys.executable, "-c", _OPEN, str(path)], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == b"go\n"
        if after:
            time.sleep(after)
            process.send_signal(signal.SIGKILL)
        said = process.stdout.read()
    process.wait(60)
    return said == b"done\n"


def _revision(path: Path) -> str:
    engines = sqlite_engines(path, KEY)
    try:
        with engines.writing.connect() as connection:
            return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    finally:
        engines.dispose()


@pytest.mark.parametrize("kills", KILLS)
def test_killed_while_the_schema_is_brought_up(old: Path, tmp_path: Path, kills: int) -> None:
    chance, table = random.Random(kills), OutcomeTable("Killed while the schema is brought up")
    whole = shutil.copytree(old, tmp_path / "whole")
    began = time.monotonic()
    assert _opened(whole / "office.db", 0)
    longest = max(0.2, time.monotonic() - began)
    new = _revision(whole / "office.db")
    for kill in range(kills):
        data = shutil.copytree(old, tmp_path / f"data-{kill}")
        done = _opened(data / "office.db", chance.uniform(0.001, longest * 0.6))
        found = _revision(data / "office.db")
        assert found in (OLD, new)
        table.add(
            "killed" if not done else "done before it was killed",
            "old schema" if found == OLD else "new schema",
        )
        store = Store(data / "office.db", KEY)
        try:
            kept = store.read(lambda c: c.execute(text("SELECT version FROM policies")).scalars().all())
        finally:
            store.close()
        assert kept == ["kept"]
        assert _revision(data / "office.db") == new
        assert copy_fault(data / "office.db", KEY) is None
        shutil.rmtree(data)
    table.show()
    assert table.count("old schema") > 0
