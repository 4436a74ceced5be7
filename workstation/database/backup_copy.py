"""A copy of the open SQLite database under a key of its own, and what a copy must be before it is trusted.

SQLite's backup interface runs inside one snapshot: readers and the writer go on, and what they write meanwhile is not
in the copy (sqlite.org/backup.html; in WAL mode a reader never blocks the writer). SQLCipher decrypts each page under
the station's key and encrypts it under the copy's. A database on a server is copied by the server's own means.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlcipher3 import dbapi2

from workstation.database.store import Store, migrations
from workstation.interchange.backup_manifest import Figures

# Pages of 4 KiB between two looks at whether to stop.
_STEP = 2000
_LOOKS = 3


class CopyFault(Exception):
    """The copy could not be written or read: disk full, an input/output error, or damage. `code` is SQLite's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def copy_database(store: Store, target: Path, key: bytes, tick: Callable[[], None]) -> None:
    """Writes a copy of this moment to the new file `target` (0600) under the 32-byte `key`.

    `tick` is called between steps and may raise, which ends the copy. Raises CopyFault, and Refused as Store.read does.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))

    def copy(connection: Connection) -> None:
        # Only a statement that reads begins the snapshot.
        connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one()
        source = connection.connection.driver_connection
        assert source is not None
        with _opened(target, key) as copied:
            copied.execute("PRAGMA journal_mode = OFF")
            copied.execute("PRAGMA synchronous = OFF")
            source.backup(copied, pages=_STEP, progress=lambda *_: tick(), sleep=0)
        # A page whose HMAC does not hold may have been copied as zeros. One that is being written looks like it too.
        if all(_unsound(source) for _ in range(_LOOKS)):
            raise CopyFault("SQLITE_CORRUPT")

    def named(connection: Connection) -> None:
        try:
            copy(connection)
        except dbapi2.Error as error:
            raise CopyFault(getattr(error, "sqlite_errorname", None) or "SQLITE_ERROR") from error

    store.read(named)


def _unsound(source: Any) -> bool:
    return source.execute("PRAGMA cipher_integrity_check").fetchone() is not None


@contextmanager
def _opened(path: Path, key: bytes) -> Iterator[Any]:
    connection = dbapi2.connect(str(path))
    try:
        connection.isolation_level = None
        # A file that does not open is an answer here, not a fault to be written to standard error.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA temp_store = MEMORY")
        yield connection
    finally:
        connection.close()


@dataclass(frozen=True)
class Whose:
    """The station whose database a copy is."""

    station_id: str
    office_code: str
    station_code: str
    work: str


def figures_of(path: Path, key: bytes) -> tuple[Whose, Figures]:
    """Whose copy it is and how far its work had come. Raises CopyFault."""
    try:
        with _opened(path, key) as copy:
            held = copy.execute("SELECT id, office_code, station_code, work FROM station").fetchone()
            if held is None:
                raise CopyFault("no-station")
            # What was given once counts, also when its row is gone.
            outbox = copy.execute(
                "SELECT max(coalesce((SELECT max(sequence) FROM outbox), 0),"
                " coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0))"
            ).fetchone()[0]
            last = copy.execute("SELECT hash FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()
            return Whose(*held), Figures(
                revision=copy.execute("SELECT version_num FROM alembic_version").fetchone()[0],
                outbox=outbox,
                audit=copy.execute("SELECT count(*) FROM audit").fetchone()[0],
                audit_head=bytes(last[0]).hex() if last else "none",
                applications=copy.execute("SELECT count(*) FROM applications").fetchone()[0],
            )
    except dbapi2.Error as error:
        raise CopyFault(getattr(error, "sqlite_errorname", None) or "SQLITE_ERROR") from error


def copy_fault(path: Path, key: bytes) -> str | None:
    """What is wrong with a copy, or None: each page's HMAC, the structure of tables and indexes, the references."""
    try:
        with _opened(path, key) as copy:
            if copy.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
                return "page"
            if copy.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                return "structure"
            if copy.execute("PRAGMA foreign_key_check").fetchone() is not None:
                return "reference"
    except dbapi2.Error as error:
        return getattr(error, "sqlite_errorname", None) or "SQLITE_ERROR"
    return None


def schema_known(revision: str) -> bool:
    """Whether this version can bring a database of that schema revision up to its own."""
    try:
        return ScriptDirectory.from_config(migrations()).get_revision(revision) is not None
    except CommandError:
        return False


def count_outbox_from(tx: Connection, highest: int) -> None:
    """The next message of the outbox gets a sequence above `highest`, whatever the copy had reached."""
    changed = tx.execute(
        text("UPDATE sqlite_sequence SET seq = max(seq, :highest) WHERE name = 'outbox'"),
        {"highest": highest},
    )
    if not changed.rowcount:
        tx.execute(
            text("INSERT INTO sqlite_sequence (name, seq) VALUES ('outbox', :highest)"), {"highest": highest}
        )
