"""Killed at any line, on a full or faulty disk: a backup is whole or not there, an office is the old or the new one."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.faults.outcome_table import OutcomeTable
from tests.offices import PASSPHRASE
from tests.workstation.workflow.backup.backups import numbers, reason, refusal, reopened
from tests.workstation.workflow.backup.conftest import Made
from workstation.database import tables
from workstation.database.backup_copy import copy_fault
from workstation.database.store import Store
from workstation.domain.refused import Reason
from workstation.workflow.backup import make
from workstation.workflow.backup import restore as restoring
from workstation.workflow.backup.make import make_backup
from workstation.workflow.backup.restore import restore
from workstation.workflow.backup.unpack import look_into, open_keys, unpack
from workstation.workflow.keys.key_file import read_key_ring

ROOT = Path(__file__).resolve().parents[4]
# How many random places are struck: a sample, and the campaign.
STRIKES = [2, pytest.param(60, marks=(pytest.mark.campaign, pytest.mark.timeout(1200)))]
NEW_PASSPHRASE = "words of the restored office"


def struck(*words: str, at: int = 0, io: str = "") -> tuple[int, str]:
    """Runs the process; its exit code and what it said."""
    environment = {**os.environ, "STRUCK_AT": str(at)}
    command = [sys.executable, "-m", "tests.workstation.workflow.backup.struck", *words]
    if io:
        environment["STRUCK_IO"] = io
        command = ["fiu-run", "-x", *command]
    found = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=120, check=False)
    code = found.returncode if found.returncode >= 0 else -found.returncode
    return code, found.stdout.decode().strip()


def lines_of(said: str) -> int:
    assert said.startswith("done"), said
    return int(said.split()[-1])


def whole(folder: Path, made: Made, place: Path) -> None:
    """Every backup that has its name is a whole one."""
    for named in folder.iterdir() if folder.exists() else ():
        if not named.name.startswith("."):
            manifest = look_into(named)
            fresh = place / named.name
            fresh.mkdir(parents=True)
            unpack(named, manifest, open_keys(manifest, made.key), fresh)


def opens(data: Path) -> list[str]:
    """The numbers of the office in `data`, under whichever passphrase is right now; its database is whole."""
    held = read_key_ring(data).key
    for passphrase in (PASSPHRASE, NEW_PASSPHRASE):
        try:
            key = held.by_passphrase(passphrase)
        except Exception:  # the other one
            continue
        assert copy_fault(data / "office.db", key) is None
        store = Store(data / "office.db", key)
        try:
            return store.read(lambda c: list(c.scalars(select(tables.applications.c.number))))
        finally:
            store.close()
    raise AssertionError("no passphrase opens the office")


@pytest.mark.parametrize("strikes", STRIKES)
def test_killed_while_it_is_made(made: Made, tmp_path: Path, strikes: int) -> None:
    out = tmp_path / "out"
    total = lines_of(struck("backup", str(made.data), PASSPHRASE, str(out))[1])
    before, chance = numbers(made.data), random.Random(11)
    table = OutcomeTable("Killed while a backup is made")
    # The first line, the last ones, and some between.
    for strike in [1, total - 1, total, *(chance.randrange(2, total) for _ in range(strikes))]:
        shutil.rmtree(out)
        assert struck("backup", str(made.data), PASSPHRASE, str(out), at=strike)[0] == signal.SIGKILL, strike
        whole(out, made, tmp_path / f"trial-{strike}")
        named = [path for path in out.glob("*") if not path.name.startswith(".")]
        table.add("killed at a line", "a whole backup" if named else "no backup, office as before")
        shutil.rmtree(tmp_path / f"trial-{strike}", ignore_errors=True)
        out.mkdir(exist_ok=True)
    table.show()
    assert numbers(made.data) == before
    # The next one sweeps what was left.
    with reopened(made.data) as office:
        make_backup(office, out, actor="x")
    assert not list(out.glob(f"{make._PARTIAL}*"))
    assert not list(made.data.glob(f"{make._COPY}*"))


@pytest.mark.parametrize("strikes", STRIKES)
def test_killed_while_it_is_restored(made: Made, tmp_path: Path, strikes: int) -> None:
    with reopened(made.data) as office:
        office.store.write(lambda tx: tx.exec_driver_sql("UPDATE applications SET number = 'OLD' || number"))
    text = made.key.recovery_text()
    pattern, data = made.data.rename(tmp_path / "pattern"), made.data
    old = opens(pattern)

    def again() -> None:
        for left in [*tmp_path.glob("data*"), *tmp_path.glob(".restoring-*")]:
            shutil.rmtree(left)
        shutil.copytree(pattern, data)

    again()
    total = lines_of(struck("restore", str(data), NEW_PASSPHRASE, str(made.folder), text)[1])
    new, chance = opens(data), random.Random(12)
    assert new != old
    ends: set[bool] = set()
    table = OutcomeTable("Killed while an office is restored")
    for strike in [
        1,
        total - 12,
        total - 4,
        total,
        *(chance.randrange(2, total) for _ in range(strikes)),
    ]:
        again()
        code, _ = struck("restore", str(data), NEW_PASSPHRASE, str(made.folder), text, at=strike)
        assert code == signal.SIGKILL, strike
        found = opens(data)
        assert found in (old, new), strike
        ends.add(found == new)
        table.add("killed at a line", "the restored office" if found == new else "the office as before")
    table.show()
    assert ends == {True, False}
    # And the next restoration is not disturbed by what was left.
    restore(made.folder, data, made.key, NEW_PASSPHRASE)
    assert opens(data) == new
    assert not list(data.glob(restoring.UNFINISHED))


@pytest.mark.parametrize("strikes", STRIKES)
def test_a_disk_with_faults(made: Made, tmp_path: Path, strikes: int) -> None:
    text, out = made.key.recovery_text(), tmp_path / "out"
    pattern = made.data.rename(tmp_path / "pattern")
    said: list[str] = []
    table = OutcomeTable("A disk with faults during backup and restore")
    for seed in range(strikes):
        for left in [*tmp_path.glob("data*"), *tmp_path.glob(".restoring-*")]:
            shutil.rmtree(left)
        shutil.copytree(pattern, made.data)
        probability = (0.02, 0.002, 0.1)[seed % 3]
        said.append(struck("backup", str(made.data), PASSPHRASE, str(out), io=f"{probability}:{seed}")[1])
        whole(out, made, tmp_path / "trial")
        shutil.rmtree(tmp_path / "trial", ignore_errors=True)
        shutil.rmtree(out, ignore_errors=True)
        said.append(
            struck(
                "restore", str(made.data), NEW_PASSPHRASE, str(made.folder), text, io=f"{probability}:{seed}"
            )[1]
        )
        assert len(opens(made.data)) == 2
        for kind, word in zip(("backup", "restore"), said[-2:], strict=True):
            table.add(f"{kind}, EIO at {probability}", word.rpartition(" ")[0])
    table.show()
    assert all(word.startswith(("done", "refused")) for word in said), said
    assert any(word.startswith("refused") for word in said), said


@pytest.fixture
def small_disk(tmp_path: Path) -> object:
    place = tmp_path / "small"
    place.mkdir()
    if (
        os.geteuid() != 0
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(place)], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_fills_up(made: Made, small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when the room was there before and others took it."""
    with reopened(made.data) as office:
        assert reason(lambda: make_backup(office, small_disk, actor="x")) is Reason.BACKUP_NO_ROOM
        monkeypatch.setattr(make, "require_room", lambda _folder, _needed: None)
        refused = refusal(lambda: make_backup(office, small_disk, actor="x"))
        assert (refused.reason, refused.facts) == (Reason.BACKUP_FOLDER_FAULT, {"code": "takes-no-more"})
        assert list(small_disk.iterdir()) == []
    monkeypatch.setattr("workstation.workflow.backup.unpack.require_room", lambda _folder, _needed: None)
    there = small_disk / "office"
    refused = refusal(lambda: restore(made.folder, there, made.key, PASSPHRASE, station="VTE-S1"))
    assert (refused.reason, refused.facts) == (Reason.BACKUP_FOLDER_FAULT, {"code": "takes-no-more"})
    assert list(small_disk.iterdir()) == []
    assert not list(small_disk.glob(f"{restoring._FRESH}*"))
