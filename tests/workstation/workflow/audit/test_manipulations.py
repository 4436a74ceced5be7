"""Six ways to bend a trail, at random places straight on the file: each is found, at its place, by its name.

So it is in a trail that was never interrupted, and in one that went on in a second segment after a restoration.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.workstation.workflow.audit.trails import (
    KEY,
    MANIPULATIONS,
    STATION,
    Rogue,
    bend,
    rehash,
    truncate,
    write_entries,
)
from workstation import clock
from workstation.database import Connection
from workstation.database import audit_checkpoints as held
from workstation.database.audit_segments import keep_acceptance, open_segment, openings
from workstation.database.store import Store
from workstation.domain.operator import Operator, Role
from workstation.interchange.audit_list import NOTHING, Known
from workstation.interchange.audit_segment import from_document, to_document
from workstation.security.checkpoints import countersign, sign
from workstation.security.hash_chain import BreakKind
from workstation.security.segments import accept, sign_opening
from workstation.workflow.audit.verify import Verdict, verify_trail

ENTRIES = 300
# The registry vouched for these two ends of the trail.
VOUCHED = (140, ENTRIES)
# Where the second segment turns off, and how far the first had come by then.
TURN, GONE = 160, 230


@pytest.fixture(scope="module", params=[False, True], ids=["one segment", "two segments"])
def whole(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A trail of 300 entries, two of its checkpoints countersigned."""
    path = tmp_path_factory.mktemp("trail") / "office.db"
    registry = Ed25519PrivateKey.generate()
    store = Store(path, KEY)
    try:
        write_entries(store, VOUCHED[0], seed=1)
        store.write(lambda tx: _vouch(tx, registry))
        if request.param:
            write_entries(store, TURN - VOUCHED[0], seed=2)
            store.write(lambda tx: _turn(tx, registry))
            write_entries(store, ENTRIES - TURN - 1, seed=3)
        else:
            write_entries(store, ENTRIES - VOUCHED[0], seed=2)
        store.write(lambda tx: _vouch(tx, registry))
        store.write(
            lambda tx: held.pin_registry_key(tx, registry.public_key().public_bytes_raw(), at=clock.now())
        )
    finally:
        store.close()
    return path


def _vouch(tx: Connection, registry: Ed25519PrivateKey) -> None:
    held.close_trail(tx, STATION, at=clock.now())
    for one in held.unsent(tx, STATION).checkpoints:
        if one.count in VOUCHED:
            held.keep_countersignature(
                tx, STATION, one.count, countersign(registry, one, "2026-11-02T02:00Z")
            )


def _turn(tx: Connection, registry: Ed25519PrivateKey) -> None:
    by = Operator("supervisor", "supervisor", "supervisor", Role.SUPERVISOR, True)
    opened = open_segment(
        tx, STATION, known=GONE, known_head=bytes(32), restoration="one", by=by, at=clock.now()
    )
    keep_acceptance(tx, accept(registry, opened, number=2, held=GONE + 5, at="2026-11-02T02:00:00+00:00"))


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return _copy(whole, tmp_path)


def _copy(whole: Path, folder: Path) -> Path:
    for leftover in folder.glob("office.db*"):
        leftover.unlink()
    return Path(shutil.copy(whole, folder / "office.db"))


def verdict_on(path: Path, others: Known = NOTHING) -> Verdict:
    store = Store(path, KEY)
    try:
        return verify_trail(store, others=others)
    finally:
        store.close()


def checkpoints_in(path: Path) -> Known:
    store = Store(path, KEY)
    try:
        return Known(
            tuple(one for one in store.read(held.all_checkpoints) if one.countersignature is not None),
            store.read(openings),
        )
    finally:
        store.close()


def check(path: Path, kind: BreakKind, at: int, others: Known = NOTHING) -> None:
    (trail,) = verdict_on(path, others).trails
    found = trail.broken
    assert found is not None, f"{kind.value} at {at} was not found"
    assert found.kind is kind, f"{kind.value} at {at} was told as {found}"
    if kind is BreakKind.REHASH:
        assert found.first <= at <= found.until
        assert found.until <= min(vouched for vouched in VOUCHED if vouched >= at)
    else:
        assert found.first == at, f"{kind.value} at {at} was told as {found}"


def places(seed: int, count: int) -> list[tuple[BreakKind, int]]:
    chance = Random(seed)
    return [(kind, chance.randrange(2, ENTRIES - 8)) for kind in MANIPULATIONS for _ in range(count)]


def test_a_whole_trail_is_found_whole(copy: Path) -> None:
    verdict = verdict_on(copy)
    assert verdict.whole
    (trail,) = verdict.trails
    assert (trail.station_id, trail.entries, trail.countersigned) == (STATION, ENTRIES, ENTRIES)
    for turn in trail.turns:
        assert (turn.number, turn.first, turn.missing_first, turn.missing_last) == (2, 161, 161, GONE + 5)
        assert (turn.by, turn.accepted) == ("supervisor", True)
    bend(copy, lambda connection: None)
    assert verdict_on(copy).whole, "taking the triggers away alone bends nothing"


@pytest.mark.parametrize(("kind", "at"), places(4, 2))
def test_a_manipulation_is_named_with_its_place(copy: Path, kind: BreakKind, at: int) -> None:
    bend(copy, lambda connection: MANIPULATIONS[kind](connection, at, Random(at)))
    check(copy, kind, at)


@pytest.mark.campaign
@pytest.mark.parametrize("kind", list(MANIPULATIONS))
def test_fifty_places_of_each_manipulation(whole: Path, tmp_path: Path, kind: BreakKind) -> None:
    chance = Random(f"fifty {kind.value}")
    edges = [1, 2, ENTRIES - 5] if kind is not BreakKind.REORDERING else [1, 2, ENTRIES - 4]
    for at in edges + [chance.randrange(1, ENTRIES - 4) for _ in range(47)]:
        path = _copy(whole, tmp_path)
        bend(path, lambda connection, at=at: MANIPULATIONS[kind](connection, at, Random(at)))  # type: ignore[misc]  # bound now
        check(path, kind, at)


def _resign(connection: Rogue) -> None:
    """What somebody with the database's key does besides: new checkpoints under the station's own key, no others."""
    key = Ed25519PrivateKey.from_private_bytes(
        connection.execute("SELECT private_key FROM audit_keys").fetchone()[0]
    )
    rows = dict(connection.execute("SELECT position, hash FROM audit").fetchall())
    counts = [count for (count,) in connection.execute("SELECT count FROM audit_checkpoints").fetchall()]
    segment = connection.execute("SELECT id, follows FROM audit_segments").fetchone()
    connection.execute("DELETE FROM audit_checkpoints")
    connection.execute("DELETE FROM audit_registry_key")
    for count in counts:
        if count in rows:
            of = segment[0] if segment is not None and count > segment[1] else ""
            made = sign(key, STATION, count, rows[count], "2026-11-02T03:00:00.000000Z", of)
            connection.execute(
                "INSERT INTO audit_checkpoints (station_id, count, head, at, station_key, signature)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (STATION, count, made.head, made.at, made.key, made.signature),
            )


@pytest.mark.parametrize("kind", [BreakKind.REHASH, BreakKind.TRUNCATION])
def test_with_new_checkpoints_too_only_what_the_registry_holds_finds_it(copy: Path, kind: BreakKind) -> None:
    registrys = checkpoints_in(copy)
    work = rehash if kind is BreakKind.REHASH else truncate

    def both(connection: Rogue) -> None:
        work(connection, 33, Random(1))
        _resign(connection)

    bend(copy, both)
    if registrys.openings:
        # Its place is said in the opening of the segment, which the station signed too; only making that anew as well
        # would hide it.
        assert not verdict_on(copy).whole
    else:
        assert verdict_on(copy).whole, "nothing in the file itself can tell"
    check(copy, kind, 33, registrys)


@pytest.mark.parametrize("whole", [True], indirect=True, ids=["two segments"])
@pytest.mark.parametrize(
    ("column", "true", "false"),
    [
        ("opening", "supervisor", "innocentxx"),
        ("opening", '"known":230', '"known":160'),
        ("opening", '"after":160', '"after":159'),
        ("accepted", '"held":235', '"held":160'),
    ],
)
def test_a_bent_opening_is_named(copy: Path, column: str, true: str, false: str) -> None:
    bent = f"UPDATE audit_segments SET {column} = CAST(replace(CAST({column} AS TEXT), ?, ?) AS BLOB)"
    bend(copy, lambda connection: connection.execute(bent, (true, false)))
    (trail,) = verdict_on(copy).trails
    assert trail.broken is not None
    assert trail.broken.kind is BreakKind.CHECKPOINT
    assert TURN <= trail.broken.first <= TURN + 1


@pytest.mark.parametrize("whole", [True], indirect=True, ids=["two segments"])
def test_an_opening_signed_anew_contradicts_the_entry_it_begins_with(copy: Path) -> None:
    def resign(connection: Rogue) -> None:
        key = Ed25519PrivateKey.from_private_bytes(
            connection.execute("SELECT private_key FROM audit_keys").fetchone()[0]
        )
        true = from_document(
            json.loads(connection.execute("SELECT opening FROM audit_segments").fetchone()[0])
        )
        false = to_document(sign_opening(key, replace(true, by="innocent", known=TURN)))
        connection.execute(
            "UPDATE audit_segments SET accepted = NULL, opening = ?", (json.dumps(false).encode(),)
        )

    bend(copy, resign)
    (trail,) = verdict_on(copy).trails
    assert trail.broken is not None
    assert (trail.broken.kind, trail.broken.first) == (BreakKind.CHECKPOINT, TURN + 1)


@pytest.mark.parametrize("whole", [True], indirect=True, ids=["two segments"])
def test_an_opening_taken_away_is_missed(copy: Path) -> None:
    """Its checkpoints belong to a segment that nobody opened, or are no longer those that were signed."""
    bend(copy, lambda connection: connection.execute("DELETE FROM audit_segments"))
    (trail,) = verdict_on(copy).trails
    assert trail.broken is not None
    assert trail.broken.kind is BreakKind.CHECKPOINT


def test_a_forged_checkpoint_is_named(copy: Path) -> None:
    bend(copy, lambda c: c.execute("UPDATE audit_checkpoints SET signature = zeroblob(64) WHERE count = 256"))
    (trail,) = verdict_on(copy).trails
    assert trail.broken is not None
    assert (trail.broken.kind, trail.broken.until) == (BreakKind.CHECKPOINT, 256)


def test_the_engine_remembers_later_entries_than_there_are(tmp_path: Path) -> None:
    """Without any checkpoint, entries taken off the end by SQL alone are missed by SQLite's own count."""
    store = Store(tmp_path / "office.db", KEY)
    write_entries(store, 20)
    store.close()
    store = Store(tmp_path / "office.db", KEY)
    store.write(lambda tx: tx.exec_driver_sql("DROP TRIGGER audit_no_delete"))
    store.write(lambda tx: tx.exec_driver_sql("DELETE FROM audit WHERE position > 15"))
    try:
        (trail,) = verify_trail(store).trails
    finally:
        store.close()
    assert trail.broken is not None
    assert (trail.broken.kind, trail.broken.first) == (BreakKind.TRUNCATION, 16)
