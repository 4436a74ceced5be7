"""Everything around the desk, as processes of their own: registry, camera, finger sensor, card reader, printer."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from devices.camera.opencv import cv2
from devices.simulated.finger_ridges import finger
from devices.simulated.printer import SimulatedPrinter
from printing.preview import rasterise
from ui.demo_portrait import build_studio_portrait

START_SECONDS = 60.0
STOP_SECONDS = 10.0
# The invented person's fingers: seed of the drawing for each position (ISO/IEC 19794-2).
FINGER_SEEDS = {2: 4102, 7: 4107}
CHIP_SERIAL = "04A2247B1E6180"


class WorldError(Exception):
    """Something around the desk did not start; the message says what and what it wrote."""


class Running:
    """One `workstation` command as a process: its first line tells where it serves. It dies with its parent."""

    def __init__(self, log: Path, *command: str) -> None:
        self._log = log
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "TERM", sys.executable, "-m", "ui.commands", *command],
                stdout=subprocess.PIPE,
                stderr=errors,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.told = self._first_line(" ".join(command[:2]))

    def _first_line(self, name: str) -> str:
        stream = self._process.stdout
        assert stream is not None
        deadline = time.monotonic() + START_SECONDS
        line = b""
        with selectors.DefaultSelector() as ready:
            ready.register(stream, selectors.EVENT_READ)
            while not line.endswith(b"\n") and time.monotonic() < deadline:
                if ready.select(0.2):
                    piece = os.read(stream.fileno(), 4096)
                    if not piece:
                        break
                    line += piece
        if not line.endswith(b"\n"):
            self.stop()
            raise WorldError(f"{name}: {self._log.read_text(errors='replace')[-2000:]}")
        return line.decode().splitlines()[0]

    def kill(self) -> None:
        """As a power cut would."""
        self._process.kill()
        self._end()

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._end()

    def _end(self) -> None:
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(STOP_SECONDS)
        if self._process.stdout is not None:
            self._process.stdout.close()


class World:
    """Starts everything in `folder`; `close` ends every process. `baud` paces both serial devices."""

    def __init__(self, folder: Path, *, baud: int = 115200) -> None:
        self.folder = folder
        self.fingers = folder / "fingers"
        self.baud = baud
        self.card_picture = folder / "card.png"
        self._running: list[Running] = []
        self.printer: SimulatedPrinter | None = None
        folder.mkdir(parents=True, exist_ok=True)
        self._draw_fingers()
        portrait = folder / "camera.png"
        cv2.imwrite(str(portrait), build_studio_portrait())
        try:
            self.registry = self._start_registry("127.0.0.1:0")
            self.registry_url = self.registry.told.split()[-1]
            self.sfm = self._start("simulate", "sfm", "--images", str(self.fingers), "--baud", str(baud))
            self.pn532 = self._start("simulate", "pn532", "--uid", CHIP_SERIAL, "--baud", str(baud))
            self.camera = self._start(
                "simulate", "camera", "--image", str(portrait), "--listen", "127.0.0.1:0"
            )
            self.printer = SimulatedPrinter()
        except BaseException:
            self.close()
            raise

    def _start(self, *command: str) -> Running:
        running = Running(self.folder / "world.log", *command)
        self._running.append(running)
        return running

    def _start_registry(self, listen: str) -> Running:
        database = f"sqlite:///{self.folder / 'registry.db'}"
        return self._start("registry", "--database", database, "--listen", listen)

    def _draw_fingers(self) -> None:
        self.fingers.mkdir(exist_ok=True)
        for position, seed in FINGER_SEEDS.items():
            for impression in range(2):
                picture = finger(seed, impression)
                cv2.imwrite(str(self.fingers / f"{position}-{impression}.png"), picture)

    def place_finger(self, position: int, impression: int) -> None:
        """The next scan sees this impression of that finger."""
        fresh = self.fingers / "next.new"
        fresh.write_text(f"{position}-{impression}.png\n", encoding="utf-8")
        fresh.replace(self.fingers / "next")

    def lay_card(self, side: int) -> None:
        """The newest card lies before the card camera on a grey desk; `side` 0: front up, 1: back."""
        assert self.printer is not None
        shown = rasterise(self.printer.printed()[-1], side, 300)[:, :, ::-1]
        framed = cv2.copyMakeBorder(
            np.ascontiguousarray(shown), 60, 60, 90, 90, cv2.BORDER_CONSTANT, value=(90, 92, 96)
        )
        fresh = self.card_picture.with_suffix(".new.png")
        cv2.imwrite(str(fresh), framed)
        fresh.replace(self.card_picture)

    def kill_registry(self) -> None:
        """The registry's machine loses power."""
        self._running.remove(self.registry)
        self.registry.kill()

    def restart_registry(self) -> None:
        """It comes back at the same address."""
        self.registry = self._start_registry(self.registry_url.removeprefix("http://").rstrip("/"))

    def close(self) -> None:
        if self.printer is not None:
            self.printer.close()
        while self._running:
            self._running.pop().stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
