"""A process of the program: no core dump, nobody attaches, what it creates is its owner's; an unexpected end says no
value."""

from __future__ import annotations

import json
import logging
import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from workstation.registry.server import _kinds_only

ROOT = Path(__file__).resolve().parents[2]
NAME = "ສຸດາວັນ ພົມມະຈັນ"

_RUN = """
import os, sys
from ui import commands
from ui.commands import lao

def {job}

lao.register = lambda families: families.add_parser("job").set_defaults(run=job)
sys.argv = ["workstation", "--data", sys.argv[1], "job"]
sys.exit(commands.main())
"""
_HARDENED = """job(args):
    import ctypes, resource
    os.mkdir(args.data + "/folder")
    open(args.data + "/file", "w").close()
    print(*resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
    return 0
"""
_FALLS = """job(args):
    raise KeyError({name!r})
"""
_FALLS_IN_A_THREAD = """job(args):
    import threading
    def fall():
        try:
            int({name!r})
        except ValueError as error:
            raise RuntimeError({name!r}) from error
    thread = threading.Thread(target=fall, name="some-thread")
    thread.start()
    thread.join()
    return 0
"""


def _program(job: str, data: Path) -> subprocess.CompletedProcess[str]:
    def open_shell() -> None:
        os.umask(0o022)
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

    return subprocess.run(
        [sys.executable, "-c", _RUN.replace("{job}", job), str(data)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=open_shell,
    )


def test_the_process_is_hardened_whatever_the_shell_allowed(tmp_path: Path) -> None:
    done = _program(_HARDENED, tmp_path)
    assert done.stdout.split() == ["0", "0", "0"], done.stderr
    assert stat.S_IMODE((tmp_path / "folder").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("job", "kinds", "code"),
    [
        (_FALLS, ["builtins.KeyError"], 1),
        (_FALLS_IN_A_THREAD, ["builtins.RuntimeError", "builtins.ValueError"], 0),
    ],
)
def test_a_fault_is_reported_by_kind_and_place(tmp_path: Path, job: str, kinds: list[str], code: int) -> None:
    done = _program(job.replace("{name!r}", repr(NAME)), tmp_path)
    assert done.returncode == code, done.stderr
    assert NAME not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    (report,) = (tmp_path / "crashes").iterdir()
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert stat.S_IMODE(report.parent.stat().st_mode) == 0o700
    text = report.read_text()
    held = json.loads(text)
    assert held["number"] in done.stderr
    assert [one["kind"] for one in held["errors"]] == kinds
    assert NAME not in text
    assert json.dumps(NAME)[1:-1] not in text


def test_the_registrys_log_says_no_value() -> None:
    try:
        raise KeyError(NAME)
    except KeyError:
        record = logging.LogRecord(
            "uvicorn.error", logging.ERROR, "", 0, "Exception in %s", (NAME,), sys.exc_info()
        )
    assert _kinds_only(record)
    said = logging.Formatter().format(record)
    assert NAME not in said
    assert "KeyError (test_process.py:" in said
