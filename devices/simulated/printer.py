"""A simulated card printer: a real `ippeveprinter` with one CR80 card size, on the loopback interface.

Debian's ippeveprinter (package cups-ipp-utils) insists on the system D-Bus and Avahi. Where they do not run they
are started when this process may (root) and left running, as they are the system's own; everything else ends
with `close()`. It takes one job at a time and answers busy to the next; a cancelled job still runs to its end.
"""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path

from devices.errors import DeviceMissing

# What holds a job up until it is mended, and what it does to one: `refuse` aborts it, `lose` makes no card and says
# that it is done, `wrong-state` reports a fault that is none.
FAULTS = (
    "media-jam",
    "media-empty",
    "marker-supply-empty",
    "cover-open",
    "refuse",
    "lose",
    "wrong-state",
)
_DBUS = Path("/run/dbus/system_bus_socket")
_AVAHI = Path("/run/avahi-daemon/socket")
_START_DBUS = ("dbus-daemon", "--system", "--fork")
_START_AVAHI = ("avahi-daemon", "--no-drop-root", "--no-chroot", "--no-rlimits", "--daemonize")
_PATIENCE = 15.0


class SimulatedPrinter:
    """A printer that serves from construction until `close()`; usable as a context.

    `port` 0 takes a free one, which the attribute `port` names then. Raises DeviceMissing: not-installed (fact
    `package`), daemons-missing (fact `run`: what an administrator must run), not-started (fact `output`).
    """

    def __init__(self, *, port: int = 0, fault: str | None = None) -> None:
        program = shutil.which("ippeveprinter", path=_search_path())
        if program is None:
            raise DeviceMissing("printer", "not-installed", package="cups-ipp-utils")
        self._program = program
        ensure_daemons()
        self._directory = Path(tempfile.mkdtemp(prefix="card-printer-"))
        self._printed = self._directory / "printed"
        self._printed.mkdir()
        command = self._directory / "print"
        command.write_bytes(_data("print_command.sh"))
        command.chmod(0o700)
        (self._directory / "cr80.ppd").write_bytes(_data("cr80.ppd"))
        self._mending: threading.Timer | None = None
        if fault:
            self.set_fault(fault)
        self.port = port or _free_port()
        self.uri = f"ipp://localhost:{self.port}/ipp/print"
        self._log = (self._directory / "log").open("wb")
        self._server = self._start(program, command)
        self._watch = self._start_watch()
        try:
            self._wait_until_it_serves()
        except DeviceMissing:
            self.close()
            raise

    def __enter__(self) -> "SimulatedPrinter":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def set_fault(self, reason: str, *, seconds: float | None = None) -> None:
        """Let the current and the next jobs meet `reason` (one of FAULTS), mended after `seconds` when given.

        A fault shows as soon as a job runs into it.
        """
        if reason not in FAULTS:
            raise ValueError(reason)
        self._stop_mending()
        self._write_fault(reason)
        if seconds is not None:
            self._mending = threading.Timer(seconds, self._write_fault, ("",))
            self._mending.name = "simulated printer mends itself"
            self._mending.start()

    def clear(self) -> None:
        """Mend the fault; a job that waits for it goes on."""
        self._stop_mending()
        self._write_fault("")

    def take_time(self, seconds: float) -> None:
        """Let each card take so long from now on."""
        self._keep("seconds", f"{seconds:.2f}")

    def set_ribbon(self, percent: int) -> None:
        """How much of the ribbon is left; the printer says so from its next card on."""
        self._keep("ribbon", str(percent))

    def forget(self) -> None:
        """Switch it off and on again: it knows no job any more; a card that was in it is not made."""
        self._end(signal.SIGKILL)
        self._watch.kill()
        self._watch.communicate()
        self._server = self._start(self._program, self._directory / "print")
        self._watch = self._start_watch()
        self._wait_until_it_serves()

    def cards(self) -> list[tuple[str, bytes]]:
        """Name of the job and document of every card that came out, in the order of their jobs."""
        made = sorted(self._printed.glob("[0-9]*.pdf"), key=lambda path: int(path.stem))
        return [(path.with_suffix(".name").read_text(encoding="utf-8"), path.read_bytes()) for path in made]

    def printed(self) -> list[bytes]:
        """Return the documents printed so far, in the order of their jobs."""
        documents = sorted(self._printed.glob("[0-9]*.pdf"), key=lambda path: int(path.stem))
        return [document.read_bytes() for document in documents]

    def kill(self) -> None:
        """Pull the plug: the printer is gone at once and has forgotten its jobs."""
        self._end(signal.SIGKILL)

    def close(self) -> None:
        """End the printer with all its children and remove its files."""
        self._stop_mending()
        self._end(signal.SIGTERM)
        self._watch.kill()
        self._watch.communicate()
        self._log.close()
        shutil.rmtree(self._directory, ignore_errors=True)

    def _stop_mending(self) -> None:
        if self._mending is not None:
            self._mending.cancel()
            self._mending.join()
            self._mending = None

    def _write_fault(self, reason: str) -> None:
        self._keep("fault", reason)

    def _keep(self, name: str, text: str) -> None:
        part = self._directory / f"{name}.part"
        part.write_text(text, encoding="ascii")
        part.replace(self._directory / name)

    def _start(self, program: str, command: Path) -> "subprocess.Popen[bytes]":
        arguments = [
            program,
            "-n",
            "localhost",
            "-r",
            "off",
            "-p",
            str(self.port),
            "-d",
            str(self._directory),
        ]
        arguments += ["-P", str(self._directory / "cr80.ppd"), "-c", str(command)]
        arguments += [f"Simulated Card Printer {self.port}"]
        return subprocess.Popen(
            arguments,
            env={**os.environ, "LAO_ID_PRINTER_SPOOL": str(self._directory)},
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def _start_watch(self) -> "subprocess.Popen[bytes]":
        # Should this process be killed, the pipe closes and the printer goes with it.
        return subprocess.Popen(
            [
                "/bin/sh",
                "-c",
                'read -r _; kill -9 "-$1"; rm -rf "$2"',
                "sh",
                str(self._server.pid),
                str(self._directory),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _wait_until_it_serves(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        while self._server.poll() is None and time.monotonic() < deadline:
            try:
                socket.create_connection(("localhost", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        output = (self._directory / "log").read_text(encoding="utf-8", errors="replace")[-500:]
        raise DeviceMissing("printer", "not-started", output=output)

    def _end(self, first: signal.Signals) -> None:
        # Its commands are children of its own session, so the group takes them along.
        for way in (first, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self._server.pid, way)
            try:
                self._server.wait(3)
                if way is signal.SIGKILL:
                    break
            except subprocess.TimeoutExpired:
                continue


def ensure_daemons() -> None:
    """Make sure that the system D-Bus and Avahi answer; raises DeviceMissing daemons-missing when they cannot."""
    missing = [
        command for path, command in ((_DBUS, _START_DBUS), (_AVAHI, _START_AVAHI)) if not _answers(path)
    ]
    if not missing:
        return
    how = "; ".join(" ".join(command) for command in missing)
    if os.geteuid() != 0:
        raise DeviceMissing("printer", "daemons-missing", run=how)
    with _one_starter():
        for path, command in ((_DBUS, _START_DBUS), (_AVAHI, _START_AVAHI)):
            if not _answers(path):
                _start_daemon(path, command, how)


@contextmanager
def _one_starter() -> Iterator[None]:
    # Two D-Bus daemons started at once would take the socket from each other, and Avahi would sit at the lost one.
    folder = os.open(_DBUS.parents[1], os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _start_daemon(path: Path, command: tuple[str, ...], how: str) -> None:
    program = shutil.which(command[0], path=_search_path())
    if program is None:
        raise DeviceMissing("printer", "not-installed", package=command[0])
    path.parent.mkdir(parents=True, exist_ok=True)
    # Nobody answers, so this is left from a daemon that was killed; with it there the new one would refuse to start.
    (path.parent / "pid").unlink(missing_ok=True)
    subprocess.run(
        [program, *command[1:]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=_PATIENCE,
        check=False,
    )
    deadline = time.monotonic() + _PATIENCE
    while not _answers(path):
        if time.monotonic() > deadline:
            raise DeviceMissing("printer", "daemons-missing", run=how)
        time.sleep(0.05)


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(2)
        try:
            line.connect(str(path))
        except OSError:
            return False
    return True


def _search_path() -> str:
    # The daemons live where an ordinary user's PATH may not look.
    return os.environ.get("PATH", "") + ":/usr/sbin:/sbin"


def _data(name: str) -> bytes:
    return files("resources").joinpath("simulated", name).read_bytes()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
