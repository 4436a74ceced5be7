"""A station's database with a trail of seeded length, and the six ways to bend it, straight on the SQLite file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlcipher3 import dbapi2

from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.store import Store
from workstation.domain.audit import AuditTag
from workstation.security.hash_chain import GENESIS, BreakKind, entry_bytes, entry_hash

KEY = bytes(range(32))
STATION = "0192f000-0000-7000-8000-000000000001"
BEGUN = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
COLUMNS = "sequence, at, tag, actor, station_id, object_id, facts, position, entry, hash"
TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'"


def write_entries(store: Store, count: int, seed: int = 1) -> None:
    """`count` more entries, in one transaction."""
    chance = Random(seed)

    def verb(tx: Connection) -> None:
        for line in range(count):
            write_audit(
                tx,
                chance.choice(list(AuditTag)),
                at=BEGUN + timedelta(seconds=37 * line),
                actor=f"operator-{chance.randrange(4)}",
                station_id=STATION,
                object_id=f"application-{chance.randrange(count)}",
                stage=chance.choice(["intake", "photo", "review"]),
                score=chance.randrange(100),
            )

    store.write(verb)


Rogue = Any


def rogue(path: Path) -> Rogue:
    """A connection of somebody who holds the key and has taken the triggers and the unique index away."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    for (name,) in connection.execute(TRIGGERS).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    columns = COLUMNS.replace("sequence", "sequence INTEGER PRIMARY KEY", 1)
    rows = connection.execute(f"SELECT {COLUMNS} FROM audit").fetchall()
    connection.execute("DROP TABLE audit")
    connection.execute(f"CREATE TABLE audit ({columns})")
    connection.executemany(f"INSERT INTO audit VALUES ({', '.join('?' * 10)})", rows)
    return connection


def bend(path: Path, work: Callable[[Rogue], None]) -> None:
    """Does `work` on the file."""
    with closing(rogue(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        work(connection)
        connection.execute("COMMIT")


def _row(connection: Rogue, position: int) -> tuple[Any, ...]:
    row: tuple[Any, ...] = connection.execute(
        f"SELECT {COLUMNS} FROM audit WHERE position = ?", (position,)
    ).fetchone()
    return row


def _insert(connection: Rogue, row: tuple[Any, ...]) -> None:
    connection.execute(f"INSERT INTO audit VALUES ({', '.join('?' * 10)})", row)


def _make_room(connection: Rogue, sequence: int) -> None:
    connection.execute("UPDATE audit SET sequence = -sequence - 1 WHERE sequence >= ?", (sequence,))
    connection.execute("UPDATE audit SET sequence = -sequence WHERE sequence < 0")


def change(connection: Rogue, at: int, chance: Random) -> None:
    """Who did it, what it was about, when, or what was found; in the columns, the bytes, or both."""
    row = list(_row(connection, at))
    column = chance.choice(["actor", "object_id", "at", "facts", "tag", "entry", "hash", "both"])
    if column == "entry":
        value: object = row[8].replace(b"operator-", b"operat0r-")
    elif column == "hash":
        value = bytes([row[9][0] ^ 1]) + row[9][1:]
    elif column == "both":
        connection.execute(
            "UPDATE audit SET actor = 'innocent', entry = ? WHERE position = ?",
            (row[8].replace(row[3].encode(), b"innocent"), at),
        )
        return
    else:
        held = {"actor": "innocent", "object_id": "other", "at": "2026-01-01 00:00:00.000000"}
        value = {**held, "facts": b'{"score":100}', "tag": "sign_in.looked"}[column]
    connection.execute(f"UPDATE audit SET {column} = ? WHERE position = ?", (value, at))


def delete(connection: Rogue, at: int, chance: Random) -> None:
    """One entry or a few, and sometimes the later columns renumbered over the gap."""
    gone = chance.randrange(1, 4)
    connection.execute("DELETE FROM audit WHERE position BETWEEN ? AND ?", (at, at + gone - 1))
    if chance.random() < 0.5:
        connection.execute(
            "UPDATE audit SET position = position - ?, sequence = sequence - ? WHERE position > ?",
            (gone, gone, at),
        )


def insert(connection: Rogue, at: int, chance: Random) -> None:
    """A forged entry before the true one of that number: with a made-up hash, or with one that follows rightly."""
    true = _row(connection, at)
    _make_room(connection, true[0])
    before = _row(connection, at - 1)[9] if at > 1 else GENESIS
    facts = b'{"forged":true}'
    when = true[1].replace(" ", "T") + "Z"
    entry = entry_bytes(at, when, true[2], "innocent", STATION, "forged", facts)
    head = entry_hash(before, entry) if chance.random() < 0.5 else chance.randbytes(32)
    _insert(connection, (true[0], true[1], true[2], "innocent", STATION, "forged", facts, at, entry, head))
    if chance.random() < 0.3:
        connection.execute("UPDATE audit SET position = position + 1 WHERE sequence > ?", (true[0],))


def reorder(connection: Rogue, at: int, chance: Random) -> None:
    """Two entries in each other's place, numbers and all or only their contents."""
    first, second = _row(connection, at), _row(connection, at + chance.randrange(1, 5))
    connection.execute("DELETE FROM audit WHERE sequence IN (?, ?)", (first[0], second[0]))
    renumbered = chance.random() < 0.5
    for row, place in ((first, second), (second, first)):
        position = place[7] if renumbered else row[7]
        _insert(connection, (place[0], *row[1:7], position, *row[8:]))


def truncate(connection: Rogue, at: int, chance: Random) -> None:
    """Everything from an entry on."""
    connection.execute("DELETE FROM audit WHERE position >= ?", (at,))
    connection.execute("DELETE FROM sqlite_sequence WHERE name = 'audit'")


def rehash(connection: Rogue, at: int, chance: Random) -> None:
    """One entry changed, and every hash from there on made anew."""
    before = _row(connection, at - 1)[9] if at > 1 else GENESIS
    last = connection.execute("SELECT max(position) FROM audit").fetchone()[0]
    for position in range(at, last + 1):
        row = _row(connection, position)
        entry = row[8].replace(row[3].encode(), b"innocent") if position == at else row[8]
        actor = "innocent" if position == at else row[3]
        before = entry_hash(before, entry)
        connection.execute(
            "UPDATE audit SET actor = ?, entry = ?, hash = ? WHERE position = ?",
            (actor, entry, before, position),
        )


MANIPULATIONS: dict[BreakKind, Callable[[Rogue, int, Random], None]] = {
    BreakKind.CHANGE: change,
    BreakKind.DELETION: delete,
    BreakKind.INSERTION: insert,
    BreakKind.REORDERING: reorder,
    BreakKind.TRUNCATION: truncate,
    BreakKind.REHASH: rehash,
}
