"""A Suprema SFM module at the far end of a pseudo-terminal, paced to its baud rate.

Understands the commands of devices.fingerprint.frames; everything else is answered UNSUPPORTED.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from devices.fingerprint.frames import (
    COUNT_ZERO,
    IMAGE_FORMAT_GRAY,
    STATUS_ALIVE,
    Command,
    Flag,
    Packet,
    PacketReader,
    Parameter,
    encode_data_packet,
    encode_image,
)
from devices.simulated.serial_pair import LineFault, SerialPair
from devices.simulated.sfm_images import HEIGHT, WIDTH, FingerImages

_LOOK = 0.02
_ACK_SECONDS = 3.0
_RESENDS = 3
_FACTORY: dict[int, int] = {
    Parameter.TIMEOUT: COUNT_ZERO + 10,
    Parameter.SENSOR_TYPE: 0x33,
    Parameter.IMAGE_FORMAT: 0x31,
    Parameter.FIRMWARE_VERSION: int.from_bytes(b"V17T", "little"),
    Parameter.SERIAL_NUMBER: 4021001,
}
_READ_ONLY = {Parameter.SENSOR_TYPE, Parameter.FIRMWARE_VERSION, Parameter.SERIAL_NUMBER}


class SimulatedSfm:
    """One module. `path` is the device to open; fingers come from `images` (see FingerImages).

    settle: seconds from a scan's beginning until the finger lies; resends: whether a refused data
    packet is sent again (modules differ).
    """

    def __init__(
        self,
        images: FingerImages,
        *,
        baud: int = 115200,
        settle: float = 0.6,
        resends: bool = True,
    ) -> None:
        self.images = images
        self._settle = settle
        self._resends = resends
        self._parameters: dict[int, int] = dict(_FACTORY)
        self._scanned: NDArray[np.uint8] | None = None
        self._reader = PacketReader()
        self._line = SerialPair(baud, name="simulated-sfm", serve=self._serve)

    @classmethod
    def of_folder(cls, folder: Path, *, baud: int = 115200, in_turn: bool = True) -> SimulatedSfm:
        """A module that scans the pictures of a folder."""
        return cls(FingerImages(folder, in_turn=in_turn), baud=baud)

    @property
    def path(self) -> str:
        return self._line.path

    def arm(self, *faults: LineFault) -> None:
        """Harm what the module sends from now on."""
        self._line.arm(*faults)

    def close(self) -> None:
        """End the module, as an unplugging would."""
        self._line.close()

    def _serve(self, line: SerialPair) -> None:
        request: Packet | None = None
        while True:
            request = request or self._receive(line, 1.0)
            if request is not None:
                request = self._obey(line, request)

    def _receive(self, line: SerialPair, seconds: float) -> Packet | None:
        end = time.monotonic() + seconds
        while (packet := self._reader.next_packet()) is None:
            left = end - time.monotonic()
            if left <= 0:
                return None
            self._reader.feed(line.receive(left))
        return packet

    def _obey(self, line: SerialPair, request: Packet) -> Packet | None:
        """Do one command; returns the command that interrupted it, if one did."""
        if request.command == Command.STATUS:
            self._answer(line, request, Flag.SUCCESS, param=STATUS_ALIVE)
        elif request.command == Command.READ_PARAMETER:
            known = request.flag in self._parameters
            value = self._parameters.get(request.flag, 0)
            self._answer(line, request, Flag.SUCCESS if known else Flag.NOT_FOUND, size=value)
        elif request.command == Command.WRITE_PARAMETER:
            if request.flag in self._parameters and request.flag not in _READ_ONLY:
                self._parameters[request.flag] = request.size
                self._answer(line, request, Flag.SUCCESS, size=request.size)
            else:
                self._answer(line, request, Flag.NOT_FOUND)
        elif request.command == Command.SCAN_IMAGE_EXTENDED:
            return self._scan(line, request)
        elif request.command == Command.READ_IMAGE_EXTENDED:
            return self._send_image(line, request)
        elif request.command == Command.CANCEL:
            self._answer(line, request, Flag.SUCCESS)
        else:
            self._answer(line, request, Flag.UNSUPPORTED)
        return None

    def _scan(self, line: SerialPair, request: Packet) -> Packet | None:
        began = time.monotonic()
        seconds = self._parameters[Parameter.TIMEOUT] - COUNT_ZERO or float("inf")
        while time.monotonic() - began < seconds:
            interruption = self._receive(line, _LOOK)
            if interruption is not None:
                self._answer(line, request, Flag.CANCELED)
                return interruption
            if time.monotonic() - began < self._settle:
                continue
            finger = self.images.take()
            if finger is not None:
                self._scanned = finger
                self._answer(line, request, Flag.SCAN_SUCCESS)
                return self._send_image(line, request)
        self._answer(line, request, Flag.TIME_OUT)
        return None

    def _send_image(self, line: SerialPair, request: Packet) -> Packet | None:
        if self._scanned is None:
            self._answer(line, request, Flag.NOT_FOUND)
            return None
        if self._parameters[Parameter.IMAGE_FORMAT] != IMAGE_FORMAT_GRAY or not request.size:
            self._answer(line, request, Flag.UNSUPPORTED)
            return None
        data = encode_image(self._scanned.tobytes(), WIDTH, HEIGHT)
        bodies = [data[start : start + request.size] for start in range(0, len(data), request.size)]
        self._answer(line, request, Flag.SUCCESS, size=len(data))
        for index, body in enumerate(bodies):
            packet = encode_data_packet(request.command, index, len(bodies), body)
            for _ in range(1 + _RESENDS):
                line.send(packet)
                reply = self._receive(line, _ACK_SECONDS)
                if reply is None or reply.command != request.command or not reply.flag:
                    return reply
                if reply.flag == Flag.DATA_OK:
                    break
                if not self._resends:
                    return None
            else:
                return None
        return None

    @staticmethod
    def _answer(line: SerialPair, request: Packet, flag: Flag, *, param: int = 0, size: int = 0) -> None:
        line.send(Packet(request.command, param, size, flag).encode())
