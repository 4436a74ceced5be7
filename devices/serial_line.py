"""Bytes and absolute deadlines over one serial port; every fault of the port becomes a DeviceError.

One thread owns a line: the one that opened it reads, writes and closes it.
"""

from __future__ import annotations

import contextlib
import errno
import time
from types import TracebackType
from typing import Self

import serial

from devices.errors import DeviceGone, DeviceMissing, DeviceTimeout

try:
    from termios import error as TerminalError
except ImportError:  # Windows has no termios, and its pyserial raises OSError alone
    TerminalError = OSError  # type: ignore[misc,assignment]  # a stand-in of the same kind

# pyserial waits in slices so that a deadline is kept without reconfiguring the port for each read.
_SLICE = 0.02

_PORT_FAULTS = (OSError, TerminalError, TypeError)
"""TypeError: pyserial uses a descriptor of None when the port was closed underneath."""


class SerialLine:
    """An open serial port, 8 data bits, no parity, one stop bit.

    Deadlines are absolute readings of time.monotonic() in seconds.
    """

    def __init__(self, path: str, baud: int, *, device: str) -> None:
        """Open the port for this program alone.

        path: "/dev/ttyUSB0", "COM3"; baud: bits per second; device: the kind named in errors.
        Raises DeviceMissing: "port-not-found", "port-in-use", "port-not-allowed", "port-unusable".
        """
        self.path = path
        self.device = device
        try:
            self._port = serial.Serial(path, baud, timeout=_SLICE, write_timeout=1.0, exclusive=True)
        except (*_PORT_FAULTS, ValueError) as fault:
            raise DeviceMissing(device, _open_code(fault), path=path) from fault

    def write(self, data: bytes, deadline: float) -> None:
        """Send all of data. A port that takes no bytes until the deadline counts as gone."""
        try:
            self._port.write_timeout = max(deadline - time.monotonic(), _SLICE)
            self._port.write(data)
        except (*_PORT_FAULTS, ValueError) as fault:
            raise self._gone() from fault

    def read(self, deadline: float) -> bytes:
        """Return what is there, at least one byte.

        Raises DeviceTimeout "no-answer" at the deadline, DeviceGone "unplugged".
        """
        while True:
            try:
                first: bytes = self._port.read(1)
                if first:
                    rest: bytes = self._port.read(self._port.in_waiting)
                    return first + rest
            except _PORT_FAULTS as fault:
                raise self._gone() from fault
            if time.monotonic() >= deadline:
                raise DeviceTimeout(self.device, "no-answer", path=self.path)

    def drain(self, quiet: float = 0.05, limit: float = 2.0) -> int:
        """Throw away what arrives until nothing came for `quiet` seconds, at most `limit` seconds.

        Returns how many bytes were thrown away. A line that never falls silent raises nothing here:
        the next command finds out.
        """
        end = time.monotonic() + limit
        dropped = 0
        while (now := time.monotonic()) < end:
            try:
                dropped += len(self.read(min(now + quiet, end)))
            except DeviceTimeout:
                break
        return dropped

    def close(self) -> None:
        """Give the port back; closing twice, or closing a vanished port, is no fault."""
        with contextlib.suppress(*_PORT_FAULTS):
            self._port.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _gone(self) -> DeviceGone:
        return DeviceGone(self.device, "unplugged", path=self.path)


def _open_code(fault: BaseException) -> str:
    number = getattr(fault, "errno", None)
    if number in (errno.ENOENT, errno.ENODEV, errno.ENXIO):
        return "port-not-found"
    if number in (errno.EAGAIN, errno.EBUSY):
        return "port-in-use"
    if number in (errno.EACCES, errno.EPERM):
        return "port-not-allowed"
    return "port-unusable"
