"""The real conditions: a full disk, a quota, a read-only folder, a lost key, another program's lock."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection

from tests.offices import Staffed
from workstation.database.probe import database_fault
from workstation.startup import KEY
from workstation.workflow.preflight.checks import Severity, Situation, Subject, findings, stopping
from workstation.workflow.preflight.view import disk_fault, look

pytestmark = pytest.mark.both_engines

ROOT = Path(__file__).resolve().parents[4]


def _look(staffed: Staffed, **devices: str) -> Situation:
    return look(
        staffed.office,
        staffed.clerk,
        key_file=staffed.office.data / KEY,
        devices=devices,
        line="none-set-up",
        last_contact=None,
    )


def _stopped_by(staffed: Staffed) -> list[tuple[Subject, str]]:
    return [(f.subject, f.code) for f in stopping(findings(_look(staffed)))]


def test_a_desk_with_nothing_plugged_in_warns_of_each_device_and_stops_nothing(staffed: Staffed) -> None:
    before = sorted(path.name for path in staffed.office.data.iterdir())
    found = findings(
        _look(staffed, printer="missing", camera="missing", fingerprint="not-set-up", card_reader="gone")
    )
    assert stopping(found) == ()
    on_server = [Subject.DATABASE] if staffed.office.store.shared else []
    assert [f.subject for f in found if f.severity is Severity.WARNS] == [
        *on_server,
        Subject.CAMERA,
        Subject.FINGERPRINT,
        Subject.CARD_READER,
        Subject.PRINTER,
        Subject.LINE,
    ]
    assert sorted(path.name for path in staffed.office.data.iterdir()) == before


def test_a_lost_or_damaged_key_stops_before_more_is_written_under_it(staffed: Staffed) -> None:
    key = staffed.office.data / KEY
    whole = key.read_bytes()
    for content in (b"", b"{}", whole[:-20], b"\xff" + whole):
        key.write_bytes(content)
        assert _stopped_by(staffed) == [(Subject.KEY, "unreadable")]
    key.write_bytes(whole)
    assert _stopped_by(staffed) == []
    key.unlink()
    assert _stopped_by(staffed) == [(Subject.KEY, "unreadable")]


def test_a_closed_database_stops(staffed: Staffed) -> None:
    staffed.office.store.close()
    assert (Subject.DATABASE, "closed") in _stopped_by(staffed)


def test_a_database_held_by_a_verb_that_does_not_end_is_called_busy(staffed: Staffed) -> None:
    release, begun = threading.Event(), threading.Event()

    def long_verb(_tx: Connection) -> None:
        begun.set()
        release.wait(20)

    running = staffed.office.store.submit(long_verb)
    try:
        assert begun.wait(10)
        assert database_fault(staffed.office.store, patience=0.2) == "busy"
    finally:
        release.set()
        running.result(20)
    assert database_fault(staffed.office.store) is None


def test_a_folder_that_went_away(tmp_path: Path) -> None:
    assert disk_fault(tmp_path / "unplugged") == "gone"
    (tmp_path / "file").write_text("no folder")
    assert disk_fault(tmp_path / "file" / "below") == "gone"


def test_a_quota_for_files(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        assert disk_fault(tmp_path) == "takes-no-more"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert disk_fault(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


_IN_A_NAMESPACE = """
import ctypes, os, sys
from pathlib import Path
libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, CLONE_NEWUSER, MS_RDONLY, MS_REMOUNT = 0x20000, 0x10000000, 1, 32
if libc.unshare(CLONE_NEWNS | (0 if os.geteuid() == 0 else CLONE_NEWUSER)):
    sys.exit(77)
# Nothing of what is mounted here is seen outside.
if libc.mount(b"none", b"/", None, (1 << 18) | 0x4000, None) or libc.mount(
    b"tmpfs", sys.argv[1].encode(), b"tmpfs", 0, b"size=256k"
):
    sys.exit(77)
from workstation.workflow.preflight.view import disk_fault
folder = Path(sys.argv[1])
print(disk_fault(folder))
if libc.mount(b"tmpfs", sys.argv[1].encode(), b"tmpfs", MS_REMOUNT | MS_RDONLY, None):
    sys.exit(77)
print(disk_fault(folder))
"""


def test_a_full_disk_and_a_read_only_one(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _IN_A_NAMESPACE, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if done.returncode == 77:
        pytest.skip("this system lets nobody mount a file system of his own")
    assert done.stdout.split() == ["takes-no-more", "read-only"], done.stderr


def test_a_folder_one_may_not_write_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    child = os.fork()
    if child == 0:
        # Root may write everywhere; whoever is not root is stopped by the folder's own rights.
        code = 3
        try:
            if os.geteuid() == 0:
                for level in (tmp_path.parent, tmp_path.parent.parent):
                    level.chmod(0o755)
                ctypes.CDLL(None).setresuid(65534, 65534, 65534)
            code = 0 if disk_fault(tmp_path) == "read-only" else 4
        finally:
            os._exit(code)
    try:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    finally:
        tmp_path.chmod(0o755)
