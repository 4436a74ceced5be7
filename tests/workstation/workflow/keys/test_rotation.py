"""Turning the database key: killed at any moment, exactly one key opens the office and every row is there."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.offices import ADMINISTRATOR, CLERK, PASSPHRASE, PASSWORD
from workstation.database import Connection
from workstation.database.audit import audit_of
from workstation.database.blobs import put_blob
from workstation.database.rekey import opens
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason, Refused
from workstation.security.key_ring import KeyRing, hold
from workstation.startup import close_office, open_office
from workstation.workflow.keys.key_file import DATABASE, KEY, read_key_ring, write_key_ring
from workstation.workflow.keys.steps import begin_rotation, turn_key
from workstation.workflow.keys.unlocking import open_store
from workstation.workflow.sign_in import sign_in

BLOBS, BLOB = 40, 100_000
CHECKED = "SELECT count(*), sum(length(content)) FROM blobs"


def fill(data: Path) -> None:
    """Larger than the page cache of whoever rewrites it, so that changed pages reach the disk before the commit."""
    store = open_store(data, PASSPHRASE)
    try:
        made = random.Random(11)
        store.write(lambda tx: [put_blob(tx, made.randbytes(BLOB), "image/jpeg") for _ in range(BLOBS)])
    finally:
        store.close()


def whole(connection: Connection) -> bool:
    """Every page decrypts and belongs where it is, and every row is there."""
    return (
        connection.execute(text(CHECKED)).one() == (BLOBS, BLOBS * BLOB)
        and connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
        and not connection.execute(text("PRAGMA cipher_integrity_check")).all()
    )


def test_the_old_key_and_the_old_file_open_nothing_afterwards(folder: Path) -> None:
    before = read_key_ring(folder)
    office = open_office(folder, PASSPHRASE)
    try:
        with pytest.raises(Refused, match="role-not-allowed"):
            begin_rotation(office, sign_in(office, CLERK, PASSWORD), PASSPHRASE)
        who = sign_in(office, ADMINISTRATOR, PASSWORD)
        with pytest.raises(Refused, match="wrong-passphrase"):
            begin_rotation(office, who, PASSPHRASE + "x")
        begin_rotation(office, who, PASSPHRASE)
        with pytest.raises(Refused) as refused:
            turn_key(folder, PASSPHRASE)
        assert refused.value.reason is Reason.OFFICE_OPEN
        assert read_key_ring(folder) == before
    finally:
        close_office(office)

    turn_key(folder, PASSPHRASE)
    assert read_key_ring(folder).coming is not None
    store = open_store(folder, PASSPHRASE)
    try:
        after = read_key_ring(folder)
        assert after.coming is None
        noted = store.read(lambda connection: audit_of(connection, after.key.id))
        begun = store.read(lambda connection: audit_of(connection, before.key.id))
    finally:
        store.close()
    assert [entry.tag for entry in noted] == [AuditTag.KEY_ROTATED]
    assert [entry.tag for entry in begun] == [AuditTag.KEY_ROTATION_BEGUN]
    assert not opens(folder / DATABASE, before.key.by_passphrase(PASSPHRASE))
    assert opens(folder / DATABASE, after.key.by_passphrase(PASSPHRASE))
    (folder / KEY).write_bytes(before.to_json())
    with pytest.raises(Refused, match="database-damaged"):
        open_store(folder, PASSPHRASE)


def turned_and_killed(data: Path, rng: random.Random, *, late: bool) -> None:
    """A process that turns the key and opens the office, killed at a random moment of it; `late`: at its very end."""
    before = (data / KEY).read_bytes()
    child = os.fork()
    if child == 0:
        try:
            turn_key(data, PASSPHRASE)
            open_store(data, PASSPHRASE).close()
        finally:
            os._exit(0)
    try:
        deadline = time.monotonic() + 30
        if late:
            while os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                assert time.monotonic() < deadline
                time.sleep(0.01)
        elif rng.random() < 0.8:
            # From here on it writes; what comes before is mostly the passphrase's cost.
            while (data / KEY).read_bytes() == before and time.monotonic() < deadline:
                time.sleep(0.001)
            time.sleep(rng.choice((0.0, rng.uniform(0, 0.05), rng.uniform(0, 0.6))))
        else:
            time.sleep(rng.uniform(0, 1.5))
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def campaign(data: Path, kills: int, seed: int) -> dict[str, int]:
    fill(data)
    rng = random.Random(seed)
    ended = {"before": 0, "undone": 0, "turned": 0}
    for number in range(kills):
        was = read_key_ring(data).key
        turned_and_killed(data, rng, late=number % 8 == 7)
        ring = read_key_ring(data)
        keys = [held.by_passphrase(PASSPHRASE) for held in ring.held()]
        assert sum(opens(data / DATABASE, key) for key in keys) == 1
        store = open_store(data, PASSPHRASE)
        try:
            assert store.read(whole)
        finally:
            store.close()
        after = read_key_ring(data)
        assert after.coming is None
        if after.key != was:
            ended["turned"] += 1
        else:
            ended["before" if ring.coming is None else "undone"] += 1
    assert [path.name for path in data.glob(KEY + ".new*")] == []
    assert sum(ended.values()) == kills
    return ended


def test_killed_at_random_moments(folder: Path) -> None:
    ended = campaign(folder, 8, seed=4)
    assert ended["turned"] > 0


def test_a_rotation_cut_off_before_its_commit_is_undone_and_noted(folder: Path) -> None:
    before = read_key_ring(folder)
    coming = hold(os.urandom(32), PASSPHRASE)
    write_key_ring(folder, KeyRing(before.key, coming))
    with pytest.raises(Refused) as refused:
        turn_key(folder, PASSPHRASE)
    assert refused.value.reason is Reason.OFFICE_OPEN
    store = open_store(folder, PASSPHRASE)
    try:
        noted = store.read(lambda connection: audit_of(connection, coming.id))
    finally:
        store.close()
    assert [entry.tag for entry in noted] == [AuditTag.KEY_ROTATION_UNDONE]
    assert read_key_ring(folder) == before


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_killed_at_many_random_moments(folder: Path) -> None:
    ended = campaign(folder, 200, seed=5)
    assert min(ended.values()) > 0


def test_a_disk_that_takes_no_more_leaves_the_present_key(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource

    fill(folder)
    before = read_key_ring(folder).key
    child = os.fork()
    if child == 0:
        code = 1
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
            turn_key(folder, PASSPHRASE)
        except Refused as refused:
            code = 0 if refused.reason is Reason.KEY_NOT_TURNED else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    store = open_store(folder, PASSPHRASE)
    try:
        assert store.read(whole)
    finally:
        store.close()
    assert read_key_ring(folder).key == before
