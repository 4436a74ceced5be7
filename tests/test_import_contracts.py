"""The import contracts of pyproject.toml hold, and each of them bites when it is broken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]

# Contract, a folder that gets one more module, and the line in it that must not be.
BREACHES = [
    ("top-layers", "printing", "import workstation.domain.stages"),
    ("top-layers", "workstation/workflow", "import ui.messages"),
    ("top-layers", "devices/camera", "import printing.errors"),
    ("top-layers", "printing", "import devices.errors"),
    ("top-layers", "resources", "import printing.errors"),
    ("top-layers", "devices/simulated", "import workstation.domain.stages"),
    ("core-layers", "workstation/domain", "import workstation.lao.encode"),
    ("core-layers", "workstation/lao", "import workstation.biometrics"),
    ("core-layers", "workstation/database", "import workstation.workflow"),
    ("core-layers", "workstation/workflow", "import workstation.sync"),
    ("core-layers", "workstation/interchange", "import workstation.database"),
    ("core-layers", "workstation", ""),
    ("domain-standard-library", "workstation/domain", "import numpy"),
    ("registry-apart", "workstation/registry", "import workstation.travel_documents.mrz"),
    ("drivers-alone", "devices/camera", "import workstation.biometrics"),
    ("drivers-alone", "devices/card_reader", "import devices.simulated"),
    ("simulators-leaf", "ui/stages", "import devices.simulated"),
    ("qt-in-ui", "printing", "import PySide6.QtCore"),
    ("qt-in-ui", "workstation/workflow", "import PySide6.QtCore"),
    ("commands-without-qt", "ui/commands", "import PySide6.QtCore"),
    ("windows-without-database", "ui/stages", "import workstation.database"),
    ("sql-rooms", "workstation/workflow", "import sqlalchemy"),
    ("sql-rooms", "printing", "import sqlcipher3"),
    ("reportlab-draws", "printing", "import reportlab.pdfgen.canvas"),
]


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    program = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages without their data, and the settings, in a folder where they may be broken."""
    folder = tmp_path_factory.mktemp("tree")
    for package in SETTINGS["root_packages"]:
        for source in (PROJECT / package).rglob("*.py"):
            target = folder / source.relative_to(PROJECT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    (folder / "tests").mkdir()
    shutil.copyfile(
        PROJECT / "tests" / "standard_library_only.py", folder / "tests" / "standard_library_only.py"
    )
    shutil.copyfile(PROJECT / "pyproject.toml", folder / "pyproject.toml")
    return folder


@pytest.fixture
def breach(copy: Path, request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """One module too many, for as long as the test runs: (contract, dotted name of the module)."""
    contract, folder, line = request.param
    module = copy / folder / "breach.py"
    module.write_text(f'"""Breaks {contract}."""\n{line}\n', "utf-8")
    yield contract, f"{folder.replace('/', '.')}.breach"
    module.unlink()


def test_contracts_hold(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(SETTINGS['contracts'])} kept, 0 broken" in done.stdout


@pytest.mark.parametrize("breach", BREACHES, indirect=True, ids=lambda breach: f"{breach[0]}: {breach[1]}")
def test_a_breach_is_found(copy: Path, breach: tuple[str, str]) -> None:
    contract, module = breach
    done = lint(copy, "--contract", contract)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "0 kept, 1 broken" in done.stdout
    assert module in done.stdout


def test_every_contract_was_broken_once() -> None:
    assert {contract for contract, _, _ in BREACHES} == {contract["id"] for contract in SETTINGS["contracts"]}
