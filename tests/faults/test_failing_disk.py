"""Every kind of write on a disk that fails or is full: refused by name, then it works, nothing is lost or twice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.faults.outcome_table import OutcomeTable
from tests.offices import PASSPHRASE, PASSWORD, SUPERVISOR, staffed_office
from workstation.database import tables
from workstation.database.backup_copy import copy_fault
from workstation.startup import close_office, open_office
from workstation.workflow.keys.key_file import read_key_ring
from workstation.workflow.sign_in import sign_in

ROOT = Path(__file__).resolve().parents[2]
NAMED = ("done", "refused disk-failing", "refused disk-full")
STRIKES = [3, pytest.param(60, marks=(pytest.mark.campaign, pytest.mark.timeout(3000)))]


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("disk") / "pattern"
    with staffed_office(data):
        pass
    return data


def _worked(data: Path, kind: str, *more: str) -> list[str]:
    command = [sys.executable, "-m", "tests.faults.working_process", str(data), PASSPHRASE, kind, *more]
    if kind != "full":
        command = ["fiu-run", "-x", *command]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    lines = found.stdout.splitlines()
    assert lines, found.stderr
    assert lines[-1] == "end", found.stdout + found.stderr
    return lines


def _judge(data: Path, lines: list[str], table: OutcomeTable, fault: str) -> None:
    """Every attempt ended by name, the writer went on, and a restart finds each application whole and once."""
    held = [line.split()[1:] for line in lines if line.startswith("held ")]
    attempts = [line for line in lines if not line.startswith(("held ", "after ", "end"))]
    for line in attempts:
        outcome = next((name for name in NAMED if line.endswith(f" {name}")), None)
        assert outcome is not None, line
        table.add(fault, outcome)
    assert "after done" in lines
    assert [stage for _one, stage, _fingers in held] == ["print"] * (len(held) - 1) + ["intake"]
    assert {fingers for _one, _stage, fingers in held[:-1]} == {"2"}
    key = read_key_ring(data).key.by_passphrase(PASSPHRASE)
    assert copy_fault(data / "office.db", key) is None
    office = open_office(data, PASSPHRASE)
    try:
        count = office.store.read(
            lambda c: c.execute(select(func.count()).select_from(tables.applications)).scalar_one()
        )
        cards = office.store.read(
            lambda c: c.execute(select(func.count()).select_from(tables.card_jobs)).scalar_one()
        )
        assert (count, cards) == (len(held), len(held) - 1), "nothing is there twice"
        supervisor = sign_in(office, SUPERVISOR, PASSWORD)
        assert supervisor.operator.username == SUPERVISOR
    finally:
        close_office(office)


@pytest.mark.parametrize("strikes", STRIKES)
def test_errors_during_every_kind_of_write(pattern: Path, tmp_path: Path, strikes: int) -> None:
    table = OutcomeTable("Every kind of write on a disk that fails")
    for seed in range(strikes):
        kind, probability = (("errors", 0.01), ("no-room", 0.05), ("errors", 0.15))[seed % 3]
        data = shutil.copytree(pattern, tmp_path / f"data-{seed}")
        lines = _worked(data, kind, str(probability), str(seed), "1")
        _judge(data, lines, table, f"{'EIO' if kind == 'errors' else 'ENOSPC'} at {probability:.0%} of calls")
        shutil.rmtree(data)
    table.show()
    assert table.count("refused disk-failing") > 0
    assert table.count("refused disk-full") > 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_during_every_kind_of_write(pattern: Path, small_disk: Path) -> None:
    data = shutil.copytree(pattern, small_disk / "data")
    table = OutcomeTable("Every kind of write on a full disk")
    lines = _worked(data, "full", "0", "1", "1", str(small_disk / "large file"))
    _judge(data, lines, table, "no byte free")
    table.show()
    refused = {
        line.removesuffix(" refused disk-full") for line in lines if line.endswith(" refused disk-full")
    }
    assert {"start", "draft", "portrait", "finger", "approve", "card", "sign in"} <= refused
