"""A PostgreSQL server of the test run's own, and the choice of engine that tests' offices are opened on.

Debian's server is started as a user who may do nothing else, in a short folder under /tmp, on a Unix socket. A database
brought up to the present schema is the template of every test's own.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from workstation.database.postgresql import Server
from workstation.database.store import Store

SQLITE, POSTGRESQL = "sqlite", "postgresql"
PROGRAMS = Path("/usr/lib/postgresql/15/bin")
KEY = bytes(range(32))
# Tests do not pull the plug of the whole computer; those that end the server violently ask for `durable`.
_HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_SMALL = ("shared_buffers=32MB", "max_connections=60", "autovacuum=off", "log_min_messages=fatal")
_TEMPLATE = "migrated"


class Cluster:
    """One running server. `stop` and `start` may be called as often as a test likes."""

    def __init__(self, *, durable: bool = False, settings: Sequence[str] = (), port: int = 5432) -> None:
        """`settings` are added to the server's own; on a Unix socket `port` is a part of its file's name alone."""
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        self.port = port
        self._settings = (*(() if durable else _HASTY), *_SMALL, f"port={port}", *settings)
        self._server: subprocess.Popen[bytes] | None = None
        # The server refuses to be run by root.
        self._user = None if os.geteuid() else "nobody"
        if self._user:
            held = pwd.getpwnam(self._user)
            os.chown(self.folder, held.pw_uid, held.pw_gid)
        self.folder.chmod(0o755)
        self._run(
            "initdb", "-D", self.data, "-U", "office", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        self.start()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def _run(self, program: str, *arguments: str | Path) -> None:
        subprocess.run(
            [PROGRAMS / program, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
            user=self._user,
            group=None if self._user is None else pwd.getpwnam(self._user).pw_gid,
            extra_groups=None if self._user is None else [],
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            timeout=120,
        )

    def start(self) -> None:
        """Starts it and waits until it answers."""
        settings = (f"unix_socket_directories={self.folder}", "listen_addresses=", *self._settings)
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [PROGRAMS / "postgres", "-D", self.data, *(part for one in settings for part in ("-c", one))],
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd="/",
                user=self._user,
                group=None if self._user is None else pwd.getpwnam(self._user).pw_gid,
                extra_groups=None if self._user is None else [],
                env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            )
        deadline = time.monotonic() + 120
        while True:
            try:
                psycopg.connect(self.address("postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._server.poll() is not None:
                    raise
                time.sleep(0.05)

    def stop(self, mode: str = "immediate") -> None:
        """Ends it: "immediate" as a crash does, "fast" in order."""
        if self._server is not None:
            self._run("pg_ctl", "stop", "-D", self.data, "-m", mode, "-s")
            self._server.wait(60)
            self._server = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    def address(self, database: str) -> str:
        return f"postgresql://office@/{database}?host={self.folder}&port={self.port}"

    def run(self, statement: str) -> None:
        """Runs one statement outside every office's database."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def database(self, template: str = "template0") -> str:
        """The address of a new database."""
        name = f"office_{uuid4().hex[:12]}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.address(name)

    def migrated(self) -> str:
        """The address of a new database with the present schema and nothing in it."""
        return self.database(_TEMPLATE)

    def make_template(self) -> None:
        self.run(f"CREATE DATABASE {_TEMPLATE} TEMPLATE template0")
        Store(Server(self.address(_TEMPLATE)), KEY).close()
        with psycopg.connect(self.address(_TEMPLATE), autocommit=True) as connection:
            # Its first office's key is the one that seals.
            connection.execute("DELETE FROM seal_check")


@contextmanager
def running_cluster(
    *, durable: bool = False, settings: Sequence[str] = (), port: int = 5432
) -> Iterator[Cluster]:
    """A server of a test's own."""
    cluster = Cluster(durable=durable, settings=settings, port=port)
    try:
        cluster.make_template()
        yield cluster
    finally:
        cluster.remove()


class Choice:
    """The engine of this run's offices, and the run's one server, started when a test first needs it."""

    def __init__(self) -> None:
        self.engine = SQLITE
        self._cluster: Cluster | None = None

    @property
    def cluster(self) -> Cluster:
        if self._cluster is None:
            self._cluster = Cluster()
            self._cluster.make_template()
        return self._cluster

    def address(self) -> str:
        """Of a new database for one office; empty when this run's offices are on SQLite."""
        return self.cluster.migrated() if self.engine == POSTGRESQL else ""

    def copy(self, address: str) -> str:
        """The address of a copy of the database there, which nobody may have open."""
        return self.cluster.database(template=str(conninfo_to_dict(address)["dbname"]))

    def close(self) -> None:
        if self._cluster is not None:
            self._cluster.remove()
            self._cluster = None


CHOICE = Choice()


def require_server() -> None:
    if not (PROGRAMS / "initdb").exists():
        pytest.fail("PostgreSQL 15 is not installed: .ci/system-packages.txt names it")
