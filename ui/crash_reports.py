"""Reports of faults in the program: kinds, places and versions, never a value, in the office's folder `crashes`.

A report is named by a number that follows from the fault itself, so the same fault has the same number everywhere; the
number is what the window shows and what a person reads out on the telephone. Qt-free: commands write them too.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from workstation import clock

FOLDER = "crashes"
MOST = 40
_DIGITS = 8
_PACKAGES = ("lao-id-workstation", "PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "opencv-python")


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, the error first."""
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _places(error: BaseException) -> list[str]:
    return [
        f"{frame.f_globals.get('__name__', '?')}:{line}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]


def number_of(error: BaseException) -> str:
    """Eight digits: the same for the same kind of error at the same place, however far it travelled."""
    parts = [(_kind(one), _places(one)[-1:]) for one in _chain(error)]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:_DIGITS]


def place_of(error: BaseException) -> str:
    """Kind and place of an exception, for logs and the strip: never its text, which may hold personal data."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}{place}"


def _versions() -> dict[str, str]:
    # Only a fault needs it, and every command would wait for it.
    from importlib.metadata import PackageNotFoundError, version

    found = {"python": platform.python_version(), "system": platform.platform()}
    for package in _PACKAGES:
        with suppress(PackageNotFoundError):
            found[package] = version(package)
    return found


class CrashReports:
    """The reports of one office in `data`. May be used by any thread."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER
        self._lock = threading.Lock()

    def note(self, error: BaseException) -> str:
        """Writes the report (0600) or counts it again; its number. A disk that refuses costs the report only."""
        number = number_of(error)
        with self._lock, suppress(OSError):
            if self._folder.parent.is_dir():
                self._folder.mkdir(mode=0o700, exist_ok=True)
                self._write(self._folder / f"{number}.json", number, error)
                self._bound()
        return number

    def _write(self, path: Path, number: str, error: BaseException) -> None:
        now = clock.now().isoformat(timespec="seconds")
        first, count = self._earlier(path)
        report: dict[str, Any] = {
            "number": number,
            "count": count + 1,
            "first": first or now,
            "last": now,
            "thread": threading.current_thread().name,
            "errors": [{"kind": _kind(one), "places": _places(one)} for one in _chain(error)],
            "versions": _versions(),
        }
        fresh = path.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
            json.dump(report, file, indent=1)
        fresh.replace(path)

    def _earlier(self, path: Path) -> tuple[str, int]:
        try:
            held = json.loads(path.read_bytes())
            return str(held["first"]), int(held["count"])
        except (OSError, ValueError, KeyError, TypeError):
            return "", 0

    def _bound(self) -> None:
        """The latest MOST stay."""
        held = sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        for path in held[:-MOST]:
            path.unlink(missing_ok=True)

    def stand_in(self) -> None:
        """What nobody catches in any thread of this process is reported here, not printed with its values."""

        def unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            if issubclass(kind, KeyboardInterrupt | SystemExit):
                return
            sys.stderr.write(f"fault {kind.__name__}, report {self.note(error)}\n")

        def in_thread(args: threading.ExceptHookArgs) -> None:
            if args.exc_value is not None:
                unexpected(args.exc_type, args.exc_value, args.exc_traceback)

        def unraisable(args: sys.UnraisableHookArgs) -> None:
            if args.exc_value is not None:
                unexpected(args.exc_type, args.exc_value, args.exc_traceback)

        sys.excepthook, threading.excepthook, sys.unraisablehook = unexpected, in_thread, unraisable
