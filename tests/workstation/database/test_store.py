"""The store: one commit for each verb, encryption, what survives a kill, what is refused."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from workstation import clock
from workstation.database.audit import audit_of, write_audit
from workstation.database.blobs import get_blob, put_blob
from workstation.database.store import Store
from workstation.database.transaction import StoreClosed
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason, Refused

KEY = bytes(range(32))


def _note(tx: Connection, thing: str) -> None:
    write_audit(tx, AuditTag.SIGN_IN, at=clock.now(), actor="a", station_id="s", object_id=thing)


def _run(statement: str, tx: Connection) -> None:
    tx.execute(text(statement))


def test_a_verb_that_raises_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "office.db", KEY)
    try:

        def verb(tx: Connection) -> None:
            _note(tx, "half")
            raise Refused(Reason.MOVE_NOT_ALLOWED)

        with pytest.raises(Refused):
            store.write(verb)
        assert store.read(lambda connection: audit_of(connection, "half")) == ()
        store.write(lambda tx: _note(tx, "whole"))
        assert len(store.read(lambda connection: audit_of(connection, "whole"))) == 1
    finally:
        store.close()


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    store = Store(tmp_path / "office.db", KEY)
    try:
        with pytest.raises(DatabaseError):
            store.read(lambda connection: _note(connection, "sly"))
    finally:
        store.close()


def test_the_trail_only_grows(tmp_path: Path) -> None:
    store = Store(tmp_path / "office.db", KEY)
    try:
        store.write(lambda tx: _note(tx, "kept"))
        for statement in ("UPDATE audit SET actor = 'b'", "DELETE FROM audit"):
            with pytest.raises(DatabaseError, match="audit only grows"):
                store.write(partial(_run, statement))
        assert [entry.actor for entry in store.read(lambda connection: audit_of(connection, "kept"))] == ["a"]
    finally:
        store.close()


def test_another_key_or_damaged_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    Store(path, KEY).close()
    with pytest.raises(Refused) as refusal:
        Store(path, bytes(32))
    assert refusal.value.reason is Reason.DATABASE_DAMAGED
    path.write_bytes(b"SQLite format 3\0" + bytes(8192))
    with pytest.raises(Refused):
        Store(path, KEY)


def test_a_newer_database_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    store = Store(path, KEY)
    store.write(lambda tx: tx.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    store.close()
    held = path.read_bytes()
    with pytest.raises(Refused) as refusal:
        Store(path, KEY)
    assert refusal.value.reason is Reason.DATABASE_TOO_NEW
    assert path.read_bytes() == held


def test_nothing_readable_on_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    store = Store(path, KEY)
    secret = "ສຸດາວັນ plain words".encode()
    digest = store.write(lambda tx: put_blob(tx, secret, "text/plain"))
    assert store.read(lambda connection: get_blob(connection, digest)) == secret
    for file in tmp_path.iterdir():
        assert secret not in file.read_bytes()
    store.close()
    assert secret not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_closed_store_takes_no_verb(tmp_path: Path) -> None:
    store = Store(tmp_path / "office.db", KEY)
    store.close()
    with pytest.raises(StoreClosed):
        store.write(lambda tx: None)


_WRITER = """
import sys
from pathlib import Path
from sqlalchemy import text
from workstation.database.blobs import put_blob
from workstation.database.store import Store
store = Store(Path(sys.argv[1]), bytes(range(32)))
for number in range(100000):
    store.write(lambda tx: put_blob(tx, str(number).encode() * 200, "text/plain"))
    print(number, flush=True)
"""


def test_what_was_committed_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    told = [int(writer.stdout.readline()) for _ in range(20)]
    time.sleep(0.02)
    os.kill(writer.pid, signal.SIGKILL)
    rest, _ = writer.communicate(timeout=10)
    told += [int(line) for line in rest.split()]
    store = Store(path, KEY)
    try:
        count = store.read(
            lambda connection: connection.execute(text("SELECT count(*) FROM blobs")).scalar_one()
        )
        assert count >= len(told)
        assert count <= len(told) + 1
    finally:
        store.close()
