"""The office's shared database on a PostgreSQL server: how it is reached, and what it must be before it is trusted.

A connection over a network is made by TLS with the server's name proven (libpq's sslmode=verify-full); only the
server's own computer is spoken to without.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import QueuePool

from workstation.database.engines import Engines
from workstation.database.snapshot import READERS
from workstation.domain.refused import Reason, Refused
from workstation.security.office_seal import OfficeSeal

OLDEST = 150000
_TRUSTED_TLS = "verify-full"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
# Text is compared by its code points, as SQLite does; the letters of Lao are known all the same.
_COLLATIONS = ("C.UTF-8", "C.utf8")

# A network that lost its other end is noticed after about ten seconds, by either side.
_PATIENCE = {
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
_SESSION = (
    "-c timezone=UTC -c lock_timeout=10s -c idle_in_transaction_session_timeout=20s"
    " -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
    " -c client_min_messages=error"
)


@dataclass(frozen=True)
class Server:
    """`address` is what libpq takes (postgresql://USER@HOST/DATABASE?sslrootcert=FILE); it may hold a password.
    `station_id` is the station that asks: the database knows several. `patience` (s): how long a verb whose answer
    was lost waits for the server to come back and tell what became of it."""

    address: str = field(repr=False)
    station_id: str = ""
    patience: float = 8.0


def is_local(address: str) -> bool:
    """Whether the server is on this computer: a socket in the file system, or loopback. Raises Refused
    SERVER_UNSUITABLE (what "address") when libpq could not read it."""
    told = _told(address)
    hosts = [*_listed(told.get("hostaddr")), *_listed(told.get("host"))]
    return all(not host or host.startswith(("/", "@")) or host in _LOOPBACK for host in hosts)


def _listed(value: object) -> list[str]:
    return str(value).split(",") if value else []


def _told(address: str) -> dict[str, Any]:
    try:
        return conninfo_to_dict(address)
    except psycopg.ProgrammingError as error:
        raise Refused(Reason.SERVER_UNSUITABLE, what="address") from error


def connection_of(address: str) -> dict[str, Any]:
    """The parameters of a connection. Raises Refused SERVER_WITHOUT_TLS for a weaker sslmode over a network,
    SERVER_UNSUITABLE (what "address")."""
    told = _told(address)
    if not is_local(address):
        if told.setdefault("sslmode", _TRUSTED_TLS) != _TRUSTED_TLS:
            raise Refused(Reason.SERVER_WITHOUT_TLS, sslmode=str(told["sslmode"]))
        told.setdefault("sslrootcert", "system")
    return {**_PATIENCE, "application_name": "lao-id-workstation", **told, "options": _SESSION}


def postgresql_engines(server: Server, key: bytes) -> Engines:
    """Connections to `server`; what is sealed there is under a key made from the office's 32-byte `key`.

    Raises Refused SERVER_WITHOUT_TLS.
    """
    parameters = connection_of(server.address)
    seal = OfficeSeal(key)
    return Engines(
        _engine(parameters, server, seal, writing=True),
        _engine(parameters, server, seal, writing=False),
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    )


def _engine(parameters: dict[str, Any], server: Server, seal: OfficeSeal, *, writing: bool) -> Engine:
    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(**parameters),
        poolclass=QueuePool,
        # One beside the snapshots, for work that one station does for the office.
        pool_size=1 if writing else READERS + 1,
        max_overflow=0,
        hide_parameters=True,
        execution_options={"station": server.station_id, "seal": seal},
    )
    if not writing:

        def connected(connection: psycopg.Connection[Any], _record: object) -> None:
            # A reader's transaction is begun and ended at the driver, by the room of snapshots.
            connection.autocommit = True

        event.listen(engine, "connect", connected)
    return engine


def require_suitable(connection: Connection) -> None:
    """Raises Refused SERVER_UNSUITABLE: `what` is "version", "encoding" or "collation", `found` what it has."""
    held = connection.execute(
        text(
            "SELECT current_setting('server_version_num')::int, current_setting('server_encoding'), datcollate,"
            " datctype FROM pg_database WHERE datname = current_database()"
        )
    ).one()
    version, encoding, collation, letters = held
    if version < OLDEST:
        raise Refused(Reason.SERVER_UNSUITABLE, what="version", found=str(version // 10000))
    if encoding != "UTF8":
        raise Refused(Reason.SERVER_UNSUITABLE, what="encoding", found=str(encoding))
    if collation not in _COLLATIONS or letters not in _COLLATIONS:
        raise Refused(Reason.SERVER_UNSUITABLE, what="collation", found=f"{collation}/{letters}")
