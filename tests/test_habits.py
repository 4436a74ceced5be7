"""The habits of conftest.py bite: each kind of thing left behind fails the test that left it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent

TESTS = """
import logging, pty, socket, subprocess, threading, time
import pytest

kept = []

def test_clean(tmp_path):
    (tmp_path / "file").write_text("closed")

def test_ends_by_itself():
    threading.Thread(target=time.sleep, args=(0.1,)).start()

def test_thread():
    threading.Thread(target=time.sleep, args=(20,), daemon=True, name="stray").start()

@pytest.mark.outlives("kept")
def test_thread_allowed():
    threading.Thread(target=time.sleep, args=(20,), daemon=True, name="kept").start()

def test_process():
    kept.append(subprocess.Popen(["sleep", "3"]))

def test_grandchild():
    subprocess.run(["sh", "-c", "sleep 2.5 >/dev/null 2>&1 &"], check=True)

def test_port():
    kept.append(socket.create_server(("127.0.0.1", 0)))

def test_serial_line():
    kept.append(pty.openpty())

def test_file(tmp_path):
    kept.append(open(tmp_path / "file", "w"))

def test_log():
    logging.getLogger("devices.camera").warning("unexpected")

@pytest.mark.logs_expected("devices")
def test_log_allowed():
    logging.getLogger("devices.camera").error("expected")

@pytest.mark.logs_expected("printing")
def test_log_of_another():
    logging.getLogger("devices.camera").error("unexpected")

def test_log_of_others():
    logging.getLogger("somebody.else").error("not ours")
"""

FAULTS = {
    "test_thread": "thread 'stray'",
    "test_process": "process 'sleep 3'",
    "test_grandchild": "process 'sleep 2.5'",
    "test_port": "tcp port",
    "test_serial_line": "/dev/pt",
    "test_file": "/file'",
    "test_log": "WARNING devices.camera: unexpected",
    "test_log_of_another": "ERROR devices.camera: unexpected",
}


@pytest.fixture
def report(tmp_path: Path) -> str:
    """What pytest says of TESTS under a copy of conftest.py that waits less for stragglers."""
    # Not "tests": what conftest.py takes from our own tests must be found.
    tests = tmp_path / "leaks"
    tests.mkdir()
    (tests / "test_leaks.py").write_text(TESTS, "utf-8")
    habits = (PROJECT / "tests" / "conftest.py").read_text("utf-8")
    impatient, changed = re.subn(r"(?m)^PATIENCE = .*$", "PATIENCE = 0.4", habits)
    assert changed == 1
    (tests / "conftest.py").write_text(impatient, "utf-8")
    shutil.copyfile(PROJECT / "pyproject.toml", tmp_path / "pyproject.toml")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "leaks"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    return done.stdout


def test_each_thing_left_behind_fails_its_test(report: str) -> None:
    failed = dict(re.findall(r"(?m)^_+ ERROR at teardown of (\w+) _+\n(.*)$", report))
    assert failed.keys() == FAULTS.keys(), report
    for name, fault in FAULTS.items():
        assert fault in failed[name]
    assert f"13 passed, {len(FAULTS)} errors" in report
