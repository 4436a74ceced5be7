"""The audit trail's two costs, each against the bare work in the same run and on the same file.

verify: the whole trail against reading the same rows and SHA-256 over their bytes (goal: at least 0.7 of that speed).
move: one stage move, committed, against the same statements through SQLAlchemy Core, chain included but its hash and
bytes given (goal: at most 1.5 times as long). Medians; turn by turn, so that both meet the same moods of the machine.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from sqlalchemy import Connection, insert, select, update

from tests.faults.station import StationUnderTest, open_station
from workstation import clock
from workstation.database import tables
from workstation.database.audit import write_audit
from workstation.database.audit_scan import PAGE
from workstation.database.claim_tables import claims, lost_claims
from workstation.database.moves import move
from workstation.database.plain_sql import rows
from workstation.domain.audit import AuditTag
from workstation.domain.stages import Action, Stage
from workstation.workflow.audit.verify import verify_trail

ROUNDS = 5
MOVES = 200
VERIFY_GOAL, MOVE_GOAL = 0.7, 1.5


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    began = perf_counter()
    work()
    return perf_counter() - began


def processor(work: Callable[[], object]) -> float:
    """Seconds of the processor, which other programs' load does not lengthen."""
    began = process_time()
    work()
    return process_time() - began


def fill(station: StationUnderTest, entries: int) -> None:
    """A trail of an office's usual entries."""

    def page(tx: Connection) -> None:
        for line in range(1000):
            write_audit(
                tx,
                AuditTag.APPLICATION_MOVED,
                at=clock.now(),
                actor="0192f000-0000-7000-8000-00000000000c",
                station_id=station.station.id,
                object_id=f"0192f000-0000-7000-8000-{line:012d}",
                stage="intake",
                action="complete",
                to="photo",
            )

    for _ in range(entries // 1000):
        station.store.write(page)


def bare_read(station: StationUnderTest) -> int:
    """Reads every row that the verification reads, and hashes its bytes."""
    sql = (
        "SELECT sequence, position, at, tag, actor, station_id, object_id, facts, entry, hash FROM audit"
        f" WHERE sequence > :after ORDER BY sequence LIMIT {PAGE}"
    )

    def query(connection: Connection) -> int:
        done, after, before = 0, 0, bytes(32)
        while page := rows(connection, sql, {"after": after}):
            for row in page:
                before = sha256(before + row[8]).digest()
            done, after = done + len(page), page[-1][0]
        return done

    return station.store.read(query)


def verify_speed(station: StationUnderTest, entries: int) -> float:
    """Speed of the verification as a share of the bare reading's."""
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(processor(lambda: verify_trail(station.store)))
        bare.append(processor(lambda: bare_read(station)))
    assert bare_read(station) == verify_trail(station.store).trails[0].entries
    for name, times in (("verify", ours), ("read and SHA-256", bare)):
        print(
            f"{name:>18}: {median(times):7.3f} s for {entries:,} entries, {entries / median(times):10,.0f} a second"
        )
    return median(bare) / median(ours)


def through_core(tx: Connection, station: StationUnderTest, application: str) -> None:
    """The statements of a move from intake to photo, without any of its rules."""
    held = tables.applications
    row = tx.execute(
        select(held.c.stage, held.c.version, held.c.policy_version, held.c.approved_by).where(
            held.c.id == application
        )
    ).one()
    tx.execute(select(claims).where(claims.c.application_id == application)).first()
    tx.execute(select(lost_claims).where(lost_claims.c.application_id == application)).first()
    tx.execute(
        select(tables.policies.c.document).where(tables.policies.c.version == row.policy_version)
    ).one()
    people = tables.captured_by
    tx.execute(select(people.c.operator_id).where(people.c.application_id == application)).all()
    now = clock.now()
    tx.execute(
        update(held)
        .where(held.c.id == application)
        .values(stage=Stage.PHOTO.value, stage_since=now, version=held.c.version + 1, returned=False)
    )
    tx.execute(select(people.c.operator_id).where(people.c.application_id == application)).all()
    tx.execute(insert(people).values(application_id=application, operator_id="clerk"))
    trail = tables.audit
    last = tx.execute(
        select(trail.c.position, trail.c.hash)
        .where(trail.c.station_id == station.station.id)
        .order_by(trail.c.position.desc())
        .limit(1)
    ).one()
    tx.execute(
        insert(trail).values(
            at=now,
            tag="application.moved",
            actor="clerk",
            station_id=station.station.id,
            object_id=application,
            facts=b'{"action":"complete","stage":"intake","to":"photo"}',
            position=last.position + 1,
            entry=bytes(300),
            hash=bytes(32),
        )
    )


def begun(station: StationUnderTest, count: int) -> list[str]:
    """Applications at intake."""
    made = [station.approved(image_bytes=10) for _ in range(count)]

    def back(tx: Connection) -> None:
        tx.execute(tables.captured_by.delete())
        tx.execute(update(tables.applications).values(stage=Stage.INTAKE.value))

    station.store.write(back)
    return made


def move_cost(station: StationUnderTest) -> float:
    """How many times as long a move of ours takes."""
    waiting = begun(station, 2 * MOVES)
    ours, core = [], []
    for mine, theirs in zip(waiting[::2], waiting[1::2], strict=True):
        ours.append(
            timed(
                lambda mine=mine: station.store.write(  # type: ignore[misc]  # bound now
                    lambda tx: move(tx, mine, Action.COMPLETE, actor=station.clerk, at=clock.now())
                )
            )
        )
        core.append(
            timed(
                lambda theirs=theirs: station.store.write(  # type: ignore[misc]  # bound now
                    lambda tx: through_core(tx, station, theirs)
                )
            )
        )
    for name, times in (("move", ours), ("through Core", core)):
        print(f"{name:>18}: {median(times) * 1000:7.3f} ms committed")
    return median(ours) / median(core)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-audit-") as folder:
        station = open_station(Path(folder))
        try:
            fill(station, args.entries)
            speed = verify_speed(station, args.entries)
            cost = move_cost(station)
        finally:
            station.store.close()
    print(
        f"verify against bare reading: {speed:.2f} of its speed (goal {VERIFY_GOAL}: {speed >= VERIFY_GOAL})"
    )
    print(f"move against Core: {cost:.2f} times as long (goal {MOVE_GOAL}: {cost <= MOVE_GOAL})")


if __name__ == "__main__":
    main()
