"""The console entry: each command is answered by its own family, and a short one loads nothing heavy."""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.printing.sample_card import code
from ui.commands import FAMILIES, main

PROJECT = Path(__file__).resolve().parents[3]
HEAVY = {"numpy", "cv2", "PIL", "PySide6", "sqlalchemy", "httpx", "reportlab", "babel", "zxingcpp"}


def test_every_command_is_found_in_the_family_that_registers_it() -> None:
    registered = {}
    for module in dict.fromkeys(FAMILIES.values()):
        families = argparse.ArgumentParser().add_subparsers()
        import_module(f"ui.commands.{module}").register(families)
        registered.update(dict.fromkeys(families.choices, module))
    assert registered == FAMILIES


def test_help_and_unknown_words_know_all_commands(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, status in ((["--help"], 0), (["--data", "card", "unheard-of"], 2)):
        with pytest.raises(SystemExit) as end:
            main(arguments)
        assert end.value.code == status
        said = capsys.readouterr()
        assert [word for word in FAMILIES if word not in said.out + said.err] == []


def test_a_code_is_verified_without_the_heavy_libraries(tmp_path: Path) -> None:
    told = "import sys; from ui.commands import main; main(sys.argv[1:]); print(*sys.modules)"
    arguments = ["card", "verify", "--qr", code(), "--keys", str(tmp_path), "--json"]
    run = subprocess.run(
        [sys.executable, "-c", told, *arguments], capture_output=True, text=True, timeout=60, cwd=PROJECT
    )
    answer, modules = run.stdout.splitlines()
    assert "no-keys" in answer
    assert "workstation.travel_documents.cose" in modules.split()
    assert HEAVY & set(modules.split()) == set()
