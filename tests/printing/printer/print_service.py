"""A print service of a test's own: a real cupsd on a loopback port, queues and spool in a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

PATIENCE = 15.0
_FILES = """ServerRoot {root}/etc
ServerKeychain {root}/etc
RequestRoot {root}/spool
TempDir {root}/spool/tmp
CacheDir {root}/cache
StateDir {root}/run
AccessLog {root}/access
ErrorLog {root}/error
PageLog {root}/page
User lp
Group lp
SystemGroup root
"""
_SERVICE = """Listen 127.0.0.1:{port}
Browsing No
WebInterface No
DefaultAuthType None
PreserveJobHistory Yes
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
JobPrivateAccess all
JobPrivateValues none
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""


def card_ppd(*, page: str = "CR80 153x243", two_sided: bool = True) -> str:
    """What the driver of a queue can do: the simulated card printer's, with another page or without two sides."""
    ppd = files("resources").joinpath("simulated", "cr80.ppd").read_text(encoding="ascii")
    name, _space, size = page.partition(" ")
    width, _by, height = size.partition("x")
    ppd = ppd.replace("CR80/CR80 card", f"{name}/{name}").replace(": CR80", f": {name}")
    ppd = ppd.replace("[153 243]", f"[{width} {height}]").replace('"153 243"', f'"{width} {height}"')
    ppd = ppd.replace('"0 0 153 243"', f'"0 0 {width} {height}"')
    if two_sided:
        return ppd
    return "\n".join(line for line in ppd.splitlines() if "Duplex" not in line) + "\n"


class PrintService:
    """Serves from construction until `close()`; usable as a context. `server` is what CUPS_SERVER names."""

    def __init__(self) -> None:
        self._root = Path(tempfile.mkdtemp(prefix="print-service-"))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.server = f"127.0.0.1:{port}"
        for folder in ("etc/ppd", "spool/tmp", "cache", "run/certs"):
            (self._root / folder).mkdir(parents=True)
        (self._root / "etc/cups-files.conf").write_text(_FILES.format(root=self._root))
        (self._root / "etc/cupsd.conf").write_text(_SERVICE.format(port=port))
        # Started by root it works as the user lp, who must be able to come here.
        self._root.chmod(0o755)
        if os.geteuid() == 0:
            for path in (self._root, *self._root.rglob("*")):
                shutil.chown(path, "lp", "lp")
        program = shutil.which("cupsd", path=os.environ.get("PATH", "") + ":/usr/sbin")
        assert program is not None, "cups-daemon is not installed"
        self._process = subprocess.Popen(
            [program, "-f", "-c", self._root / "etc/cupsd.conf", "-s", self._root / "etc/cups-files.conf"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + PATIENCE
        while True:
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            assert self._process.poll() is None, (self._root / "error").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def __enter__(self) -> PrintService:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def environment(self) -> dict[str, str]:
        """The surroundings of a program that prints here."""
        return {**os.environ, "CUPS_SERVER": self.server}

    def add(self, name: str, device: str, ppd: str) -> str:
        """A queue to the printer at `device`, with that driver; returns its address."""
        driver = self._root / f"{name}.ppd"
        driver.write_text(ppd, encoding="ascii")
        program = shutil.which("lpadmin", path=os.environ.get("PATH", "") + ":/usr/sbin")
        assert program is not None, "cups-client is not installed"
        subprocess.run(
            [program, "-p", name, "-E", "-v", device, "-P", driver],
            env=self.environment,
            check=True,
            capture_output=True,
            timeout=PATIENCE,
        )
        return f"ipp://{self.server}/printers/{name}"

    def close(self) -> None:
        """Ends the service with all that it started, and removes its folder."""
        for way in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, way)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
        shutil.rmtree(self._root, ignore_errors=True)
