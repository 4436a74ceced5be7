"""The far end of a serial line: a pseudo-terminal paced to a baud rate, with faults that a line can have."""

from __future__ import annotations

import os
import select
import threading
import time
import tty
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

# Ten bits on the wire for each byte (8N1); bytes leave in portions of about this long.
_BITS_PER_BYTE = 10
_PORTION_SECONDS = 0.005


class LineEnded(Exception):
    """The simulated device is being closed or unplugged; its serving function must return."""


@dataclass(frozen=True)
class LineFault:
    """One fault at one place of what the device sends.

    at: offset in bytes, counted from arming, of the device's own (unharmed) output.
    kind: "corrupt" inverts the byte; "lose" swallows `count` bytes (None: all that follow);
    "late" pauses `seconds` before the byte; "unplug" ends the line before the byte.
    """

    at: int
    kind: Literal["corrupt", "lose", "late", "unplug"]
    count: int | None = 1
    seconds: float = 0.0


class SerialPair:
    """A pseudo-terminal whose near end is `path` and whose far end a serving function speaks on.

    The serving function runs on one thread of the pair's own; it calls receive() and send() and may
    let LineEnded pass. close() ends and joins that thread, then closes both ends, so the program at
    the near end sees what it would see after an unplugging.
    """

    def __init__(self, baud: int, *, name: str, serve: Callable[[SerialPair], None]) -> None:
        self._seconds_per_byte = _BITS_PER_BYTE / baud
        self._portion = max(1, int(_PORTION_SECONDS / self._seconds_per_byte))
        self._far, self._near = os.openpty()
        tty.setraw(self._near)
        os.set_blocking(self._far, False)
        self.path = os.ttyname(self._near)
        self._wake_read, self._wake_write = os.pipe()
        self._ending = threading.Event()
        self._closed = False
        self._lock = threading.Lock()
        self._faults: list[LineFault] = []
        self._sent = 0
        self._free_at = 0.0
        self._thread = threading.Thread(target=self._run, args=(serve,), name=name, daemon=True)
        self._thread.start()

    def arm(self, *faults: LineFault) -> None:
        """Replace the faults to come; offsets count from the next byte sent."""
        with self._lock:
            self._faults = sorted(faults, key=lambda fault: fault.at)
            self._sent = 0

    def receive(self, seconds: float) -> bytes:
        """What the near end wrote, or b"" after so many seconds; LineEnded once closing has begun."""
        ready, _, _ = select.select([self._far, self._wake_read], [], [], max(seconds, 0.0))
        self._still_on()
        return os.read(self._far, 4096) if self._far in ready else b""

    def send(self, data: bytes) -> None:
        """Put data on the line, no faster than the baud rate allows."""
        while data:
            with self._lock:
                fault = self._faults[0] if self._faults else None
                whole = len(data) if fault is None else max(0, min(len(data), fault.at - self._sent))
            self._send_paced(data[:whole])
            data = data[whole:]
            if fault is not None and data:
                data = self._suffer(fault, data)

    def pause(self, seconds: float) -> None:
        """Do nothing for so long; LineEnded once closing has begun."""
        self._ending.wait(seconds)
        self._still_on()

    def unplug(self) -> None:
        """End the line from the serving thread itself, as a pulled plug would."""
        self._ending.set()
        self._still_on()

    def close(self) -> None:
        """End the serving thread, wait for it, close both ends. May be called twice."""
        self._ending.set()
        with self._lock:
            if self._closed:
                return
            self._closed = True
        os.write(self._wake_write, b"\0")
        self._thread.join()
        os.close(self._wake_read)
        os.close(self._wake_write)

    def _run(self, serve: Callable[[SerialPair], None]) -> None:
        try:
            serve(self)
        except LineEnded:
            pass
        finally:
            os.close(self._far)
            os.close(self._near)

    def _suffer(self, fault: LineFault, data: bytes) -> bytes:
        """Apply the fault that sits at the next byte; returns what is left to send."""
        if fault.kind == "lose":
            return self._lose(fault, data)
        self._forget(fault)
        if fault.kind == "corrupt":
            self._send_paced(bytes([data[0] ^ 0xFF]))
            return data[1:]
        if fault.kind == "late":
            self.pause(fault.seconds)
        else:
            self.unplug()
        return data

    def _lose(self, fault: LineFault, data: bytes) -> bytes:
        self._forget(fault)
        lost = len(data) if fault.count is None else min(fault.count, len(data))
        left = None if fault.count is None else fault.count - lost
        with self._lock:
            self._sent += lost
            if left != 0:
                self._faults.insert(0, replace(fault, at=self._sent, count=left))
        return data[lost:]

    def _forget(self, fault: LineFault) -> None:
        with self._lock:
            self._faults = [other for other in self._faults if other is not fault]

    def _send_paced(self, data: bytes) -> None:
        for start in range(0, len(data), self._portion):
            portion = data[start : start + self._portion]
            self._free_at = max(self._free_at, time.monotonic()) + len(portion) * self._seconds_per_byte
            self._ending.wait(max(0.0, self._free_at - time.monotonic()))
            self._write(portion)
            with self._lock:
                self._sent += len(portion)

    def _write(self, data: bytes) -> None:
        while data:
            select.select([self._wake_read], [self._far], [])
            self._still_on()
            data = data[os.write(self._far, data) :]

    def _still_on(self) -> None:
        if self._ending.is_set():
            raise LineEnded
