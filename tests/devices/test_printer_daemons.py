"""The simulated printer's daemons: a D-Bus that was killed is started again although its pid file is still there."""

import os
import signal
import time
from pathlib import Path

import pytest

from devices.simulated import printer

_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:path={folder}/socket</listen><pidfile>{folder}/pid</pidfile><auth>EXTERNAL</auth>
  <policy context="default"><allow user="*"/></policy>
</busconfig>
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may start the system's daemons")
def test_a_killed_daemon_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bus = tmp_path / "bus"
    bus.mkdir()
    configuration = tmp_path / "bus.conf"
    configuration.write_text(_CONFIGURATION.format(folder=bus))
    monkeypatch.setattr(printer, "_DBUS", bus / "socket")
    monkeypatch.setattr(printer, "_AVAHI", bus / "socket")
    monkeypatch.setattr(printer, "_START_DBUS", ("dbus-daemon", f"--config-file={configuration}", "--fork"))
    printer.ensure_daemons()
    first = int((bus / "pid").read_text())
    os.kill(first, signal.SIGKILL)
    _await_end(first)
    assert (bus / "pid").exists()

    printer.ensure_daemons()
    second = int((bus / "pid").read_text())
    try:
        assert second != first
    finally:
        os.kill(second, signal.SIGTERM)
        _await_end(second)


def _await_end(process: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return
        if state == "Z":
            return
        time.sleep(0.02)
    raise AssertionError(f"process {process} did not end")
