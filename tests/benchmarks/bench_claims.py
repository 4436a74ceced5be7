"""Claims a second from one queue on a PostgreSQL server, with 1, 4 and 8 stations as processes of their own, and no
double; beside them the same claims by the bare driver on one connection."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path

import psycopg
from sqlalchemy import Connection, insert, select

from tests.database_engines import KEY, Cluster, running_cluster
from workstation import clock
from workstation.database.claims import claim_first_free
from workstation.database.plain_sql import rows
from workstation.database.policies import add_policy
from workstation.database.postgresql import Server
from workstation.database.store import Store
from workstation.database.tables import applications, operators, policies
from workstation.domain.stages import Stage

POLICY = Path(__file__).resolve().parents[2] / "resources" / "policies" / "training.json"
CLAIMS = 400
STATIONS = (1, 4, 8)
_FREE = (
    "SELECT a.id FROM applications AS a WHERE a.stage = 'review'"
    " AND NOT EXISTS (SELECT 1 FROM claims AS c WHERE c.application_id = a.id) ORDER BY a.number LIMIT 20"
)


def fill(address: str) -> None:
    """CLAIMS applications at review, and eight supervisors."""
    store = Store(Server(address, "s0"), KEY)

    def verb(tx: Connection) -> None:
        at = clock.now()
        add_policy(tx, POLICY.read_bytes(), at=at)
        version = tx.scalar(select(policies.c.version))
        names = [f"o{place}" for place in range(max(STATIONS))]
        tx.execute(
            insert(operators),
            [
                {
                    "id": name, "username": name, "display_name": name, "role": "supervisor", "password_hash": "-",
                    "active": True, "created_at": at,
                }
                for name in names
            ],
        )  # fmt: skip
        tx.execute(
            insert(applications),
            [
                {
                    "id": f"a{place:05}", "number": f"n{place:05}", "kind": "first_issue", "stage": Stage.REVIEW.value,
                    "version": 1, "policy_version": version, "created_at": at, "created_by": "o0", "stage_since": at,
                    "returned": False, "name_lo": "", "name_latin": "", "name_sort_key": b"",
                    "birth_date": "", "village": "",
                }
                for place in range(CLAIMS)
            ],
        )  # fmt: skip

    store.write(verb)
    store.close()


def station(address: str, place: int) -> None:
    """One station: looks at what is free and claims the first, until nothing is; then says what it got."""
    store = Store(Server(address, f"s{place}"), KEY)
    print("ready", flush=True)
    sys.stdin.readline()
    got: list[str] = []

    def free(connection: Connection) -> list[str]:
        return [application_id for (application_id,) in rows(connection, _FREE, {})]

    def claim(waiting: list[str], tx: Connection) -> str | None:
        return claim_first_free(tx, waiting, operator_id=f"o{place}", station_id=f"s{place}", at=clock.now())

    while waiting := store.read(free):
        if (claimed := store.write(partial(claim, waiting), alone=False)) is not None:
            got.append(claimed)
    store.close()
    print(" ".join(got), flush=True)


def measure(address: str, stations: int) -> tuple[float, int]:
    """Claims a second of all stations together, and how many were given to two."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_claims", address]
    running = [
        subprocess.Popen([*command, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for place in range(stations)
    ]
    for process in running:
        assert process.stdout is not None
        process.stdout.readline()
    began = time.perf_counter()
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    found = [process.communicate(timeout=100)[0].split() for process in running]
    took = time.perf_counter() - began
    given = Counter(one for claimed in found for one in claimed)
    assert len(given) == CLAIMS, "an application was given to nobody"
    return CLAIMS / took, sum(times - 1 for times in given.values())


def bare(address: str) -> float:
    """The same rows claimed by psycopg alone on one connection: one lock, one insert, one commit each."""
    with psycopg.connect(address) as connection:
        began = time.perf_counter()
        for place in range(CLAIMS):
            one = {"id": f"a{place:05}"}
            connection.execute("SELECT id FROM applications WHERE id = %(id)s FOR UPDATE SKIP LOCKED", one)
            connection.execute("INSERT INTO claims VALUES (%(id)s, 'o0', 's0', now(), now())", one)
            connection.commit()
        return CLAIMS / (time.perf_counter() - began)


def fresh(cluster: Cluster) -> str:
    address = cluster.migrated()
    fill(address)
    return address


def main() -> None:
    with running_cluster(durable=True) as cluster:
        alone = bare(fresh(cluster))
        print(f"{CLAIMS} claims of a queue on PostgreSQL 15, fsync on; psycopg alone: {alone:.0f}/s")
        print("stations  claims/s  of psycopg alone  doubles")
        for stations in STATIONS:
            speed, doubles = measure(fresh(cluster), stations)
            print(f"{stations:8}  {speed:8.0f}  {speed / alone:16.2f}  {doubles:7}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        station(sys.argv[1], int(sys.argv[2]))
    else:
        main()
