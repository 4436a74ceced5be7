"""A Suprema SFM fingerprint module over a serial line: who it is, and one checked image of a finger.

The image is asked for in data packets with a checksum each (SIX, RIX), because the plain form (SI, RI)
carries no checksum and damage in the pixels would pass unseen. A damaged packet is refused to the
module, which may send it again; if that brings nothing the last scan is read again from its start.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Self

from devices.errors import DeviceCancelled, DeviceProtocolError, DeviceRefused, DeviceTimeout
from devices.fingerprint import FingerImage, SensorIdentity
from devices.fingerprint.frames import (
    COUNT_ZERO,
    IMAGE_FORMAT_GRAY,
    Command,
    Flag,
    Packet,
    PacketReader,
    Parameter,
    decode_image,
)
from devices.serial_line import SerialLine

DEVICE = "fingerprint"
# Optical SFM sensors are 500 dpi (SFM product specifications); no field of the protocol says so.
DPI = 500
ATTEMPTS = 3
_DATA_PACKET_SIZE = 4096
_LARGEST_IMAGE = 1 << 20
_POLL = 0.1
# The module gives up waiting for a finger after this long and is asked again: so a dead line is noticed.
_WAIT_SPELL = 5
_SENSOR_TYPES = {0x31: "FC", 0x33: "OP", 0x34: "TC", 0x38: "OC", 0x39: "OL", 0x3C: "TS"}
_ASK_AGAIN = {Flag.TIME_OUT, Flag.SCAN_FAIL, Flag.TRY_AGAIN, Flag.CANCELED}

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class _Damaged(Exception):
    """What was received cannot be mended by asking for one packet again."""


class SupremaSensor:
    """One SFM module (devices.fingerprint.FingerprintSensor), for the one thread that opened it."""

    def __init__(self, line: SerialLine, *, baud: int, gap: float) -> None:
        self._line = line
        self._gap = gap
        self._seconds_per_byte = 10 / baud
        self._reader = PacketReader()
        self._heard = False

    @classmethod
    def open(cls, path: str, baud: int = 115200, *, gap: float = 1.0) -> Self:
        """Open the port. gap: longest silence in seconds within an answer. Raises DeviceMissing."""
        return cls(SerialLine(path, baud, device=DEVICE), baud=baud, gap=gap)

    def identify(self) -> SensorIdentity:
        """Model from the sensor type, serial and firmware from the system parameters."""
        kind = self._read_parameter(Parameter.SENSOR_TYPE)
        firmware = self._read_parameter(Parameter.FIRMWARE_VERSION).to_bytes(4, "little")
        return SensorIdentity(
            model=f"Suprema SFM {_SENSOR_TYPES.get(kind, f'type {kind:#04x}')}",
            serial=str(self._read_parameter(Parameter.SERIAL_NUMBER)),
            firmware=firmware.decode("ascii", "replace").strip("\0 "),
        )

    def capture(
        self,
        *,
        seconds: float,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> FingerImage:
        """See devices.fingerprint.FingerprintSensor. Fetching the image comes on top of `seconds`."""
        deadline = time.monotonic() + seconds
        cancelled = cancelled or _never
        self._write_parameter(Parameter.IMAGE_FORMAT, IMAGE_FORMAT_GRAY)
        size = self._scan(deadline, cancelled)
        data = self._fetch(size, progress or _unheeded, cancelled)
        try:
            pixels, width, height = decode_image(data)
        except ValueError as fault:
            raise DeviceProtocolError(DEVICE, "image-malformed", bytes=len(data)) from fault
        return FingerImage(pixels, width, height, DPI)

    def close(self) -> None:
        self._line.close()

    def _scan(self, deadline: float, cancelled: Cancelled) -> int:
        """Wait for a finger; returns the image's size in bytes, 0 when its announcement was damaged."""
        while (left := deadline - time.monotonic()) > 0:
            spell = min(int(left) + 1, _WAIT_SPELL)
            self._write_parameter(Parameter.TIMEOUT, COUNT_ZERO + spell)
            self._send(Packet(Command.SCAN_IMAGE_EXTENDED, size=_DATA_PACKET_SIZE))
            answer = self._await_scan(time.monotonic() + spell + self._gap, cancelled)
            if answer is None or answer.flag in _ASK_AGAIN:
                continue
            if answer.flag == Flag.BUSY:
                time.sleep(_POLL)
            elif answer.flag == Flag.SUCCESS:
                return answer.size
            elif answer.flag == Flag.SCAN_SUCCESS or answer.data_count:
                return 0
            else:
                raise _refused(answer)
        raise DeviceTimeout(DEVICE, "no-finger")

    def _await_scan(self, until: float, cancelled: Cancelled) -> Packet | None:
        """The module's last word on a scan, or None for silence.

        SCAN_SUCCESS is only announced; when nothing sound follows it, it is itself the last word. The
        image may be read again only then: before, the last scan would be somebody else's finger.
        """
        announced: Packet | None = None
        while time.monotonic() < until:
            if cancelled():
                self._cancel()
                raise DeviceCancelled(DEVICE, "cancelled")
            answer = self._packet(Command.SCAN_IMAGE_EXTENDED, min(time.monotonic() + _POLL, until))
            if answer is not None and answer.flag != Flag.SCAN_SUCCESS:
                return answer
            if answer is not None:
                announced, until = answer, time.monotonic() + self._gap
        return announced

    def _fetch(self, size: int, progress: Progress, cancelled: Cancelled) -> bytes:
        """The scanned image, read again from its start when a transfer failed."""
        command = Command.SCAN_IMAGE_EXTENDED
        for _ in range(ATTEMPTS):
            if not size:
                self._cancel()
                command = Command.READ_IMAGE_EXTENDED
                size = self._exchange(Packet(command, size=_DATA_PACKET_SIZE)).size
            if not 0 < size <= _LARGEST_IMAGE:
                raise DeviceProtocolError(DEVICE, "image-malformed", bytes=size)
            try:
                return self._receive(command, size, progress, cancelled)
            except _Damaged:
                size = 0
        raise DeviceProtocolError(DEVICE, "garbled", attempts=ATTEMPTS)

    def _receive(self, command: Command, size: int, progress: Progress, cancelled: Cancelled) -> bytes:
        """Take the data packets of one image and acknowledge each."""
        image = bytearray()
        index = errors = 0
        deadline = time.monotonic() + 2 * size * self._seconds_per_byte + 10 * self._gap
        self._heard = True
        while len(image) < size:
            if cancelled():
                self._cancel()
                raise DeviceCancelled(DEVICE, "cancelled")
            taken = self._data_packet(command, deadline)
            if taken is None:
                errors += 1
                if errors > ATTEMPTS or not self._heard or time.monotonic() >= deadline:
                    raise _Damaged
                self._settle()
                self._line.write(Packet(command, flag=Flag.DATA_ERROR).encode(), deadline)
                continue
            got, body = taken
            if got == index:
                image += body
                index += 1
                progress(min(len(image), size), size)
            elif got != index - 1:
                raise _Damaged
            self._line.write(Packet(command, flag=Flag.DATA_OK).encode(), deadline)
        if len(image) != size:
            raise _Damaged
        return bytes(image)

    def _data_packet(self, command: Command, deadline: float) -> tuple[int, bytes] | None:
        """Index and body of the next data packet; None when it is damaged or the line fell silent."""
        self._heard = False
        header = self._packet(command, min(time.monotonic() + self._gap, deadline))
        if header is None or not header.data_count or not 0 < header.size <= _DATA_PACKET_SIZE:
            return None
        try:
            while (body := self._reader.body(header.size)) is None:
                self._take(min(time.monotonic() + self._gap, deadline))
        except (ValueError, DeviceTimeout):
            return None
        return header.data_index, body

    def _exchange(self, request: Packet) -> Packet:
        """Send a command that may be repeated and return its successful answer.

        Raises DeviceTimeout "no-answer", DeviceProtocolError "garbled", DeviceRefused.
        """
        busy = heard = False
        for _ in range(ATTEMPTS):
            self._settle(quiet=0.0)
            self._send(request)
            self._heard = False
            answer = self._packet(request.command, time.monotonic() + self._gap)
            if answer is not None and answer.flag == Flag.SUCCESS:
                return answer
            busy = answer is not None and answer.flag == Flag.BUSY
            # Flag 0 heads a data packet: the answer before it was damaged.
            if answer is not None and answer.flag and not busy:
                raise _refused(answer)
            heard = heard or self._heard
            self._settle()
        if busy:
            raise DeviceRefused(DEVICE, "busy")
        if heard:
            raise DeviceProtocolError(DEVICE, "garbled", attempts=ATTEMPTS)
        raise DeviceTimeout(DEVICE, "no-answer", attempts=ATTEMPTS)

    def _read_parameter(self, parameter: Parameter) -> int:
        return self._exchange(Packet(Command.READ_PARAMETER, flag=parameter)).size

    def _write_parameter(self, parameter: Parameter, value: int) -> None:
        self._exchange(Packet(Command.WRITE_PARAMETER, size=value, flag=parameter))

    def _cancel(self) -> None:
        """Make the module drop what it does; its answers to both commands are thrown away."""
        self._send(Packet(Command.CANCEL))
        self._settle()

    def _send(self, packet: Packet) -> None:
        self._line.write(packet.encode(), time.monotonic() + self._gap)

    def _packet(self, command: int, deadline: float) -> Packet | None:
        """The next sound packet of this command before the deadline, else None."""
        while True:
            while (packet := self._reader.next_packet()) is not None:
                if packet.command == command:
                    return packet
            # Checked here too: bytes that never stop and never make a packet must end as silence does.
            if time.monotonic() >= deadline:
                return None
            try:
                self._take(deadline)
            except DeviceTimeout:
                return None

    def _take(self, deadline: float) -> None:
        self._reader.feed(self._line.read(deadline))
        self._heard = True

    def _settle(self, quiet: float = 0.05) -> None:
        longest = 0.2 + 1.5 * _DATA_PACKET_SIZE * self._seconds_per_byte
        self._line.drain(quiet=quiet, limit=longest)
        self._reader.clear()


def _refused(answer: Packet) -> DeviceRefused:
    if answer.flag == Flag.UNSUPPORTED:
        return DeviceRefused(DEVICE, "unsupported", command=answer.command)
    return DeviceRefused(DEVICE, "module-error", command=answer.command, flag=answer.flag)


def _never() -> bool:
    return False


def _unheeded(received: int, total: int) -> None:
    pass
