"""One office with work and one backup of it for a whole module; each test takes copies of the folders."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.offices import staffed_office
from tests.workstation.workflow.backup.backups import backup, key_of, work
from workstation.security.backup_sealing import BackupKey


@dataclass(frozen=True)
class Made:
    """A closed office in `data`, its backup in `folder`, the key that opens it."""

    data: Path
    folder: Path
    key: BackupKey


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Made:
    root = tmp_path_factory.mktemp("backups")
    with staffed_office(root / "data") as staffed:
        work(staffed, 2)
        (root / "data" / "slips").mkdir()
        (root / "data" / "slips" / "one.pdf").write_bytes(b"%PDF a slip" * 100)
        key = key_of(staffed, root)
        made = backup(staffed, root / "backups")
    return Made(root / "data", made.folder, key)


@pytest.fixture
def made(pattern: Made, tmp_path: Path) -> Made:
    return Made(
        shutil.copytree(pattern.data, tmp_path / "data"),
        shutil.copytree(pattern.folder, tmp_path / "backup"),
        pattern.key,
    )
