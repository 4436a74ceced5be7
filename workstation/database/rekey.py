"""The database under another key: which of two keys opens it, and SQLCipher's rekey behind a lock nobody else holds.

SQLCipher rewrites every page in one transaction. It is done with a rollback journal, not a write-ahead log: whoever
opens the file after a crash first puts the old pages back, whatever key it brings, and then one key opens all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from workstation.domain.refused import Reason, Refused

_PATIENCE = 3.0


@contextmanager
def _opened(path: Path, key: bytes) -> Iterator[Any]:
    connection = dbapi2.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_PATIENCE)
    try:
        connection.isolation_level = None
        # A key that does not fit is an answer here, not a fault to be written to standard error.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        yield connection
    finally:
        connection.close()


def opens(path: Path, key: bytes) -> bool:
    """Whether the 32-byte `key` opens the database. Raises Refused OFFICE_OPEN while another program turns its key."""
    try:
        with _opened(path, key) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.OperationalError as error:
        if "locked" in str(error):
            raise Refused(Reason.OFFICE_OPEN) from error
        return False
    except dbapi2.DatabaseError:
        return False
    return True


def rekey(path: Path, key: bytes, coming: bytes, *, alone: Callable[[], None]) -> None:
    """Puts the database at `path` from `key` under `coming`, both 32 bytes; `alone` is called before the first write,
    when no other program has the file open or can open it.

    Raises Refused: OFFICE_OPEN (somebody has it open), KEY_NOT_TURNED (a disk that takes no more or has faults; the
    database is then still under `key`).
    """
    try:
        with _opened(path, key) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
            if mode != "delete":
                raise Refused(Reason.OFFICE_OPEN)
            connection.execute("PRAGMA synchronous = FULL")
            # The lock of a transaction stays with this connection until it is closed.
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            alone()
            connection.execute(f"PRAGMA rekey = \"x'{coming.hex()}'\"")
    except dbapi2.OperationalError as error:
        if "locked" in str(error):
            raise Refused(Reason.OFFICE_OPEN) from error
        raise Refused(Reason.KEY_NOT_TURNED) from error
    except dbapi2.DatabaseError as error:
        raise Refused(Reason.KEY_NOT_TURNED) from error
