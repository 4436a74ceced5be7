"""Habits of every test: a clean home, nothing left behind, no unexpected log line."""

from __future__ import annotations

import ctypes
import logging
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.database_engines import CHOICE, POSTGRESQL, SQLITE, require_server
from tests.offices import FOUNDED

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

PROJECT = Path(__file__).resolve().parent.parent
OURS = ("workstation", "ui", "printing", "devices", "resources")
PATIENCE = 3.0  # seconds a thread or process that was told to end may take on a busy machine

# Names of threads that belong to the test run or the interpreter, not to a test.
LASTING_THREADS = (
    "pytest_timeout",  # pytest-timeout's timer
    "Dummy-",  # Python's record of a foreign thread (Qt, a camera library) that once called in
)
# Commands of child processes that serve the whole test run.
LASTING_PROCESSES = (
    "Xvfb",  # pytest-xvfb's screen
    "/postgresql/15/bin/postgres",  # the run's own database server (tests/database_engines.py)
    "multiprocessing.resource_tracker",  # one for each interpreter, ends with it
    "multiprocessing.forkserver",  # likewise
    "dbus-daemon",
    "avahi-daemon",  # system services that the IPP printer wants; never ended by us
)

# Qt must look the same on every machine; the environment is read when the first widget is made.
os.environ.update(
    QT_QPA_PLATFORM="xcb",
    QT_SCALE_FACTOR="1",
    QT_FONT_DPI="96",
    QT_ACCESSIBILITY="0",
    QT_QPA_PLATFORMTHEME="",
    QT_IM_MODULE="simple",
    LC_ALL="C.UTF-8",
    LANGUAGE="",
    NO_AT_BRIDGE="1",
)
for name in ("WAYLAND_DISPLAY", "QT_STYLE_OVERRIDE", "QT_SCREEN_SCALE_FACTORS", "QT_QPA_FONTDIR"):
    os.environ.pop(name, None)
# Matplotlib's list of fonts takes seconds to build, so it may outlive the temporary home.
os.environ.setdefault("MPLCONFIGDIR", str(PROJECT / "build" / "matplotlib"))

settings.register_profile("house", derandomize=True, deadline=None, database=None, print_blob=True)
settings.load_profile("house")

# Orphans of our children become our children, so that a grandchild left behind is seen as well.
PR_SET_CHILD_SUBREAPER = 36
ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine",
        choices=(SQLITE, POSTGRESQL),
        default=SQLITE,
        help="where this run's offices keep their data; tests marked both_engines are run on each by `make test`",
    )


def pytest_configure(config: pytest.Config) -> None:
    CHOICE.engine = config.getoption("--engine")


@pytest.fixture(scope="session", autouse=True)
def database_server() -> Iterator[None]:
    """The run's server and the offices that others are copied from end with the run."""
    if CHOICE.engine == POSTGRESQL:
        require_server()
    yield
    FOUNDED.close()
    CHOICE.close()


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder of the test run's own: nothing of the user's is read or written."""
    folder = tmp_path_factory.mktemp("home")
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        for variable, name in (
            ("DATA", "share"),
            ("CONFIG", "config"),
            ("CACHE", "cache"),
            ("STATE", "state"),
        ):
            patch.setenv(f"XDG_{variable}_HOME", str(folder / name))
        yield folder


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """pytest-qt's own, which now holds every widget until it has closed it: one whose last name goes with the test's
    function is destroyed there and then, and what Qt still had to tell it crashes the interpreter."""
    held: list[QWidget] = []
    add = qtbot.addWidget

    def hold(widget: QWidget, **options: Any) -> None:
        held.append(widget)
        add(widget, **options)

    qtbot.addWidget = hold  # type: ignore[method-assign]  # this one object, for this one test
    return qtbot


@pytest.fixture(autouse=True)
def data_folder(home: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """The station's data folder of this one test (LAO_ID_DATA); not made yet."""
    folder = home / f"station-{abs(hash(request.node.nodeid)):x}"
    monkeypatch.setenv("LAO_ID_DATA", str(folder))
    return folder


def _named(marker: pytest.Mark | None) -> tuple[str, ...]:
    return tuple(str(name) for name in marker.args) if marker else ()


def _threads() -> dict[object, str]:
    return {
        thread: thread.name
        for thread in threading.enumerate()
        if thread is not threading.main_thread() and not thread.name.startswith(LASTING_THREADS)
    }


def _processes() -> dict[object, str]:
    """Living children of this process by pid; a zombie has ended and is only waiting to be asked."""
    children: dict[object, str] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            words = (stat.parent / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        command = " ".join(words).strip()
        lasting = any(name in command for name in LASTING_PROCESSES)
        if int(parent) == os.getpid() and state != "Z" and not lasting:
            children[int(stat.parent.name)] = command
    return children


def _internet_sockets() -> dict[str, str]:
    found: dict[str, str] = {}
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/self/net/{table}").read_text().splitlines()[1:]:
            columns = line.split()
            found[columns[9]] = f"{table} port {int(columns[1].rpartition(':')[2], 16)}"
    return found


def _descriptors() -> dict[object, str]:
    """Network sockets, serial lines and files in a test's folder that this process holds open."""
    held: dict[object, str] = {}
    sockets: dict[str, str] | None = None
    for link in Path("/proc/self/fd").iterdir():
        try:
            target = os.readlink(link)
        except OSError:
            continue
        if target.startswith("socket:["):
            # The kernel's tables are long to read, and most tests hold no socket at all.
            sockets = _internet_sockets() if sockets is None else sockets
            if (inode := target[8:-1]) in sockets:
                held[link.name, target] = sockets[inode]
        elif target.startswith((f"{tempfile.gettempdir()}/pytest-", "/dev/ptmx", "/dev/pts/ptmx")) or (
            target.startswith("/dev/pts/") and int(link.name) > 2
        ):
            held[link.name, target] = target
    return held


def _left(
    before: dict[object, str], now: Callable[[], dict[object, str]], allowed: tuple[str, ...]
) -> list[str]:
    """What is there now and was not before; waits up to PATIENCE for it to end by itself."""
    deadline = time.monotonic() + PATIENCE
    while True:
        new = [name for key, name in now().items() if key not in before]
        left = [name for name in new if not (allowed and name.startswith(allowed))]
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.02)


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that leaves a thread, a child process, a port, a serial line or a temporary file open."""
    before = [
        (kind, seen, seen())
        for kind, seen in (
            ("thread", _threads),
            ("process", _processes),
            ("descriptor", _descriptors),
        )
    ]
    yield
    allowed = _named(request.node.get_closest_marker("outlives"))
    left = [f"{kind} {name!r}" for kind, seen, were in before for name in _left(were, seen, allowed)]
    if left:
        pytest.fail("left behind: " + "; ".join(left), pytrace=False)


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.partition(".")[0] in OURS:
            self.lines.append((record.name, f"{record.levelname} {record.name}: {record.getMessage()}"))


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test in which one of our loggers warns, unless it is marked `logs_expected`."""
    listener = _Listener()
    logging.getLogger().addHandler(listener)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(listener)
    marker = request.node.get_closest_marker("logs_expected")
    names = _named(marker)
    unexpected = [
        line for name, line in listener.lines if marker is None or (names and not name.startswith(names))
    ]
    if unexpected:
        pytest.fail("unexpected log: " + "; ".join(unexpected), pytrace=False)
