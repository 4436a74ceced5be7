"""What a store that fails is called: full, failing, damaged, busy, away. All else an engine says is a fault of ours.

SQLite names its result codes (sqlite.org/rescode.html), PostgreSQL its states (Appendix A of its manual).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from workstation.domain.refused import Reason, Refused

# The beginning of a name stands for its extended codes as well: SQLITE_IOERR_WRITE, SQLITE_CORRUPT_VTAB ...
_NAMES = (
    ("SQLITE_BUSY", Reason.DATABASE_BUSY),
    ("SQLITE_FULL", Reason.DISK_FULL),
    ("SQLITE_IOERR", Reason.DISK_FAILING),
    ("SQLITE_CANTOPEN", Reason.DISK_FAILING),
    ("SQLITE_READONLY_", Reason.DISK_FAILING),
    ("SQLITE_CORRUPT", Reason.DATABASE_DAMAGED),
    ("SQLITE_NOTADB", Reason.DATABASE_DAMAGED),
)
# After these a connection is not used again.
BROKEN = frozenset({Reason.DISK_FULL, Reason.DISK_FAILING, Reason.DATABASE_DAMAGED, Reason.SERVER_AWAY})
_STATES = {
    "53100": Reason.DISK_FULL,
    "55P03": Reason.DATABASE_BUSY,
    "58030": Reason.DISK_FAILING,
    "XX001": Reason.DATABASE_DAMAGED,
    "XX002": Reason.DATABASE_DAMAGED,
}


# libpq has no code for a server that could not prove its name, only these words (fe-secure-openssl.c, fe-connect.c).
_UNPROVEN = ("certificate", "does not support SSL")
# What the server says as it ends a connection: an idle transaction, a shutdown, a crash, not up yet.
_ENDED = ("25P03", "57P01", "57P02", "57P03", "57P05")


def is_lost(error: BaseException) -> bool:
    """Whether it says that the connection to the server, or the server itself, is gone."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(origin, psycopg.OperationalError | psycopg.InterfaceError):
        return False
    state = origin.sqlstate
    return state is None or state in _ENDED or state.startswith("08")


def fault_of(error: DBAPIError | dbapi2.Error | psycopg.Error, *, reading: bool = False) -> Refused | None:
    """The refusal for an error of SQLAlchemy's or of the driver's own; None when the store is not to blame.

    `reading`: on a connection that may not write, where an attempt to write is a fault of the program's.
    """
    origin = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(origin, "sqlstate", None)
    if state in _STATES:
        return Refused(_STATES[state])
    if is_lost(error):
        unproven = state is None and any(words in str(origin) for words in _UNPROVEN)
        return Refused(Reason.SERVER_UNPROVEN if unproven else Reason.SERVER_AWAY)
    name = getattr(origin, "sqlite_errorname", None) or ""
    if name == "SQLITE_READONLY" and not reading:
        return Refused(Reason.DISK_FAILING)
    return next((Refused(reason) for start, reason in _NAMES if name.startswith(start)), None)


@contextmanager
def fault_named(*, reading: bool = False, opening: bool = False) -> Iterator[None]:
    """Raises Refused DISK_FULL, DISK_FAILING, DATABASE_BUSY, SERVER_AWAY or SERVER_UNPROVEN for what the store itself
    failed at.

    A page that is not what was written is DATABASE_DAMAGED when the database is being opened; later it may as well be
    one that was read wrongly, and is DISK_FAILING.
    """
    try:
        yield
    except (DBAPIError, dbapi2.Error, psycopg.Error) as error:
        refused = fault_of(error, reading=reading)
        if refused is None:
            raise
        if refused.reason is Reason.DATABASE_DAMAGED and not opening:
            refused = Refused(Reason.DISK_FAILING)
        # The statement and its values stay out of every report.
        raise refused from None
