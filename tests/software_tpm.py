"""A TPM 2.0 in software (swtpm) on loopback, with its state in a folder: cleared by taking the folder away."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE = 15.0


def _two_ports() -> int:
    """A free port whose neighbour above, for swtpm's control channel, is free too."""
    for _ in range(50):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port
    raise RuntimeError("no two ports side by side are free")


@contextmanager
def software_tpm(state: Path) -> Iterator[str]:
    """The TCTI of a TPM whose seeds lie in `state`; the same folder is the same TPM again."""
    if shutil.which("swtpm") is None:
        pytest.fail("swtpm is not installed: .ci/system-packages.txt names it")
    state.mkdir(parents=True, exist_ok=True)
    port = _two_ports()
    command = ["swtpm", "socket", "--tpm2", "--tpmstate", f"dir={state}"]
    command += ["--server", f"type=tcp,port={port},bindaddr=127.0.0.1"]
    command += ["--ctrl", f"type=tcp,port={port + 1},bindaddr=127.0.0.1"]
    command += ["--flags", "not-need-init,startup-clear"]
    chip = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", port + 1), 1).close()
                break
            except OSError:
                assert chip.poll() is None, "swtpm ended by itself"
                assert time.monotonic() < deadline, "swtpm does not listen"
                time.sleep(0.02)
        yield f"swtpm:host=127.0.0.1,port={port}"
    finally:
        chip.terminate()
        chip.wait(PATIENCE)
