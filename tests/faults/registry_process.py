"""The reference registry as the real command in a process of its own, to be ended or killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
# The command's own file, so that a registry starts without the modules of every other command.
_COMMAND = (
    "import argparse, runpy, sys; registry = runpy.run_path('ui/commands/registry.py'); "
    "parser = argparse.ArgumentParser(); registry['register'](parser.add_subparsers()); "
    "args = parser.parse_args(); sys.exit(args.run(args))"
)


def command(*arguments: str) -> list[str]:
    """`workstation registry ARGUMENTS` without the other command families."""
    return [sys.executable, "-c", _COMMAND, "registry", *arguments]


class RegistryProcess:
    """Serves `database` on a port of its own from construction on."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self._process: subprocess.Popen[str] | None = None
        self.url = ""
        self.start()

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def start(self) -> None:
        """Returns once requests are answered."""
        self._process = subprocess.Popen(
            command("--database", f"sqlite:///{self.database}", "--listen", "127.0.0.1:0"),
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
        )
        assert self._process.stdout is not None
        watch = threading.Timer(30, self._process.kill)
        watch.start()
        line = self._process.stdout.readline()
        watch.cancel()
        watch.join()
        if not line.startswith("registry serves at http://127.0.0.1:"):
            self.kill()
            raise AssertionError(f"the registry did not start: {line!r}")
        self.url = line.split()[-1]

    def kill(self) -> None:
        """As a power cut: SIGKILL."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """As its owner ends it: SIGTERM; the exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        process.send_signal(number)
        code = process.wait(30)
        assert process.stdout is not None
        process.stdout.close()
        return code
